import { labelWarnings } from "../../../shared/domain/comparison/labelWarnings.ts";
import { decisionPreset } from "../../../shared/domain/comparison/settings.ts";
import { validityWarnings } from "../../../shared/domain/comparison/validity.ts";
import { resultsWarnings, summaryFigures } from "../../../shared/domain/evaluation/summary.ts";
import { staleResults, stampFacts } from "../../../shared/domain/workspace/stale.ts";
import { thresholdOf } from "../../../shared/domain/workspace/threshold.ts";
import type { Warning } from "../../../shared/schema/comparison.ts";
import type { ComputeResult, SummarizeRequest } from "../../../shared/schema/compute.ts";
import type {
  EvaluationSummary,
  SummaryFigures,
  SummaryRequest,
} from "../../../shared/schema/evaluationRows.ts";
import type { Stamp } from "../../../shared/schema/result.ts";
import type { Compute } from "../compute/compute.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { type HashedParts, workspaceHashes } from "../model/workspaceHashes.ts";
import { readNamed } from "../results/correctedResults.ts";
import type { HeldoutGuard } from "../results/heldoutGuard.ts";
import { describeHeldout } from "../results/heldoutRows.ts";
import type { OpenedResults, OpenVersion } from "../results/openedResults.ts";

export interface SummaryDependencies extends HashedParts {
  readonly compute: Compute;
}

/** Reads, corrects and computes in this process. */
export async function summariseHere(
  files: FileLayer,
  { of, split, settings }: SummarizeRequest,
): Promise<Extract<ComputeResult, { kind: "summarise" }>> {
  const { name, results } = await readNamed(files, of);
  return { kind: "summarise", figures: summaryFigures(name, results, split, settings) };
}

async function figuresOf(
  { compute, workspace }: SummaryDependencies,
  { version: name, file, from: corrections }: OpenedResults,
  split: SummaryRequest["split"],
): Promise<SummaryFigures> {
  const settings = decisionPreset(workspace.config);
  const of = { name, file, corrections };
  return (await compute.ask({ kind: "summarise", of, split, settings })).figures;
}

/** Returns warnings about edits of the file and about inputs that changed after the evaluation. */
async function validity(
  setting: SummaryDependencies,
  { version, results }: OpenedResults,
): Promise<Warning[]> {
  const { stamp } = results;
  if (stamp === null) return [];
  const hashes = await workspaceHashes(setting, [stamp.version]);
  const stale = staleResults({ version, stamp: stampFacts(stamp) }, hashes);
  return [
    ...validityWarnings({ name: version, results, stale }),
    ...thresholdWarnings(version, stamp, thresholdOf(setting.workspace.config, stamp.version).threshold),
  ];
}

/** Warns about results of a version that has had another threshold since. Results named after theirs are what they say. */
function thresholdWarnings(version: string, stamp: Stamp, own: number | null): Warning[] {
  const { refusalThreshold } = stamp.decoding;
  if (version !== stamp.version || stamp.thresholdFrom === undefined || refusalThreshold === own) return [];
  return [
    {
      code: "threshold-changed",
      message: `These results refuse by ${refusalThreshold ?? "the first token"}, and ${version} now by ${own ?? "the first token"}. Evaluate it again for results at its threshold.`,
    },
  ];
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
    const found = await figures;
    return {
      version,
      file: opened.file,
      revision: opened.revision,
      ...found,
      overrides: {
        labels: opened.rows.filter(({ sample, overridden }) => sample === 0 && overridden.label).length,
        scores: opened.rows.reduce((sum, { overridden }) => sum + overridden.scores, 0),
      },
      heldout: await describeHeldout(heldout, opened),
      warnings: [
        ...(await validity(setting, opened)),
        ...resultsWarnings(opened.results),
        ...labelWarnings(found.side),
      ],
    };
  };
}
