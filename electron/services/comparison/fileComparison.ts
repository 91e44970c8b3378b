import { alignedPage, alignFiles, inSplit } from "../../../shared/domain/comparison/alignedRows.ts";
import { compareResults, type NamedResults } from "../../../shared/domain/comparison/compare.ts";
import { comparisonShift } from "../../../shared/domain/comparison/shift.ts";
import type {
  AlignRequest,
  AlignResult,
  CompareRequest,
  CompareResult,
  ComputeResult,
} from "../../../shared/schema/compute.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import type { WorkerPort } from "../platform.ts";
import { readCorrected } from "../results/correctedResults.ts";

/**
 * From this size of both files together on, in bytes, reading and 10,000 draws hold an event loop for longer than
 * 50 ms: the worker does it.
 */
export const compareInWorkerFromBytes = 64 * 1024;

/** From this size on, in bytes, reading both files and putting their rows side by side does so too. */
export const alignInWorkerFromBytes = 4 * 1024 * 1024;

type TwoFiles = Pick<CompareRequest, "baseline" | "candidate">;

async function openBoth(files: FileLayer, request: TwoFiles): Promise<[NamedResults, NamedResults]> {
  const open = async ({ name, file, corrections }: CompareRequest["baseline"]) => ({
    name,
    results: (await readCorrected(files, file, corrections)).results,
  });
  return [await open(request.baseline), await open(request.candidate)];
}

/** Reads, corrects and compares in this process; openings of held-out rows are the caller's to count. */
export async function compareHere(files: FileLayer, request: CompareRequest): Promise<CompareResult> {
  const [one, other] = await openBoth(files, request);
  const { settings, pooledSlices, withShift } = request;
  const comparison = compareResults(one, other, { settings, pooledSlices, heldoutOpenings: null });
  return {
    kind: "compare",
    comparison,
    shift: withShift ? comparisonShift(one, other, comparison) : null,
    testSet: other.results.stamp === null ? null : (one.results.stamp?.testSet ?? null),
  };
}

/** Reads, corrects and puts rows side by side in this process; whether they may be seen is the caller's to know. */
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
        : { testSet: stamp.testSet, contents: [stamp, second].map(({ runId }) => runId).join(" ") },
  };
}

/** Compares in a worker where there is one and the files are large, else here. */
export async function compareFiles(
  files: FileLayer,
  launch: (() => WorkerPort) | undefined,
  request: CompareRequest,
): Promise<CompareResult> {
  const far = await inWorker(files, launch, request, compareInWorkerFromBytes);
  if (far === null) return compareHere(files, request);
  if (far.kind !== "compare") throw new Error(`asked to compare, the compute worker answered ${far.kind}`);
  return far;
}

/** Puts rows side by side in a worker where there is one and the files are large, else here. */
export async function alignFilesOf(
  files: FileLayer,
  launch: (() => WorkerPort) | undefined,
  request: AlignRequest,
): Promise<AlignResult> {
  const far = await inWorker(files, launch, request, alignInWorkerFromBytes);
  if (far === null) return alignHere(files, request);
  if (far.kind !== "align") throw new Error(`asked for rows, the compute worker answered ${far.kind}`);
  return far;
}

/** The worker's answer; null where there is none, or the two files together are smaller than `from` bytes. */
async function inWorker(
  files: FileLayer,
  launch: (() => WorkerPort) | undefined,
  request: CompareRequest | AlignRequest,
  from: number,
): Promise<ComputeResult | null> {
  if (launch === undefined) return null;
  const { sizeOfSource } = await import("../files/sourceFile.ts");
  const sizes = [request.baseline, request.candidate].map(({ file }) => sizeOfSource(files, file));
  const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  if (bytes < from) return null;
  const { computeInWorker } = await import("../compute/computeInWorker.ts");
  return computeInWorker(files, launch, request);
}
