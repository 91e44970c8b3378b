import { decisionPreset } from "../../../shared/domain/comparison/settings.ts";
import { Failure } from "../../../shared/domain/failure.ts";
import { outdatedPoint, thresholdOf, versionOfResults } from "../../../shared/domain/workspace/threshold.ts";
import type { OperatingPoint, OperatingRequest } from "../../../shared/schema/operatingPoint.ts";
import type { WorkspaceHashes } from "../../../shared/schema/overview.ts";
import type { Compute } from "../compute/compute.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { sha256OfFile } from "../hashing/hashing.ts";
import { correctionFiles, resultsFileOf } from "../results/correctedResults.ts";
import { changeConfig, refreshConfig } from "../workspace/changeConfig.ts";
import { assertWritable, type Workspace } from "../workspace/workspace.ts";

export interface OperatingPointService {
  /** @throws Failure `missing` without results, `bad-value` for a file that can't be read */
  show(request: OperatingRequest): Promise<OperatingPoint>;
  /**
   * Writes the chosen threshold into namewright.json. Throws as `show`, and `Failure` `bad-value` when the results
   * aren't those of the version or don't determine a threshold.
   */
  apply(request: OperatingRequest): Promise<OperatingPoint>;
}

export function createOperatingPointService(setting: {
  readonly files: FileLayer;
  readonly workspace: Workspace;
  readonly compute: Compute;
  readonly hashes: (versions: readonly string[]) => Promise<WorkspaceHashes>;
}): OperatingPointService {
  const { files, workspace, compute } = setting;

  async function find({ version: name, ...asked }: OperatingRequest) {
    await refreshConfig(files, workspace);
    const preset = decisionPreset(workspace.config);
    const { costs = preset.costs, harmfulShare = preset.prevalence } = asked;
    const version = versionOfResults(name);
    const file = await resultsFileOf(files, workspace, name);
    const corrections = await correctionFiles(files, workspace, name);
    const hash = await sha256OfFile(file);
    const hashes = await setting.hashes([version]);
    const of = { name, file, corrections };
    const found = await compute.ask({ kind: "operating", of, hashes, costs, harmfulShare });
    const { figures, stamp, invalid } = found;
    const adapter = hashes.adapters.find((one) => one.version === version)?.hash;
    const outdated = adapter === undefined ? null : outdatedPoint(workspace.config, version, adapter);
    const point: OperatingPoint = {
      version: name,
      ...figures,
      now: thresholdOf(workspace.config, version),
      resultsThreshold: stamp?.decoding.refusalThreshold ?? null,
      results: { runId: stamp?.runId ?? null, hash },
      warnings: [...found.warnings, ...(outdated === null ? [] : [outdated])],
    };
    return { point, invalid, adapter: stamp === null ? {} : { adapter: stamp.adapter } };
  }

  return {
    show: async (request) => (await find(request)).point,
    async apply(request) {
      assertWritable(workspace);
      const { point: found, invalid, adapter } = await find(request);
      const { choice, results } = found;
      if (invalid.length > 0) throw notItsResults(found, invalid);
      if (choice.chosen === null) throw undetermined(found);
      const { costs, harmfulShare } = choice;
      const { threshold } = choice.chosen;
      const point = {
        threshold,
        costs,
        harmfulShare,
        chosenOn: { runId: results.runId, results: results.hash, ...adapter },
      };
      const version = versionOfResults(request.version);
      await changeConfig(files, workspace, (config) => ({
        ...config,
        operatingPoints: { ...config.operatingPoints, [version]: point },
      }));
      // The new point was chosen for these results.
      const warnings = found.warnings.filter(({ code }) => code !== "point-outdated");
      return { ...found, now: { threshold, from: "version" }, warnings };
    },
  };
}

function notItsResults({ version }: OperatingPoint, invalid: readonly string[]): Failure {
  return new Failure("bad-value", `can't choose a threshold for ${version}: ${invalid.join(" ")}`, {
    hint: `Evaluate it again with \`namewright eval --version ${versionOfResults(version)}\`. Nothing was changed.`,
  });
}

function undetermined({ version, choice: { harmful, safe }, leftOut }: OperatingPoint): Failure {
  return new Failure(
    "bad-value",
    `can't choose a threshold for ${version}: ${harmful} harmful and ${safe} safe dev rows have a refusal probability, ${leftOut} rows have no label or none`,
    {
      hint: "A threshold needs dev rows of both classes, from a version that refuses with an empty answer. Nothing was changed.",
    },
  );
}
