import { type MouseEvent, useRef } from "react";
import { gridPlace, rowNumberColumn } from "./columns.tsx";
import type { GridColumn } from "./gridTypes.ts";
import { cellUnder, type GridSelection } from "./useGridSelection.ts";

/** Selects ranges by dragging, by Shift and click, and by row numbers. */
export function useGridMouse(columns: readonly GridColumn[], { selection, select, chosen }: GridSelection) {
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
