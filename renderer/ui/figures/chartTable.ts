import { writeRows } from "../../../shared/domain/csv/rows.ts";

/** A figure's data as a table. */
export interface ChartTable {
  readonly columns: readonly { readonly name: string; readonly numeric?: boolean }[];
  /** The cells of each row, in the order of the columns. */
  readonly rows: readonly (readonly ChartCell[])[];
}

/** Text, or a number with its text; `exact` goes to the CSV and is null if undefined. */
export type ChartCell = string | { readonly exact: number | null; readonly shown: string };

export function shownText(cell: ChartCell): string {
  return typeof cell === "string" ? cell : cell.shown;
}

/** Returns the table as CSV: numbers with all digits, undefined values as empty cells. */
export function csvOfTable({ columns, rows }: ChartTable): string {
  const exact = (cell: ChartCell): string =>
    typeof cell === "string" ? cell : cell.exact === null ? "" : String(cell.exact);
  const cells = [columns.map(({ name }) => name), ...rows.map((row) => row.map(exact))];
  return writeRows(cells, { delimiter: ",", newline: "\n" });
}
