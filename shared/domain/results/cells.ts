import type { z } from "zod";
import { type RowTable, requireColumns } from "../csv/table.ts";
import { Failure } from "../failure.ts";
import { issueWords } from "../issueWords.ts";

/** The cells of one data row by column name, with failures that say where. */
export interface RowCells<Column extends string> {
  /** Counts data rows from 1. */
  readonly row: number;
  text(column: Column): string;
  /** The cell, or null where it is empty, through the schema. */
  value<T>(column: Column, schema: z.ZodType<T>): T;
  /** The cell as a number, or null where it is empty, through the schema. */
  number<T>(column: Column, schema: z.ZodType<T>): T;
  /** The cell as JSON, or null where it is empty, through the schema. */
  json<T>(column: Column, schema: z.ZodType<T>): T;
  wrong(column: Column, expected: string): Failure;
}

/** The data rows of a table, each as it is asked for. Throws Failure `bad-value` for a missing column. */
export function* rowCells<Column extends string>(
  table: RowTable,
  columns: readonly Column[],
): Generator<RowCells<Column>> {
  const indices = requireColumns(table, columns);
  for (const [at, cells] of table.rows.entries()) yield cellsOf(table, cells, at + 1, indices);
}

/** A number as a spreadsheet writes it where the comma is the decimal sign, and so can't separate cells. */
const decimalComma = /^[+-]?\d+,\d+(?:E[+-]?\d+)?$/i;

function cellsOf<Column extends string>(
  { file, delimiter }: Pick<RowTable, "file" | "delimiter">,
  cells: readonly string[],
  row: number,
  indices: Record<Column, number>,
): RowCells<Column> {
  const text = (column: Column): string => cells[indices[column]] ?? "";
  const refused = (column: Column, problem: string): Failure => {
    const found = text(column);
    const shown = found.length > 60 ? `${found.slice(0, 60)}…` : found;
    const holds = found === "" ? "the cell is empty" : `the cell contains “${shown}”`;
    return new Failure("bad-value", `${file}, row ${row}, ${column}: ${holds}; ${problem}`, {
      hint:
        delimiter === ","
          ? "Fix the cell, or regenerate the file with `namewright eval`."
          : "A spreadsheet saved this file in another form. Use the file that the evaluation wrote, which is also in the run's folder as results.csv.",
      file,
      row,
      column,
    });
  };
  const wrong = (column: Column, expected: string): Failure => refused(column, `it must be ${expected}`);
  const checked = <T>(column: Column, found: unknown, schema: z.ZodType<T>): T => {
    const parsed = schema.safeParse(found);
    if (parsed.success) return parsed.data;
    throw refused(column, issueWords(parsed.error, found));
  };
  const json = (column: Column): unknown => {
    if (text(column) === "") return null;
    try {
      return JSON.parse(text(column));
    } catch {
      throw wrong(column, "JSON");
    }
  };
  const number = (column: Column): number | null => {
    const found = text(column).trim();
    if (found === "") return null;
    const value = Number(delimiter !== "," && decimalComma.test(found) ? found.replace(",", ".") : found);
    if (Number.isNaN(value)) throw wrong(column, "a number");
    return value;
  };
  return {
    row,
    text,
    wrong,
    value: (column, schema) => checked(column, text(column) === "" ? null : text(column), schema),
    number: (column, schema) => checked(column, number(column), schema),
    json: (column, schema) => checked(column, json(column), schema),
  };
}
