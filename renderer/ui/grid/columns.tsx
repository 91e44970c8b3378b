import type { ColDef, ICellRendererParams } from "ag-grid-community";
import type { CustomCellEditorProps } from "ag-grid-react";
import { type GridPlace, isSelected, type Selection } from "./gridRange.ts";
import type { CellMark, GridColumn, GridEditorProps, GridRow, GridSort } from "./gridTypes.ts";
import { TextCellEditor } from "./TextCellEditor.tsx";

/** A row held by the grid. Its cells change while an edit is being saved. */
export interface KeptRow extends Omit<GridRow, "cells"> {
  cells: string[];
}

/** The latest state, which cells read when they are drawn. */
export interface GridContext {
  selection(): Selection | null;
  readOnly(): boolean;
  mark(row: number, column: number): CellMark;
  edited(row: KeptRow, column: number, value: string): void;
}

export const rowNumberColumn = "row";
export const columnId = ({ index }: Pick<GridColumn, "index">) => `c${index}`;

function startedWith(key: string | null): string | null {
  if (key === null) return null;
  if (key === "Backspace" || key === "Delete") return "";
  return key.length === 1 ? key : null;
}

function editorOf(Editor: React.ComponentType<GridEditorProps>) {
  return function CellEditor(props: CustomCellEditorProps<KeptRow, string>) {
    return (
      <Editor
        value={props.initialValue ?? ""}
        startedWith={startedWith(props.eventKey)}
        onChange={props.onValueChange}
        onDone={(cancelled = false) => props.stopEditing(cancelled)}
      />
    );
  };
}

function rendererOf(Cell: NonNullable<GridColumn["Cell"]>) {
  return function DrawnCell({ value, data }: ICellRendererParams<KeptRow, string>) {
    return data === undefined ? null : <Cell value={value ?? ""} />;
  };
}

const positionOf = (rowIndex: number | null): number => rowIndex ?? -1;

function columnOf(
  column: GridColumn,
  at: number,
  context: GridContext,
  sort: GridSort | null,
): ColDef<KeptRow, string> {
  const {
    index,
    title,
    width,
    flex,
    minWidth = 120,
    editable = true,
    Cell,
    Editor = TextCellEditor,
  } = column;
  const marked = (mark: CellMark) => (params: { data?: KeptRow | undefined }) =>
    params.data !== undefined && context.mark(params.data.id, index) === mark;
  return {
    colId: columnId(column),
    headerName: title,
    minWidth,
    ...(width === undefined ? {} : { width }),
    ...(flex === undefined ? {} : { flex }),
    resizable: true,
    sortable: true,
    initialSort: sort?.column === index ? (sort.descending ? "desc" : "asc") : null,
    valueGetter: ({ data }) => data?.cells[index] ?? "",
    valueSetter: ({ data, newValue }) => {
      const value = newValue ?? "";
      if ((data.cells[index] ?? "") === value) return false;
      context.edited(data, index, value);
      return true;
    },
    editable: ({ data }) =>
      editable && !context.readOnly() && data !== undefined && data.cut?.includes(index) !== true,
    cellEditor: editorOf(Editor),
    cellEditorPopup: true,
    cellEditorPopupPosition: "over",
    ...(Cell === undefined ? {} : { cellRenderer: rendererOf(Cell) }),
    cellClassRules: {
      "nw-cell-selected": ({ rowIndex }) => isSelected(context.selection(), positionOf(rowIndex), at),
      "nw-cell-error": marked("error"),
      "nw-cell-warning": marked("warning"),
    },
  };
}

/** Returns the grid's columns: the row number (`manyRows`: six digits or more), then the given ones. */
export function columnDefinitions(
  columns: readonly GridColumn[],
  context: GridContext,
  sort: GridSort | null,
  manyRows: boolean,
): ColDef<KeptRow>[] {
  return [
    {
      colId: rowNumberColumn,
      headerName: "Row",
      pinned: "left",
      width: manyRows ? 92 : 64,
      sortable: false,
      resizable: false,
      suppressNavigable: true,
      valueGetter: ({ data }) => data?.row ?? "",
      cellClass: "nw-row-number",
      cellClassRules: {
        "nw-row-changed": ({ data }) => data?.status === "changed",
        "nw-row-added": ({ data }) => data?.status === "added",
      },
    },
    ...columns.map((column, at) => columnOf(column, at, context, sort)),
  ];
}

/**
 * Returns the place of a cell from AG Grid's row index and column id; null for the row number and outside the cells.
 */
export function gridPlace(
  rowIndex: number | null,
  id: string | undefined,
  columns: readonly GridColumn[],
): GridPlace | null {
  const at = columns.findIndex((column) => columnId(column) === id);
  return rowIndex === null || at < 0 ? null : { position: rowIndex, at };
}
