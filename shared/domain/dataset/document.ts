import type { Change, RowId } from "../../schema/document.ts";
import { FIRST_ADDED, type RowOrder } from "./rowOrder.ts";

/**
 * A file's rows as someone edited them: an overlay over the file. It never changes; `applyChanges` gives the next one.
 * In memory that hangs on the edits alone.
 */
export interface DocumentRows {
  /** The rows of the file on disk. */
  readonly saved: RowOrder;
  readonly order: RowOrder;
  /** The cells of rows that differ from the file, or are not in it. */
  readonly cells: ReadonlyMap<RowId, readonly string[]>;
  readonly nextId: RowId;
}

/** The cells of rows as they appear in the file; every row of it that is touched must be known. */
export type FileCells = ReadonlyMap<RowId, readonly string[]>;

/** A file as it was read: `saved` tells which rows it holds where it was written by an open document. */
export function unedited(saved: RowOrder): DocumentRows {
  const last = saved.runs.reduce((most, { first, count }) => Math.max(most, first + count), 0);
  return { saved, order: saved, cells: new Map(), nextId: Math.max(FIRST_ADDED, last) };
}

/** Equal, where missing cells at the end count as empty ones. */
function sameCells(one: readonly string[], other: readonly string[]): boolean {
  for (let at = 0; at < Math.max(one.length, other.length); at += 1) {
    if ((one[at] ?? "") !== (other[at] ?? "")) return false;
  }
  return true;
}

/** True where saving would change the file. */
export function isDirty({ saved, order, cells }: DocumentRows): boolean {
  return cells.size > 0 || !order.equals(saved);
}

/** How many rows differ from the file: changed, added or removed. */
export function changeCount({ saved, order, cells }: DocumentRows): number {
  let kept = 0;
  for (const run of order.runs) {
    for (const { count, position } of saved.stretchesOf(run)) if (position !== null) kept += count;
  }
  return cells.size + saved.length - kept;
}

/** The rows that changes touch and whose cells in the file must be known to apply them. */
export function rowsTouched({ saved }: DocumentRows, changes: readonly Change[]): RowId[] {
  return [...new Set(changes.map(({ row }) => row))].filter((row) => saved.has(row));
}

function turnedRound(change: Change): Change {
  if (change.kind === "set") return { ...change, before: change.value, value: change.before };
  return { ...change, kind: change.kind === "insert" ? "remove" : "insert" };
}

/** What undoes changes: the last one first, each turned round. */
export function inverseOf(changes: readonly Change[]): Change[] {
  return changes.toReversed().map(turnedRound);
}

/** Consecutive changes of one kind, so that many rows are put in or taken out in one pass. */
function* runsOfKind(changes: readonly Change[]): Generator<readonly Change[]> {
  for (let from = 0; from < changes.length; ) {
    let to = from + 1;
    while (to < changes.length && changes[to]?.kind === changes[from]?.kind) to += 1;
    yield changes.slice(from, to);
    from = to;
  }
}

class Overlay {
  readonly cells: Map<RowId, readonly string[]>;
  readonly #rows: DocumentRows;
  readonly #file: FileCells;

  constructor(rows: DocumentRows, file: FileCells) {
    this.cells = new Map(rows.cells);
    this.#rows = rows;
    this.#file = file;
  }

  /** Holds a row's cells, or nothing where they are those of the file. */
  put(row: RowId, cells: readonly string[]): void {
    const saved = this.#inFile(row);
    if (saved !== null && sameCells(saved, cells)) this.cells.delete(row);
    else this.cells.set(row, cells);
  }

  set({ row, column, before, value }: Extract<Change, { kind: "set" }>): void {
    const cells = [...(this.cells.get(row) ?? this.#inFile(row) ?? [])];
    if ((cells[column] ?? "") !== before) throw new Error(`row ${row} does not have the expected value`);
    while (cells.length < column) cells.push("");
    cells[column] = value;
    this.put(row, cells);
  }

  #inFile(row: RowId): readonly string[] | null {
    if (!this.#rows.saved.has(row)) return null;
    const cells = this.#file.get(row);
    if (cells === undefined) throw new Error(`the cells of row ${row} in the file are unknown`);
    return cells;
  }
}

/**
 * Makes changes, in their order. Throws an Error where they do not fit the rows: then they were made for others.
 * `file`: the cells in the file of the rows in `rowsTouched`.
 */
export function applyChanges(rows: DocumentRows, changes: readonly Change[], file: FileCells): DocumentRows {
  const overlay = new Overlay(rows, file);
  let { order, nextId } = rows;
  for (const some of runsOfKind(changes)) {
    if (some[0]?.kind === "insert")
      order = order.with(some.flatMap((one) => (one.kind === "insert" ? [one] : [])));
    if (some[0]?.kind === "remove") {
      const left = order.without(new Set(some.map(({ row }) => row)));
      if (left.length !== order.length - some.length) throw new Error("a row to remove was not found");
      order = left;
    }
    for (const change of some) {
      nextId = Math.max(nextId, change.row + 1);
      if (change.kind === "insert") overlay.put(change.row, change.cells);
      else if (change.kind === "remove") overlay.cells.delete(change.row);
      else if (order.has(change.row)) overlay.set(change);
      else throw new Error(`row ${change.row} not found`);
    }
  }
  return { ...rows, order, cells: overlay.cells, nextId };
}

/** The same rows after they were written: the file holds them all now. */
export function afterSaving({ order, nextId }: DocumentRows): DocumentRows {
  return { saved: order, order, cells: new Map(), nextId };
}
