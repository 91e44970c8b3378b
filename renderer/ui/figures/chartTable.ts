import { writeRows } from "../../../shared/domain/csv/rows.ts";

/** A figure's numbers as a table: what it draws, in words and exact values. */
export interface ChartTable {
  readonly columns: readonly { readonly name: string; readonly numeric?: boolean }[];
  /** As shown; an exact number may stand beside in `exact`, for the CSV. Null: undefined. */
  readonly rows: readonly (readonly ChartCell[])[];
}

/** Shown text, or a number with the text it is shown as. */
export type ChartCell = string | { readonly exact: number | null; readonly shown: string };

export function shownText(cell: ChartCell): string {
  return typeof cell === "string" ? cell : cell.shown;
}

/** The table as a CSV: numbers with all their digits, an undefined one as an empty cell. */
export function csvOfTable({ columns, rows }: ChartTable): string {
  const exact = (cell: ChartCell): string =>
    typeof cell === "string" ? cell : cell.exact === null ? "" : String(cell.exact);
  const cells = [columns.map(({ name }) => name), ...rows.map((row) => row.map(exact))];
  return writeRows(cells, { delimiter: ",", newline: "\n" });
}
