import { type MouseEvent, type RefObject, useRef } from "react";
import { gridPlace, rowNumberColumn } from "./columns.tsx";
import type { GridPlace, Selection } from "./gridRange.ts";
import type { GridColumn } from "./gridTypes.ts";

/** Returns the row and column of a cell from AG Grid's attributes; null outside the cells. */
function cellUnder(target: EventTarget): { rowIndex: number; columnId: string } | null {
  if (!(target instanceof Element)) return null;
  const cell = target.closest(".ag-cell");
  const rowIndex = Number(cell?.closest(".ag-row")?.getAttribute("row-index") ?? Number.NaN);
  const columnId = cell?.getAttribute("col-id");
  return columnId == null || Number.isNaN(rowIndex) ? null : { rowIndex, columnId };
}

/** Marks the selected cells on screen. Cells that come into view later mark themselves when drawn. */
export function paintSelection(
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

interface GridMouse {
  readonly columns: readonly GridColumn[];
  selection(): Selection | null;
  select(selection: Selection): void;
  /** The cell just selected with the mouse, so that its later focus event is ignored. */
  readonly chosen: RefObject<GridPlace | null>;
}

/** Selects ranges by dragging, by Shift and click, and by row numbers. */
export function useGridMouse({ columns, selection, select, chosen }: GridMouse) {
  const dragging = useRef<"cells" | "rows" | null>(null);
  const across = (first: number, last: number) =>
    select({ anchor: { position: first, at: 0 }, head: { position: last, at: columns.length - 1 } });
  return {
    onMouseDownCapture(event: MouseEvent) {
      const cell = cellUnder(event.target);
      if (event.button !== 0 || cell === null) return;
      const anchor = event.shiftKey ? selection()?.anchor : undefined;
      if (cell.columnId === rowNumberColumn) {
        dragging.current = "rows";
        across(anchor?.position ?? cell.rowIndex, cell.rowIndex);
        return;
      }
      const place = gridPlace(cell.rowIndex, cell.columnId, columns);
      if (place === null) return;
      dragging.current = "cells";
      chosen.current = place;
      select({ anchor: anchor ?? place, head: place });
    },
    onMouseOver(event: MouseEvent) {
      if (event.buttons !== 1) dragging.current = null;
      const now = selection();
      const cell = cellUnder(event.target);
      if (dragging.current === null || now === null || cell === null) return;
      if (dragging.current === "rows") return across(now.anchor.position, cell.rowIndex);
      const place = gridPlace(cell.rowIndex, cell.columnId, columns);
      if (place !== null && (now.head.position !== place.position || now.head.at !== place.at))
        select({ anchor: now.anchor, head: place });
    },
  };
}
