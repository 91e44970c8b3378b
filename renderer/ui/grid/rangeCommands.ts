import { formatCount } from "../../../shared/domain/format/count.ts";
import { messages } from "../messages.ts";
import type { KeptRow } from "./columns.tsx";
import type { CellEdit, GridColumn, GridRange } from "./gridTypes.ts";

/** Maximum number of cells to clear or fill at once. */
const MOST_CHANGED = 100_000;

interface RangeCommands {
  readonly columns: readonly GridColumn[];
  readonly readOnly: boolean;
  range(): GridRange | null;
  rowsIn(range: Pick<GridRange, "first" | "last">): Promise<KeptRow[]>;
  change(cells: readonly CellEdit[]): void;
  onNotice(message: string): void;
}

/** Commands that change every cell of the selected range. */
export function rangeCommands({ columns, readOnly, range, rowsIn, change, onNotice }: RangeCommands) {
  /** Returns the selected range if it is small enough to change at once. */
  function changeable(): GridRange | null {
    const selected = range();
    if (selected === null || readOnly) return null;
    if ((selected.last - selected.first + 1) * selected.columns.length <= MOST_CHANGED) return selected;
    onNotice(messages.grid.tooManyCells(formatCount(MOST_CHANGED)));
    return null;
  }
  /** Writes a value per column to each row. */
  function fill(rows: readonly KeptRow[], into: readonly number[], value: (column: number) => string): void {
    change(rows.flatMap(({ id }) => into.map((column) => ({ row: id, column, value: value(column) }))));
  }

  return {
    async clear() {
      const selected = changeable();
      if (selected === null) return;
      const emptied = new Map(columns.map(({ index, emptied: text = "" }) => [index, text]));
      fill(await rowsIn(selected), selected.columns, (column) => emptied.get(column) ?? "");
    },
    /** Copies the first row's cells to the rows below it. */
    async fillDown() {
      const selected = changeable();
      if (selected === null || selected.first === selected.last) return;
      const [top, ...rest] = await rowsIn(selected);
      fill(rest, selected.columns, (column) => top?.cells[column] ?? "");
    },
  };
}
