import type { Change, RowId } from "../../schema/document.ts";
import { pluralize } from "../format/count.ts";
import type { EditStep } from "./documentHistory.ts";

/** The cells of a row as it is now. */
export type CellsOf = (row: RowId) => readonly string[];

/** Changes of cells to new values; those that have them already are skipped. */
export function setCells(
  cells: readonly { readonly row: RowId; readonly column: number; readonly value: string }[],
  cellsOf: CellsOf,
): Change[] {
  const now = new Map<string, string>();
  return cells.flatMap(({ row, column, value }): Change[] => {
    const key = `${row} ${column}`;
    const before = now.get(key) ?? cellsOf(row)[column] ?? "";
    now.set(key, value);
    return before === value ? [] : [{ kind: "set", row, column, before, value }];
  });
}

export function changeCells(
  cells: readonly { readonly row: RowId; readonly column: number; readonly value: string }[],
  cellsOf: CellsOf,
): EditStep {
  const changes = setCells(cells, cellsOf);
  return { label: `Change ${pluralize(changes.length, "cell")}`, changes };
}

function insertions(rows: readonly (readonly string[])[], after: RowId | 0, nextId: RowId): Change[] {
  return rows.map((cells, at) => ({
    kind: "insert",
    row: nextId + at,
    after: at === 0 ? after : nextId + at - 1,
    cells: [...cells],
  }));
}

/** New rows after a row (0: before all). */
export function addRows(rows: readonly (readonly string[])[], after: RowId | 0, nextId: RowId): EditStep {
  return { label: `Add ${pluralize(rows.length, "row")}`, changes: insertions(rows, after, nextId) };
}

/** Copies of rows, given in the document's order, after the last of them. */
export function duplicateRows(rows: readonly RowId[], cellsOf: CellsOf, nextId: RowId): EditStep {
  const copies = rows.map(cellsOf);
  return {
    label: `Duplicate ${pluralize(rows.length, "row")}`,
    changes: insertions(copies, rows.at(-1) ?? 0, nextId),
  };
}

/** `before`: the row before each (0: none), of rows in the document's order. */
export function deleteRows(
  rows: readonly RowId[],
  cellsOf: CellsOf,
  before: (row: RowId) => RowId | 0,
): EditStep {
  const gone = new Map<RowId, RowId | 0>();
  const changes = rows.map((row): Change => {
    // What is before it when the rows above it are gone already.
    const above = before(row);
    const after = gone.get(above) ?? above;
    gone.set(row, after);
    return { kind: "remove", row, after, cells: [...cellsOf(row)] };
  });
  return { label: `Delete ${pluralize(rows.length, "row")}`, changes };
}

/**
 * A block written over rows, its first line over the first of `rows`, and into columns; lines beyond them become new
 * rows at the end. What reaches beyond the last column is omitted.
 */
export function pasteBlock(
  block: readonly (readonly string[])[],
  target: {
    readonly rows: readonly RowId[];
    readonly columns: readonly number[];
    readonly width: number;
    /** The document's last row, or 0. */
    readonly last: RowId | 0;
    /** The text of an empty cell in each column of a new row. */
    readonly empty: (column: number) => string;
  },
  cellsOf: CellsOf,
  nextId: RowId,
): EditStep {
  const { rows, columns, width, last, empty } = target;
  const over = block.slice(0, rows.length).flatMap((line, at) =>
    line.slice(0, columns.length).flatMap((value, column) => {
      const [row, to] = [rows[at], columns[column]];
      return row === undefined || to === undefined ? [] : [{ row, column: to, value }];
    }),
  );
  const added = block.slice(rows.length).map((line) => {
    const cells = Array.from({ length: width }, (_, column) => empty(column));
    for (const [at, value] of line.slice(0, columns.length).entries()) cells[columns[at] ?? 0] = value;
    return cells;
  });
  const changes = [...setCells(over, cellsOf), ...insertions(added, last, nextId)];
  return { label: `Paste ${pluralize(block.length, "row")}`, changes };
}

/** How many cells and rows a step touches. */
export function extentOf({ changes }: EditStep): { cells: number; rows: number } {
  const rows = new Set(changes.map(({ row }) => row));
  return { cells: changes.filter(({ kind }) => kind === "set").length, rows: rows.size };
}
