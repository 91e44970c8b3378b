import type { DatasetRow } from "../../schema/dataset.ts";
import { appendRows } from "../csv/edit.ts";
import { readTable, requireColumns } from "../csv/table.ts";
import { suggestionsText } from "./suggestions.ts";

/**
 * The next version of a dataset: the previous file byte for byte, and the new rows after it in its own dialect
 * (other columns stay empty). Throws Failure `bad-value` where the previous file lacks a column.
 */
export function nextDataset(previous: Uint8Array, rows: readonly DatasetRow[], file: string): Uint8Array {
  const table = readTable(previous, file);
  const column = requireColumns(table, ["description", "suggestions"]);
  const cells = rows.map(({ description, suggestions }) =>
    table.header.map((_, at) => {
      if (at === column.description) return description;
      return at === column.suggestions ? suggestionsText(suggestions) : "";
    }),
  );
  return appendRows(table, cells);
}
