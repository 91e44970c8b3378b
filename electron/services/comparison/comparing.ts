import { compareResults } from "../../../shared/domain/comparison/compare.ts";
import type { CompareRequest, CompareResult } from "../../../shared/schema/compute.ts";
import { readCorrected } from "../evaluation/correctedResults.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import type { WorkerPort } from "../platform.ts";

/**
 * From this size of both files together on, in bytes, reading and 10,000 draws hold an event loop for longer than
 * 50 ms: the worker does it.
 */
export const compareInWorkerFromBytes = 64 * 1024;

/** Reads, corrects and compares in this process; openings of held-out rows are the caller's to count. */
export async function compareHere(files: FileLayer, request: CompareRequest): Promise<CompareResult> {
  const open = async ({ name, file, corrections }: CompareRequest["baseline"]) => ({
    name,
    results: (await readCorrected(files, file, corrections)).results,
  });
  const [one, other] = [await open(request.baseline), await open(request.candidate)];
  const { settings, pooledSlices } = request;
  return {
    kind: "compare",
    comparison: compareResults(one, other, { settings, pooledSlices, heldoutOpenings: null }),
    testSet: other.results.stamp === null ? null : (one.results.stamp?.testSet ?? null),
  };
}

/** Compares in a worker where there is one and the files are large, else here. */
export async function compareFiles(
  files: FileLayer,
  launch: (() => WorkerPort) | undefined,
  request: CompareRequest,
): Promise<CompareResult> {
  if (launch === undefined) return compareHere(files, request);
  const { sizeOfSource } = await import("../dataset/sourceFile.ts");
  const sizes = [request.baseline, request.candidate].map(({ file }) => sizeOfSource(files, file));
  const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  if (bytes < compareInWorkerFromBytes) return compareHere(files, request);
  const { computeInWorker } = await import("../dataset/linting.ts");
  const result = await computeInWorker(launch(), request);
  if (result.kind !== "compare")
    throw new Error(`asked to compare, the compute worker answered ${result.kind}`);
  return result;
}
