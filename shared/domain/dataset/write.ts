import type { DatasetRow, TestRow } from "../../schema/dataset.ts";
import { writeCsv } from "../csv/write.ts";
import { datasetColumns } from "./read.ts";
import { suggestionsText } from "./suggestions.ts";
import { testSetColumns } from "./testSet.ts";

/** Writes a dataset: LF, quotes where needed, suggestions as a JSON array. */
export function writeDataset(rows: readonly DatasetRow[]): string {
  return writeCsv(
    datasetColumns,
    rows.map(({ description, suggestions }) => [description, suggestionsText(suggestions)]),
  );
}

/** Writes a test set with all its columns; "no reference" is written `[]`, no label or slice an empty cell. */
export function writeTestSet(rows: readonly Omit<TestRow, "row">[]): string {
  return writeCsv(
    [...datasetColumns, ...testSetColumns],
    rows.map(({ description, suggestions, label, slice, split, group }) => [
      description,
      suggestionsText(suggestions ?? []),
      label ?? "",
      slice ?? "",
      split,
      group,
    ]),
  );
}
