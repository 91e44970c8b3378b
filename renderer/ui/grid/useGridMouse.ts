import { type MouseEvent, type RefObject, useRef } from "react";
import { placeOf, rowNumberColumn } from "./columns.tsx";
import type { GridPlace, Selection } from "./gridRange.ts";
import type { GridColumn } from "./gridTypes.ts";

/** The row and column of a cell on screen by what AG Grid writes on its elements; null beside the cells. */
function cellUnder(target: EventTarget): { rowIndex: number; columnId: string } | null {
  if (!(target instanceof Element)) return null;
  const cell = target.closest(".ag-cell");
  const rowIndex = Number(cell?.closest(".ag-row")?.getAttribute("row-index") ?? Number.NaN);
  const columnId = cell?.getAttribute("col-id");
  return columnId == null || Number.isNaN(rowIndex) ? null : { rowIndex, columnId };
}

/** Marks the cells of a selection that are on screen; those that come into view mark themselves as they are drawn. */
export function paintSelection(
  grid: HTMLElement | null,
  columns: readonly GridColumn[],
  isSelected: (place: GridPlace) => boolean,
): void {
  for (const cell of grid?.querySelectorAll(".ag-row .ag-cell") ?? []) {
    const found = cellUnder(cell);
    const place = found === null ? null : placeOf(found.rowIndex, found.columnId, columns);
    cell.classList.toggle("nw-cell-selected", place !== null && isSelected(place));
  }
}

interface GridMouse {
  readonly columns: readonly GridColumn[];
  selection(): Selection | null;
  select(selection: Selection): void;
  /** The cell that the mouse has just chosen: its focus, which comes later, changes nothing more. */
  readonly chosen: RefObject<GridPlace | null>;
}

/** Stretches are chosen by dragging, by Shift and a click, and by the numbers of rows. */
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
      const place = placeOf(cell.rowIndex, cell.columnId, columns);
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
      const place = placeOf(cell.rowIndex, cell.columnId, columns);
      if (place !== null && (now.head.position !== place.position || now.head.at !== place.at))
        select({ anchor: now.anchor, head: place });
    },
  };
}
