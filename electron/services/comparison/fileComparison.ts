import { alignedPage, alignFiles, inSplit } from "../../../shared/domain/comparison/alignedRows.ts";
import { compareResults } from "../../../shared/domain/comparison/compare.ts";
import type { NamedResults } from "../../../shared/domain/comparison/namedResults.ts";
import { comparisonShift } from "../../../shared/domain/comparison/shift.ts";
import type {
  AlignRequest,
  AlignResult,
  CompareRequest,
  CompareResult,
} from "../../../shared/schema/compute.ts";
import type { WorkspaceHashes } from "../../../shared/schema/overview.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { readNamed } from "../results/correctedResults.ts";

type TwoFiles = Pick<CompareRequest, "baseline" | "candidate">;

async function openBoth(
  files: FileLayer,
  { baseline, candidate }: TwoFiles,
  hashes: WorkspaceHashes | null = null,
): Promise<[NamedResults, NamedResults]> {
  return [await readNamed(files, baseline, hashes), await readNamed(files, candidate, hashes)];
}

/** Reads, corrects and compares in this process. The caller counts openings of held-out rows. */
export async function compareHere(files: FileLayer, request: CompareRequest): Promise<CompareResult> {
  const { settings, preset, pooledSlices, withShift, hashes } = request;
  const [one, other] = await openBoth(files, request, hashes);
  const comparison = compareResults(one, other, { settings, preset, pooledSlices, heldoutOpenings: null });
  return {
    kind: "compare",
    comparison,
    shift: withShift ? comparisonShift(one, other, comparison) : null,
    testSet: other.results.stamp === null ? null : (one.results.stamp?.testSet ?? null),
  };
}

/** Reads, corrects and aligns rows in this process. The caller decides whether they may be shown. */
export async function alignHere(files: FileLayer, request: AlignRequest): Promise<AlignResult> {
  const [one, other] = await openBoth(files, request);
  const aligned = alignFiles(one, other);
  const [stamp, second] = [one.results.stamp, other.results.stamp];
  const page = alignedPage(aligned, request.query);
  const within = aligned.rows.filter(inSplit(aligned, request.query.split));
  return {
    kind: "align",
    page,
    slices: [...new Set(within.map(({ slice }) => slice ?? ""))].sort(),
    heldout: aligned.stamped ? aligned.rows.filter(({ split }) => split === "heldout").length : 0,
    stamped:
      stamp === null || second === null
        ? null
        : { testSet: stamp.testSet, runIds: [stamp.runId, second.runId] },
  };
}
