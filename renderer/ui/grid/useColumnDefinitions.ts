import { useMemo, useRef } from "react";
import { columnDefinitions, type GridContext } from "./columns.tsx";
import type { CellEdit, CellMark, GridColumn, GridSort } from "./gridTypes.ts";
import type { GridSelection } from "./useGridSelection.ts";

interface DefinitionOptions {
  readonly columns: readonly GridColumn[];
  readonly rows: number;
  readonly readOnly: boolean;
  readonly sort: GridSort | null;
  readonly selected: GridSelection;
  mark(row: number, column: number): CellMark;
  change(cells: readonly CellEdit[]): void;
}

/** Returns AG Grid's columns, created once per set of columns. Cells read what changes when they are drawn. */
export function useColumnDefinitions(options: DefinitionOptions) {
  const { columns, rows } = options;
  const latest = useRef(options);
  latest.current = options;
  const manyRows = rows >= 100_000;
  return useMemo(() => {
    const context: GridContext = {
      selection: () => latest.current.selected.selection(),
      readOnly: () => latest.current.readOnly,
      mark: (row, column) => latest.current.mark(row, column),
      edited(row, column, value) {
        row.cells[column] = value;
        latest.current.change([{ row: row.id, column, value }]);
      },
    };
    // The grid owns the sort once it exists, so another sort doesn't create the columns again.
    return columnDefinitions(columns, context, latest.current.sort, manyRows);
  }, [columns, manyRows]);
}
