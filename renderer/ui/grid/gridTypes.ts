import type { ComponentType } from "react";

/** A row of the grid: its id, its number, and the text of its cells. */
export interface GridRow {
  readonly id: number;
  readonly row: number;
  readonly cells: readonly string[];
  readonly status: "same" | "changed" | "added";
  /** Columns whose text is truncated, so they can't be edited. */
  readonly cut?: readonly number[] | undefined;
}

export interface GridPage {
  readonly rows: readonly GridRow[];
  readonly total: number;
  /** False: `total` is an estimate that may still change. */
  readonly exact: boolean;
}

/** The props of a cell editor. It reports each change, and calls `onDone` when it closes. */
export interface GridEditorProps {
  readonly value: string;
  /** The key that opened the editor. Its text replaces the value. */
  readonly startedWith: string | null;
  onChange(value: string): void;
  onDone(cancelled?: boolean): void;
}

export interface GridColumn {
  /** The column's index among a row's cells. */
  readonly index: number;
  readonly title: string;
  readonly width?: number;
  /** Its share of the remaining width. */
  readonly flex?: number;
  readonly minWidth?: number;
  readonly editable?: boolean;
  /** Draws a cell; text by default. */
  readonly Cell?: ComponentType<{ value: string }>;
  /** Edits a cell; a text field by default. */
  readonly Editor?: ComponentType<GridEditorProps>;
  /** The value of a cleared cell. */
  readonly emptied?: string;
}

export interface GridSort {
  readonly column: number;
  readonly descending: boolean;
}

export interface CellEdit {
  readonly row: number;
  readonly column: number;
  readonly value: string;
}

/** A range of cells: row positions from 0, and the cells' indices. */
export interface GridRange {
  readonly first: number;
  readonly last: number;
  readonly columns: readonly number[];
}

/** Where the grid should scroll; a new `key` scrolls again. `column` is a cell's index. */
export interface GridTarget {
  readonly key: number;
  readonly position: number;
  readonly column: number | null;
  /** False: the focus stays where it is, such as in a search field. */
  readonly focus: boolean;
}

/** The severity of a cell's finding; null: none. */
export type CellMark = "error" | "warning" | null;
