import type { ComponentType } from "react";

/** A row as the grid shows it: its identity, its number, and the text of its cells. */
export interface GridRow {
  readonly id: number;
  readonly row: number;
  readonly cells: readonly string[];
  readonly status: "same" | "changed" | "added";
  /** Columns whose text is longer than is shown: they are not edited. */
  readonly cut?: readonly number[] | undefined;
}

export interface GridPage {
  readonly rows: readonly GridRow[];
  readonly total: number;
  /** False: `total` is an estimate that may still change. */
  readonly exact: boolean;
}

/** What an editor of a cell gets. It says each change, and `done` when it is through. */
export interface GridEditorProps {
  readonly value: string;
  /** The key that began it: its text takes the place of what was there. */
  readonly startedWith: string | null;
  onChange(value: string): void;
  onDone(cancelled?: boolean): void;
}

export interface GridColumn {
  /** Its place among a row's cells. */
  readonly index: number;
  readonly title: string;
  readonly width?: number;
  /** Takes this share of the width that is left. */
  readonly flex?: number;
  readonly minWidth?: number;
  readonly editable?: boolean;
  /** How a cell is drawn; left out: as text. */
  readonly Cell?: ComponentType<{ value: string }>;
  /** How a cell is edited; left out: as text. */
  readonly Editor?: ComponentType<GridEditorProps>;
  /** What an emptied cell holds. */
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

/** A stretch of cells: positions of rows from 0, `columns` are the cells' own indices. */
export interface GridRange {
  readonly first: number;
  readonly last: number;
  readonly columns: readonly number[];
}

/** Where the grid is to go: another `key` is another wish. `column`: a cell's index. */
export interface GridTarget {
  readonly key: number;
  readonly position: number;
  readonly column: number | null;
  /** False: the keyboard stays where it is, as in a search field. */
  readonly focus: boolean;
}

/** What is wrong with a cell, if anything. */
export type CellMark = "error" | "warning" | null;
