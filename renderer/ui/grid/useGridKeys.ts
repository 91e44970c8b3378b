import type { GridApi } from "ag-grid-community";
import type { KeyboardEvent } from "react";
import { columnId, type KeptRow } from "./columns.tsx";
import { moved, tabbed } from "./gridRange.ts";
import type { GridColumn } from "./gridTypes.ts";
import type { GridSelection } from "./useGridSelection.ts";

interface GridKeys {
  readonly api: GridApi<KeptRow> | null;
  readonly columns: readonly GridColumn[];
  readonly selected: GridSelection;
  rows(): number;
  onFillDown(): void;
  onClear(): void;
  onDeleteRows(): void;
  onAddRow(): void;
}

/** Returns true for a key that types a character. In the grid it starts an edit and must not open a screen. */
function types({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  return key.length === 1 && !ctrlKey && !metaKey && !altKey;
}

/** Adds the spreadsheet keys that AG Grid lacks or handles differently. */
export function useGridKeys(keys: GridKeys) {
  const { api, columns, selected } = keys;

  /** Accepts the typed text on Tab, and on Ctrl+S before the save handler runs. */
  function leaveEditor(grid: GridApi<KeptRow>, event: KeyboardEvent): void {
    const focused = grid.getFocusedCell();
    const saves = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s";
    if (!(event.key === "Tab" || saves) || focused === null) return;
    grid.stopEditing();
    const at = columns.findIndex((column) => columnId(column) === focused.column.getColId());
    const place = { position: focused.rowIndex, at };
    if (saves) {
      selected.focus(place);
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    selected.focus(tabbed(place, event.shiftKey, keys.rows(), columns.length));
  }

  /** Returns true if the key was handled. */
  function handled(event: KeyboardEvent): boolean {
    const selection = selected.selection();
    const mod = event.ctrlKey || event.metaKey;
    if (selection === null) return false;
    if (event.key.startsWith("Arrow")) {
      const within = { rows: keys.rows(), columns: columns.length, far: mod };
      const to = moved(event.shiftKey ? selection.head : selection.anchor, event.key, within);
      if (to === null) return false;
      if (event.shiftKey) selected.select({ anchor: selection.anchor, head: to });
      else selected.focus(to);
      return true;
    }
    const across = (first: number, last: number) =>
      selected.select({
        anchor: { position: first, at: 0 },
        head: { position: last, at: columns.length - 1 },
      });
    if (mod && event.key.toLowerCase() === "a") across(0, keys.rows() - 1);
    else if (event.shiftKey && event.key === " ") across(selection.anchor.position, selection.head.position);
    else if (mod && event.key.toLowerCase() === "d") keys.onFillDown();
    else if (event.key === "Delete" && event.shiftKey) keys.onDeleteRows();
    else if (event.key === "Delete" || event.key === "Backspace") keys.onClear();
    else if (event.key === "Insert") keys.onAddRow();
    else return false;
    return true;
  }

  return {
    onKeyDownCapture(event: KeyboardEvent) {
      if (api === null || api.isDestroyed()) return;
      if (api.getEditingCells().length > 0) return leaveEditor(api, event);
      if (!(event.target instanceof HTMLElement) || event.target.closest(".ag-header") !== null) return;
      if (!handled(event)) return;
      event.preventDefault();
      event.stopPropagation();
    },
    onKeyDown(event: KeyboardEvent) {
      if (types(event)) event.stopPropagation();
    },
  };
}
