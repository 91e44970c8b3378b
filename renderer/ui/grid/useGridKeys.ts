import type { GridApi } from "ag-grid-community";
import type { KeyboardEvent } from "react";
import { columnId, type KeptRow } from "./columns.tsx";
import { type GridPlace, moved, type Selection, tabbed } from "./gridRange.ts";
import type { GridColumn } from "./gridTypes.ts";

interface GridKeys {
  api(): GridApi<KeptRow> | null;
  readonly columns: readonly GridColumn[];
  rows(): number;
  selection(): Selection | null;
  select(selection: Selection): void;
  focus(place: GridPlace): void;
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
  const { columns } = keys;

  /** Accepts the typed text on Tab, and on Ctrl+S before the save handler runs. */
  function leaveEditor(api: GridApi<KeptRow>, event: KeyboardEvent): void {
    const focused = api.getFocusedCell();
    const saves = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s";
    if (!(event.key === "Tab" || saves) || focused === null) return;
    api.stopEditing();
    const at = columns.findIndex((column) => columnId(column) === focused.column.getColId());
    const place = { position: focused.rowIndex, at };
    if (saves) {
      keys.focus(place);
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    keys.focus(tabbed(place, event.shiftKey, keys.rows(), columns.length));
  }

  /** Returns true if the key was handled. */
  function handled(event: KeyboardEvent): boolean {
    const selection = keys.selection();
    const mod = event.ctrlKey || event.metaKey;
    if (selection === null) return false;
    if (event.key.startsWith("Arrow")) {
      const within = { rows: keys.rows(), columns: columns.length, far: mod };
      const to = moved(event.shiftKey ? selection.head : selection.anchor, event.key, within);
      if (to === null) return false;
      if (event.shiftKey) keys.select({ anchor: selection.anchor, head: to });
      else keys.focus(to);
      return true;
    }
    const across = (first: number, last: number) =>
      keys.select({
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
      const api = keys.api();
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
