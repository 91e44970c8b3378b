import { recordText } from "./write.ts";

/**
 * What a spreadsheet takes for the beginning of a formula: `=`, `+`, `-`, `@`, their full-width forms, a tab or a
 * carriage return; white space, NULs and invisible characters before it are skipped, as spreadsheets do (OWASP,
 * *CSV Injection*).
 */
const formula = /^[\s\0\p{Cc}\p{Cf}\p{Z}]*[=+\-@＝＋－＠]|^[\t\r]/u;

/** A plain number such as -5 or +1.5e3: no formula. */
const plainNumber = /^[+-]?(?:\d+(?:[.,]\d+)*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** A cell's text as a spreadsheet shows it without running it: an apostrophe in front of what could be a formula. */
export function withoutFormula(value: string): string {
  return formula.test(value) && !plainNumber.test(value) ? `'${value}` : value;
}

/** How many of a row's cells would be taken for formulas. */
export function formulasIn(values: readonly string[]): number {
  return values.filter((value) => withoutFormula(value) !== value).length;
}

const dialect = { delimiter: ",", quoting: "minimal" } as const;

/** One record for Excel: formulas neutralised, quotes where needed, CRLF behind it. */
export function spreadsheetRecord(values: readonly string[]): string {
  return `${recordText(values.map(withoutFormula), dialect)}\r\n`;
}

/** What such a file begins with, or Excel would take it for the machine's old encoding. */
export const spreadsheetMark = "\uFEFF";
