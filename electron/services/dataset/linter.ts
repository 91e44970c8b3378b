import { columnIndex } from "../../../shared/domain/csv/table.ts";
import { datasetStats, StatsCount } from "../../../shared/domain/dataset/stats.ts";
import { isTestSet } from "../../../shared/domain/dataset/testSet.ts";
import { lintReport } from "../../../shared/domain/lint/lintReport.ts";
import type { ComputeRequest } from "../../../shared/schema/compute.ts";
import type { DatasetStats, LintReport } from "../../../shared/schema/dataset.ts";
import { fileSizes } from "../compute/fileSizes.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { readSource, sizeOfSource } from "../files/sourceFile.ts";
import { openLarge, readBatches } from "./largeFile.ts";
import { lintLarge } from "./largeLint.ts";

type LintRequest = Extract<ComputeRequest, { kind: "lint" }>;

/** Reads and lints in this process. */
export async function lintHere(files: FileLayer, request: LintRequest): Promise<LintReport> {
  const names = [...request.files, ...request.against];
  const sizes = await Promise.all(names.map((file) => sizeOfSource(files, file)));
  if (sizes.some((size) => size >= fileSizes.streamedFrom)) {
    return lintLarge(files, request.files, request.against);
  }
  const read = (some: readonly string[]) => Promise.all(some.map((file) => readSource(files, file)));
  return lintReport(await read(request.files), await read(request.against));
}

/** Computes rows, refusals, lengths and topics of a file in this process. */
export async function statsHere(files: FileLayer, file: string): Promise<DatasetStats> {
  if ((await sizeOfSource(files, file)) < fileSizes.streamedFrom) {
    return datasetStats((await readSource(files, file)).bytes, file);
  }
  const large = await openLarge(file);
  const count = new StatsCount();
  for await (const { table } of readBatches(large)) {
    if (isTestSet(table) && columnIndex(table, "split") < 0) {
      // The split depends on near duplicates in the whole file.
      return datasetStats((await readSource(files, file)).bytes, file);
    }
    count.add(table, { part: true });
  }
  return count.stats(file);
}
