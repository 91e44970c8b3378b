import { columnIndex } from "../../../shared/domain/csv/table.ts";
import { datasetStats, StatsCount } from "../../../shared/domain/dataset/stats.ts";
import { isTestSet } from "../../../shared/domain/dataset/testSet.ts";
import { lintReport } from "../../../shared/domain/lint/lintReport.ts";
import type { ComputeRequest } from "../../../shared/schema/compute.ts";
import type { DatasetStats, LintReport } from "../../../shared/schema/dataset.ts";
import { computeInWorker, WORKER_FROM_BYTES } from "../compute/computeInWorker.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { readSource, sizeOfSource } from "../files/sourceFile.ts";
import type { WorkerPort } from "../platform.ts";
import { LARGE_FROM_BYTES, openLarge, partsOf } from "./largeFile.ts";
import { lintLarge } from "./largeLint.ts";

type LintRequest = Extract<ComputeRequest, { kind: "lint" }>;

/** Reads and lints in this process. */
export async function lintHere(files: FileLayer, request: LintRequest): Promise<LintReport> {
  const names = [...request.files, ...request.against];
  const sizes = await Promise.all(names.map((file) => sizeOfSource(files, file)));
  if (sizes.some((size) => size >= LARGE_FROM_BYTES)) {
    return lintLarge(files, request.files, request.against);
  }
  const read = (some: readonly string[]) => Promise.all(some.map((file) => readSource(files, file)));
  return lintReport(await read(request.files), await read(request.against));
}

/** Rows, refusals, lengths and topics of a file, in this process. */
export async function statsHere(files: FileLayer, file: string): Promise<DatasetStats> {
  if ((await sizeOfSource(files, file)) < LARGE_FROM_BYTES) {
    return datasetStats((await readSource(files, file)).bytes, file);
  }
  const large = await openLarge(file);
  const count = new StatsCount();
  for await (const { table } of partsOf(large)) {
    if (isTestSet(table) && columnIndex(table, "split") < 0) {
      // Its halves hang on near duplicates in the whole file.
      return datasetStats((await readSource(files, file)).bytes, file);
    }
    count.add(table, { part: true });
  }
  return count.stats(file);
}

/** Whether files are so large together that the worker should read them, where there is one. */
async function areLarge(files: FileLayer, names: readonly string[]): Promise<boolean> {
  const sizes = await Promise.all(names.map((file) => sizeOfSource(files, file)));
  return sizes.reduce((sum, size) => sum + size, 0) >= WORKER_FROM_BYTES;
}

/** Lints files, in the worker where there is one and they are large. */
export async function lintFiles(
  files: FileLayer,
  launch: (() => WorkerPort) | undefined,
  request: { files: string[]; against: string[] },
  signal?: AbortSignal,
): Promise<LintReport> {
  const asked = { kind: "lint", ...request } as const;
  if (launch === undefined || !(await areLarge(files, [...request.files, ...request.against])))
    return lintHere(files, asked);
  const result = await computeInWorker(files, launch, asked, signal);
  if (result.kind !== "lint") throw new Error(`asked to lint, the compute worker answered ${result.kind}`);
  return result.report;
}

/** Describes a file, in the worker where there is one and it is large. */
export async function statsOf(
  files: FileLayer,
  launch: (() => WorkerPort) | undefined,
  file: string,
  signal?: AbortSignal,
): Promise<DatasetStats> {
  if (launch === undefined || !(await areLarge(files, [file]))) return statsHere(files, file);
  const result = await computeInWorker(files, launch, { kind: "stats", file }, signal);
  if (result.kind !== "stats") throw new Error(`asked for stats, the compute worker answered ${result.kind}`);
  return result.stats;
}
