import { writeRows } from "./rows.ts";

/**
 * What a spreadsheet takes for the beginning of a formula: `=`, `+`, `-`, `@`, their full-width forms, a tab or a
 * carriage return; white space, NULs and invisible characters before it are skipped, as spreadsheets do (OWASP,
 * *CSV Injection*).
 */
const formula = /^[\s\0\p{Cc}\p{Cf}\p{Z}]*[=+\-@＝＋－＠]|^[\t\r]/u;

/** A plain number such as -5 or +1.5e3: no formula. */
const plainNumber = /^[+-]?(?:\d+(?:[.,]\d+)*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** A cell's text as a spreadsheet shows it without running it: an apostrophe before what could be a formula. */
export function withoutFormula(value: string): string {
  return formula.test(value) && !plainNumber.test(value) ? `'${value}` : value;
}

/** How many of a row's cells would be taken for formulas. */
export function formulasIn(values: readonly string[]): number {
  return values.filter((value) => withoutFormula(value) !== value).length;
}

/** Without it Excel would take the file for the machine's old encoding. */
const mark = "\uFEFF";

/** A file for Excel: a byte order mark, commas, CRLF, and formulas neutralised. */
export function spreadsheetText(rows: readonly (readonly string[])[]): string {
  const safe = rows.map((values) => values.map(withoutFormula));
  return mark + writeRows(safe, { delimiter: ",", newline: "\r\n" });
}
