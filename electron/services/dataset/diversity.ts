import { DiversityCount } from "../../../shared/domain/dataset/diversity.ts";
import type { DatasetDiversity } from "../../../shared/schema/diversity.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { openSource, tablesOf } from "./tableSource.ts";

/** Measures how varied the rows of a file are, in this process. Throws `Failure` `missing` or `bad-value`. */
export async function diversityHere(files: FileLayer, file: string): Promise<DatasetDiversity> {
  const source = await openSource(files, file);
  const count = new DiversityCount();
  for await (const { table } of tablesOf(source)) count.add(table, { part: source.large !== null });
  return count.diversity(file);
}
