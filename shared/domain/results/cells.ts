import type { z } from "zod";
import { cellAt, requireColumns, type Table } from "../csv/table.ts";
import { Failure } from "../failure.ts";

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

/** Reads every data row of a table. Throws Failure `bad-value` for a missing column. */
export function rowCells<Column extends string>(
  table: Table,
  columns: readonly Column[],
): RowCells<Column>[] {
  const indices = requireColumns(table, columns);
  return table.records.map((_, index) => cellsOf(table, index + 1, indices));
}

function cellsOf<Column extends string>(
  table: Table,
  row: number,
  indices: Record<Column, number>,
): RowCells<Column> {
  const text = (column: Column): string => cellAt(table, row, indices[column])?.value ?? "";
  const wrong = (column: Column, expected: string): Failure => {
    const found = text(column);
    const shown = found.length > 60 ? `${found.slice(0, 60)}…` : found;
    return new Failure("bad-value", `${table.file}, row ${row}, ${column}: “${shown}” is not ${expected}`, {
      hint: "Correct the cell, or write the file again with `namewright eval`.",
      file: table.file,
      row,
      column,
    });
  };
  const checked = <T>(column: Column, found: unknown, schema: z.ZodType<T>): T => {
    const parsed = schema.safeParse(found);
    if (parsed.success) return parsed.data;
    throw wrong(column, `allowed (${parsed.error.issues[0]?.message ?? "another shape"})`);
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
    const value = Number(found);
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
