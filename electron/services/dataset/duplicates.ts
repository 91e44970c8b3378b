import { columnIndex, valueAt } from "../../../shared/domain/csv/table.ts";
import { comparedText } from "../../../shared/domain/lint/descriptionRules.ts";
import { LeanNeighbors } from "../../../shared/domain/neardup/leanNeighbors.ts";
import type { ComputeResult } from "../../../shared/schema/compute.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { openSource, tablesOf } from "./tableSource.ts";

/** Returns rows whose description repeats an earlier one exactly or nearly. Uses bounded memory, as lint does. */
export async function duplicatesIn(
  files: FileLayer,
  file: string,
  listed: number,
): Promise<Extract<ComputeResult, { kind: "duplicates" }>> {
  const neighbours = new LeanNeighbors();
  const pairs: { row: number; earlier: number; exact: boolean }[] = [];
  let count = 0;
  for await (const { table, firstRow } of tablesOf(await openSource(files, file))) {
    const column = columnIndex(table, "description");
    for (const at of table.records.keys()) {
      const found = neighbours.nearestThenAdd(firstRow + at, comparedText(valueAt(table, at + 1, column)));
      if (found === null) continue;
      count += 1;
      if (pairs.length < listed) pairs.push({ row: firstRow + at, earlier: found.row, exact: found.exact });
    }
  }
  return { kind: "duplicates", pairs, count };
}
