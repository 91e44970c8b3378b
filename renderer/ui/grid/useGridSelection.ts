import type { CellFocusedEvent, GridApi } from "ag-grid-community";
import { type RefObject, useEffectEvent, useRef } from "react";
import { columnId, gridPlace, type KeptRow } from "./columns.tsx";
import { type GridPlace, isSelected, rangeOf, type Selection } from "./gridRange.ts";
import type { GridColumn, GridRange } from "./gridTypes.ts";

interface SelectionOptions {
  readonly api: GridApi<KeptRow> | null;
  readonly box: RefObject<HTMLElement | null>;
  readonly columns: readonly GridColumn[];
  onSelect(range: GridRange | null): void;
}

/** Returns the row and column of a cell from AG Grid's attributes; null outside the cells. */
export function cellUnder(target: EventTarget): { rowIndex: number; columnId: string } | null {
  if (!(target instanceof Element)) return null;
  const cell = target.closest(".ag-cell");
  const rowIndex = Number(cell?.closest(".ag-row")?.getAttribute("row-index") ?? Number.NaN);
  const columnId = cell?.getAttribute("col-id");
  return columnId == null || Number.isNaN(rowIndex) ? null : { rowIndex, columnId };
}

/** Marks the selected cells on screen. Cells that come into view later mark themselves when drawn. */
function paintSelection(
  grid: HTMLElement | null,
  columns: readonly GridColumn[],
  isSelected: (place: GridPlace) => boolean,
): void {
  for (const cell of grid?.querySelectorAll(".ag-row .ag-cell") ?? []) {
    const found = cellUnder(cell);
    const place = found === null ? null : gridPlace(found.rowIndex, found.columnId, columns);
    cell.classList.toggle("nw-cell-selected", place !== null && isSelected(place));
  }
}

/** Focuses a cell that has just come into view, as soon as it is drawn some frames later. */
function focusWhenDrawn(grid: HTMLElement | null, position: number, id: string, frames = 30): void {
  const cell = grid?.querySelector<HTMLElement>(`.ag-row[row-index="${position}"] [col-id="${id}"]`);
  if (cell != null && document.activeElement !== cell) cell.focus({ preventScroll: true });
  if (cell == null && frames > 0) requestAnimationFrame(() => focusWhenDrawn(grid, position, id, frames - 1));
}

/** Holds the selected cells and the focus. A selection is painted directly, so dragging redraws no component. */
export function useGridSelection({ api, box, columns, onSelect }: SelectionOptions) {
  const selection = useRef<Selection | null>(null);
  const chosen = useRef<GridPlace | null>(null);
  const notify = useEffectEvent(onSelect);

  const select = (next: Selection | null) => {
    selection.current = next;
    paintSelection(box.current, columns, ({ position, at }) => isSelected(next, position, at));
    notify(next === null ? null : rangeOf(next, columns));
    if (next !== null) api?.ensureIndexVisible(next.head.position);
  };
  return {
    selection: () => selection.current,
    range: () => (selection.current === null ? null : rangeOf(selection.current, columns)),
    select,
    /** The cell just selected with the mouse or by `focus`, so that its later focus event is ignored. */
    chosen,
    focus(place: GridPlace) {
      const column = columns[place.at];
      if (api === null || column === undefined) return;
      // Select now: the grid reports its focus later, and a key pressed before that is meant for this cell.
      chosen.current = place;
      select({ anchor: place, head: place });
      api.setFocusedCell(place.position, columnId(column));
      focusWhenDrawn(box.current, place.position, columnId(column));
    },
    onCellFocused({ rowIndex, column }: CellFocusedEvent<KeptRow>) {
      const id = typeof column === "string" ? column : column?.getColId();
      const place = gridPlace(rowIndex, id, columns);
      const selected = chosen.current;
      chosen.current = null;
      if (place === null || (selected?.position === place.position && selected.at === place.at)) return;
      select({ anchor: place, head: place });
    },
  };
}
export type GridSelection = ReturnType<typeof useGridSelection>;
