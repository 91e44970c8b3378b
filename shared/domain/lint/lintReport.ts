import type { Leak, LintReport } from "../../schema/dataset.ts";
import { columnIndex, readTable, type Table, valueAt } from "../csv/table.ts";
import { findLeaks, type LeakRow } from "../neardup/leaks.ts";
import { comparedText } from "./descriptionRules.ts";
import { type FileBytes, type LintOptions, lintTable } from "./lintFile.ts";

function descriptionsOf(table: Table): LeakRow[] {
  const column = columnIndex(table, "description");
  return table.records.map((_, at) => ({
    row: at + 1,
    description: comparedText(valueAt(table, at + 1, column)),
  }));
}

function leaksBetween(table: Table, against: Table): Leak[] {
  return findLeaks(descriptionsOf(table), descriptionsOf(against)).map(
    ({ train, test, similarity, exact }) => ({
      file: table.file,
      row: train.row,
      description: train.description,
      againstFile: against.file,
      againstRow: test.row,
      againstDescription: test.description,
      similarity,
      exact,
    }),
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

/** True where nothing is wrong: no error in any file and no leak. Warnings do not count. */
export function isClean(report: LintReport): boolean {
  return report.leaks.length === 0 && report.files.every(({ errors }) => errors === 0);
}
