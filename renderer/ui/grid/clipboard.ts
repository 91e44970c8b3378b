import { readRows, writeRows } from "../../../shared/domain/csv/rows.ts";

/** Cells as a spreadsheet takes them: tabs between, quotes where a cell holds a tab, a quote or a line end. */
export function blockText(rows: readonly (readonly string[])[]): string {
  return writeRows(rows, { delimiter: "\t", newline: "\n" }).replace(/\n$/, "");
}

/** A block as a spreadsheet gives it. What does not read as one is taken line by line. */
export function readBlock(text: string): string[][] {
  const whole = text.replace(/\r?\n$/, "");
  if (whole === "") return [];
  try {
    return readRows(whole, "\t", "clipboard");
  } catch {
    return whole.split(/\r\n|\r|\n/).map((line) => line.split("\t"));
  }
}

/** One cell over several: a single copied cell fills a whole range, as in a spreadsheet. */
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
