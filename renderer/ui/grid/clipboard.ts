import { readRows, writeRows } from "../../../shared/domain/csv/rows.ts";

/** Returns cells as spreadsheet text: separated by tabs, quoted if a cell contains a tab, a quote, or a line break. */
export function blockText(rows: readonly (readonly string[])[]): string {
  return writeRows(rows, { delimiter: "\t", newline: "\n" }).replace(/\n$/, "");
}

/** Parses a block of spreadsheet text. Text with invalid quoting is split by lines and tabs. */
export function readBlock(text: string): string[][] {
  const whole = text.replace(/\r?\n$/, "");
  if (whole === "") return [];
  try {
    return readRows(whole, "\t", "clipboard");
  } catch {
    return whole.split(/\r\n|\r|\n/).map((line) => line.split("\t"));
  }
}

/** Repeats a single copied cell over a whole range, as spreadsheets do. */
export function filledBlock(
  block: readonly (readonly string[])[],
  rows: number,
  columns: number,
): string[][] {
  const [only, ...more] = block;
  const single = more.length === 0 && only?.length === 1 ? only[0] : undefined;
  if (single === undefined) return block.map((line) => [...line]);
  return Array.from({ length: rows }, () => Array.from({ length: columns }, () => single));
}
