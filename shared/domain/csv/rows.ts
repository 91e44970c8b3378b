import Papa from "papaparse";
import { Failure } from "../failure.ts";
import { needsQuotes } from "./write.ts";

/**
 * Rows of cells by Papa Parse, for text whose exact characters don't matter. Papa Parse takes one kind of
 * line ending for a whole text and reads nothing sensible after a stray quote, so what people edit goes through
 * `Scanner`. Never with `header`: it would lose a column called `__proto__` and rename a repeated one.
 */

/** Reads all rows; a blank line is a row of one blank cell. `file` is named in failures. Throws Failure `bad-value`. */
export function readRows(text: string, delimiter: string, file: string): string[][] {
  const { data, errors } = Papa.parse<string[]>(text, { delimiter });
  const [error] = errors;
  if (error === undefined) return data;
  throw new Failure("bad-value", `${file} has an unclosed quoted cell`, {
    hint: "The file is truncated, or a quote is unclosed or not doubled.",
    file,
    ...(error.row === undefined || error.row < 1 ? {} : { row: error.row }),
  });
}

/** Writes rows, each with its line ending, with quotes only where they are needed. */
export function writeRows(
  rows: readonly (readonly string[])[],
  { delimiter, newline }: { readonly delimiter: string; readonly newline: string },
): string {
  if (rows.length === 0) return "";
  const quotes = (value: string): boolean => needsQuotes(value, delimiter);
  return Papa.unparse([...rows] as string[][], { delimiter, newline, quotes }) + newline;
}
