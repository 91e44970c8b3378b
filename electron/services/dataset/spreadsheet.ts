import path from "node:path";
import { formulasIn, spreadsheetText } from "../../../shared/domain/csv/spreadsheet.ts";
import { readTable } from "../../../shared/domain/csv/table.ts";
import { Failure } from "../../../shared/domain/failure.ts";
import type { SpreadsheetReport } from "../../../shared/schema/dataset.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { readSource } from "../files/sourceFile.ts";

/**
 * Writes a copy for spreadsheet programs: UTF-8 with BOM, CRLF, commas, and formula cells as plain text. The dataset
 * itself is never changed. Throws `Failure` `bad-value` when `out` already exists.
 */
export async function exportSpreadsheet(
  files: FileLayer,
  request: { file: string; out: string },
): Promise<SpreadsheetReport> {
  const { file, out } = request;
  const table = readTable((await readSource(files, file)).bytes, file);
  if (path.resolve(out) === path.resolve(file) || (await files.exists(out))) {
    throw new Failure("bad-value", `${out} already exists`, {
      hint: "Choose another name with --out. Nothing was changed.",
      file: out,
    });
  }
  const rows = [table.header, ...table.records.map(({ cells }) => cells.map(({ value }) => value))];
  await files.writeAtomic(out, spreadsheetText(rows));
  const neutralised = rows.reduce((sum, row) => sum + formulasIn(row), 0);
  return { source: file, out, rows: table.records.length, neutralised };
}
