import { resultsWarnings, summaryFigures } from "../../../shared/domain/evaluation/summary.ts";
import { thresholdOf } from "../../../shared/domain/workspace/threshold.ts";
import { hasAdapter } from "../../../shared/domain/workspace/version.ts";
import type { Warning } from "../../../shared/schema/comparison.ts";
import type { ComputeResult, SummarizeRequest } from "../../../shared/schema/compute.ts";
import type {
  EvaluationSummary,
  SummaryFigures,
  SummaryRequest,
} from "../../../shared/schema/evaluationRows.ts";
import type { Compute } from "../compute/compute.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { sha256 } from "../hashing/hashing.ts";
import type { ModelStore } from "../model/modelStore.ts";
import { readNamed } from "../results/correctedResults.ts";
import type { HeldoutGuard } from "../results/heldoutGuard.ts";
import { describeHeldout } from "../results/heldoutRows.ts";
import type { OpenedResults, OpenVersion } from "../results/openedResults.ts";
import type { Workspace } from "../workspace/workspace.ts";

export interface SummaryDependencies {
  readonly files: FileLayer;
  readonly workspace: Workspace;
  readonly models: ModelStore;
  readonly compute: Compute;
}

/** Reads, corrects and computes in this process. */
export async function summariseHere(
  files: FileLayer,
  { of, split }: SummarizeRequest,
): Promise<Extract<ComputeResult, { kind: "summarise" }>> {
  const { name, results } = await readNamed(files, of);
  return { kind: "summarise", figures: summaryFigures(name, results, split) };
}

async function figuresOf(
  { compute }: SummaryDependencies,
  { version: name, file, from: corrections }: OpenedResults,
  split: SummaryRequest["split"],
): Promise<SummaryFigures> {
  return (await compute.ask({ kind: "summarise", of: { name, file, corrections }, split })).figures;
}

/** Returns warnings about inputs that changed after these results were created. */
async function staleness(
  setting: SummaryDependencies,
  { version, results }: OpenedResults,
): Promise<Warning[]> {
  const { files, workspace, models } = setting;
  const { stamp } = results;
  if (stamp === null) return [];
  const stale: Warning[] = [];
  const { testSet } = workspace.paths;
  if ((await files.exists(testSet)) && sha256(await files.read(testSet)) !== stamp.testSet) {
    stale.push({
      code: "test-set-changed",
      message: "The test set changed after these results were created.",
    });
  }
  const own = thresholdOf(workspace.config, stamp.version).threshold;
  if (
    version === stamp.version &&
    stamp.thresholdFrom !== undefined &&
    stamp.decoding.refusalThreshold !== own
  ) {
    stale.push({
      code: "threshold-changed",
      message: `These results refuse by ${stamp.decoding.refusalThreshold ?? "the first token"}, and ${version} now by ${own ?? "the first token"}. Evaluate it again for results at its threshold.`,
    });
  }
  const model = hasAdapter(stamp.version) ? await models.open(stamp.version).catch(() => null) : null;
  if (model !== null && model.adapterHash !== stamp.adapter) {
    stale.push({
      code: "adapter-changed",
      message: `${stamp.version} was trained again. These results are from its previous adapter.`,
    });
  }
  return stale;
}

/** Serves the figures of stored results, each computed once until one of its inputs changes. */
export function createSummaries(setting: SummaryDependencies, open: OpenVersion, heldout: HeldoutGuard) {
  const kept = new Map<string, Promise<SummaryFigures>>();
  return async ({ version, split }: SummaryRequest): Promise<EvaluationSummary> => {
    const opened = await open(version);
    const key = `${version} ${split}`;
    const revised = `${key} ${opened.revision}`;
    const figures = kept.get(revised) ?? figuresOf(setting, opened, split);
    for (const other of kept.keys()) if (other.startsWith(`${key} `) && other !== revised) kept.delete(other);
    kept.set(revised, figures);
    figures.catch(() => kept.delete(revised));
    return {
      version,
      file: opened.file,
      revision: opened.revision,
      ...(await figures),
      overrides: {
        labels: opened.rows.filter(({ sample, overridden }) => sample === 0 && overridden.label).length,
        scores: opened.rows.reduce((sum, { overridden }) => sum + overridden.scores, 0),
      },
      heldout: await describeHeldout(heldout, opened),
      warnings: [...resultsWarnings(opened.results), ...(await staleness(setting, opened))],
    };
  };
}
