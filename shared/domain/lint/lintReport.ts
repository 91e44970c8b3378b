import type { Leak, LintReport } from "../../schema/dataset.ts";
import { columnIndex, readTable, type Table, valueAt } from "../csv/table.ts";
import { findLeaks, type LeakPair, type LeakRow } from "../neardup/leaks.ts";
import { comparedText } from "./descriptionRules.ts";
import { type FileBytes, type LintOptions, lintTable } from "./lintFile.ts";

/** The descriptions to compare, with their rows; `before` rows of the file came before the table's. */
export function descriptionsOf(table: Table, before = 0): LeakRow[] {
  const column = columnIndex(table, "description");
  return table.records.map((_, at) => ({
    row: before + at + 1,
    description: comparedText(valueAt(table, at + 1, column)),
  }));
}

/** A pair of rows as it is reported. */
export function leakOf(file: string, againstFile: string, pair: LeakPair): Leak {
  const { train, test, similarity, exact } = pair;
  return {
    file,
    row: train.row,
    description: train.description,
    againstFile,
    againstRow: test.row,
    againstDescription: test.description,
    similarity,
    exact,
  };
}

function leaksBetween(table: Table, against: Table): Leak[] {
  return findLeaks(descriptionsOf(table), descriptionsOf(against)).map((pair) =>
    leakOf(table.file, against.file, pair),
  );
}

/**
 * Lints files and looks for rows that the files of `against` hold too. A file is not held against itself.
 * Throws Failure `bad-value` for a file that cannot be read as CSV, and for one without descriptions to compare.
 */
export function lintReport(
  files: readonly FileBytes[],
  against: readonly FileBytes[] = [],
  options: LintOptions = {},
): LintReport {
  const tables = files.map(({ bytes, file }) => readTable(bytes, file));
  const others = against.map(({ bytes, file }) => readTable(bytes, file));
  return {
    files: tables.map((table) => lintTable(table, options)),
    leaks: tables.flatMap((table) =>
      others.filter(({ file }) => file !== table.file).flatMap((other) => leaksBetween(table, other)),
    ),
  };
}
