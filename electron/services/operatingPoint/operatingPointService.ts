import { decisionPreset } from "../../../shared/domain/comparison/settings.ts";
import { Failure } from "../../../shared/domain/failure.ts";
import { thresholdOf, versionOfResults } from "../../../shared/domain/workspace/threshold.ts";
import type { OperatingPoint, OperatingRequest } from "../../../shared/schema/operatingPoint.ts";
import type { Compute } from "../compute/compute.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { sha256OfFile } from "../hashing/hashing.ts";
import { correctionFiles, resultsFileOf } from "../results/correctedResults.ts";
import { changeConfig } from "../workspace/changeConfig.ts";
import { assertWritable, type Workspace } from "../workspace/workspace.ts";

export interface OperatingPointService {
  /** @throws Failure `missing` without results, `bad-value` for a file that can't be read */
  show(request: OperatingRequest): Promise<OperatingPoint>;
  /**
   * Writes the chosen threshold into namewright.json. Throws as `show`, and `Failure` `bad-value` when the results
   * don't determine a threshold.
   */
  apply(request: OperatingRequest): Promise<OperatingPoint>;
}

export function createOperatingPointService(setting: {
  readonly files: FileLayer;
  readonly workspace: Workspace;
  readonly compute: Compute;
}): OperatingPointService {
  const { files, workspace, compute } = setting;

  async function show({ version, ...asked }: OperatingRequest): Promise<OperatingPoint> {
    const preset = decisionPreset(workspace.config);
    const { costs = preset.costs, harmfulShare = preset.prevalence } = asked;
    const file = await resultsFileOf(files, workspace, version);
    const corrections = await correctionFiles(files, workspace, version);
    const hash = await sha256OfFile(file);
    const of = { name: version, file, corrections };
    const { figures, stamp } = await compute.ask({ kind: "operating", of, costs, harmfulShare });
    return {
      version,
      ...figures,
      now: thresholdOf(workspace.config, versionOfResults(version)),
      resultsThreshold: stamp?.decoding.refusalThreshold ?? null,
      results: { runId: stamp?.runId ?? null, hash },
    };
  }

  return {
    show,
    async apply(request) {
      assertWritable(workspace);
      const found = await show(request);
      const { choice, results } = found;
      if (choice.chosen === null) throw undetermined(found);
      const { costs, harmfulShare } = choice;
      const { threshold } = choice.chosen;
      const point = {
        threshold,
        costs,
        harmfulShare,
        chosenOn: { runId: results.runId, results: results.hash },
      };
      const version = versionOfResults(request.version);
      await changeConfig(files, workspace, (config) => ({
        ...config,
        operatingPoints: { ...config.operatingPoints, [version]: point },
      }));
      return { ...found, now: { threshold, from: "version" } };
    },
  };
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
