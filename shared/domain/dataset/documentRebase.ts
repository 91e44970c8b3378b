import type { Change, ConflictRow, RowId } from "../../schema/document.ts";
import { columnIndex } from "../csv/table.ts";
import type { DocumentRows, FileCells } from "./document.ts";
import { addRows, deleteRows, setCells } from "./documentCommands.ts";
import type { EditStep } from "./documentHistory.ts";

/** What became of one row between the file and the edited document; `position` in the file, from 0. */
export interface NetEdit {
  readonly kind: ConflictRow["kind"];
  readonly before: readonly string[] | null;
  readonly mine: readonly string[] | null;
  readonly position: number;
}

/** The rows of the file that the document no longer has, in the file's order. */
export function removedRows({ saved, order }: DocumentRows): RowId[] {
  return saved.runs.flatMap((run) =>
    [...order.stretchesOf(run)].flatMap(({ first, position }) => (position === null ? [first] : [])),
  );
}

/** All edits as what came of them, in the document's order. `file`: the cells of changed and removed rows there. */
export function netEdits(rows: DocumentRows, file: FileCells): NetEdit[] {
  const { saved, order, cells } = rows;
  const changed = [...cells.keys()].filter((row) => order.has(row));
  changed.sort((a, b) => order.positionOf(a) - order.positionOf(b));
  return [
    ...changed.map((row): NetEdit => {
      const position = saved.positionOf(row);
      const before = position < 0 ? null : (file.get(row) ?? null);
      return { kind: position < 0 ? "added" : "changed", before, mine: cells.get(row) ?? null, position };
    }),
    ...removedRows(rows).map(
      (row): NetEdit => ({
        kind: "removed",
        before: file.get(row) ?? null,
        mine: null,
        position: saved.positionOf(row),
      }),
    ),
  ];
}

function keyOf(cells: readonly string[]): string {
  let width = cells.length;
  while (width > 0 && cells[width - 1] === "") width -= 1;
  return JSON.stringify(cells.slice(0, width));
}

/** An edit and the row of their file (from 1) that still is as the edit began with it; null: there is none. */
export interface PlacedEdit extends NetEdit {
  readonly row: number | null;
  readonly theirs: readonly string[] | null;
}

/** Looks for the rows that edits began with in a file that was changed meanwhile; its rows are added one by one. */
export class RebaseSearch {
  readonly #edits: readonly NetEdit[];
  readonly #wanted: Map<string, number[]>;
  readonly #described = new Map<string, readonly string[] | null>();
  readonly #column: number;
  /** Their rows at the places of the edits: shown where nothing is more like the row. */
  readonly #atPlace: Map<number, readonly string[]>;
  #row = 0;

  constructor(edits: readonly NetEdit[], header: readonly string[]) {
    this.#edits = edits;
    this.#column = Math.max(0, columnIndex({ header }, "description"));
    this.#atPlace = new Map(edits.map(({ position }) => [position + 1, []]));
    this.#wanted = new Map(edits.flatMap(({ before }) => (before === null ? [] : [[keyOf(before), []]])));
    for (const { before } of edits)
      if (before !== null) this.#described.set(before[this.#column] ?? "", null);
  }

  /** Their next row. */
  add(cells: readonly string[]): void {
    this.#row += 1;
    this.#wanted.get(keyOf(cells))?.push(this.#row);
    if (this.#atPlace.has(this.#row)) this.#atPlace.set(this.#row, [...cells]);
    const description = cells[this.#column] ?? "";
    if (this.#described.get(description) === null) this.#described.set(description, [...cells]);
  }

  /** Their row of that description, else the one at that place. */
  #likely({ position }: NetEdit, before: readonly string[]): readonly string[] | null {
    const there = this.#atPlace.get(position + 1) ?? [];
    return this.#described.get(before[this.#column] ?? "") ?? (there.length === 0 ? null : there);
  }

  /** Each edit with its place: of equal rows the one nearest to where it was. */
  placed(): PlacedEdit[] {
    return this.#edits.map((edit) => {
      if (edit.before === null) return { ...edit, row: null, theirs: null };
      const rows = this.#wanted.get(keyOf(edit.before)) ?? [];
      const distance = (row: number) => Math.abs(row - 1 - edit.position);
      const row = rows.reduce<number | null>(
        (best, one) => (best === null || distance(one) < distance(best) ? one : best),
        null,
      );
      if (row === null) return { ...edit, row, theirs: this.#likely(edit, edit.before) };
      rows.splice(rows.indexOf(row), 1);
      return { ...edit, row, theirs: edit.before };
    });
  }
}

/** True where an edit can be made again: its row is still there, or it adds one. */
export function fits({ kind, row }: Pick<PlacedEdit, "kind" | "row">): boolean {
  return kind === "added" || row !== null;
}

/** The edits that fit, as one step on their file as it is opened; added rows come to its end. */
export function rebaseStep(placed: readonly PlacedEdit[], theirs: DocumentRows): EditStep {
  const cells = new Map(placed.flatMap((edit) => (edit.row === null ? [] : [[edit.row, edit.before ?? []]])));
  const cellsOf = (row: RowId) => cells.get(row) ?? [];
  const sets = placed.flatMap(({ kind, row, mine, before }) => {
    if (kind !== "changed" || row === null) return [];
    const width = Math.max(mine?.length ?? 0, before?.length ?? 0);
    return Array.from({ length: width }, (_, column) => ({ row, column, value: mine?.[column] ?? "" }));
  });
  const removed = placed.flatMap((edit) => (edit.kind === "removed" && edit.row !== null ? [edit.row] : []));
  removed.sort((a, b) => a - b);
  const added = placed.flatMap(({ kind, mine }) => (kind === "added" && mine !== null ? [mine] : []));
  const last = theirs.order.idAt(theirs.order.length - 1) ?? 0;
  const changes: Change[] = [
    ...setCells(sets, cellsOf),
    ...(added.length === 0 ? [] : addRows(added, last, theirs.nextId).changes),
  ];
  const gone = deleteRows(removed, cellsOf, (row) => row - 1);
  return { label: "Reapplied edits to the changed file", changes: [...changes, ...gone.changes] };
}
