import "./grid.css";
import {
  CellApiModule,
  CellStyleModule,
  ColumnApiModule,
  CustomEditorModule,
  EventApiModule,
  type GridApi,
  InfiniteRowModelModule,
  ModuleRegistry,
  RenderApiModule,
  RowApiModule,
  ScrollApiModule,
} from "ag-grid-community";
import { AgGridReact, type AgGridReactProps } from "ag-grid-react";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { afterEditing } from "./afterEditing.ts";
import type { KeptRow } from "./columns.tsx";
import { gridTheme } from "./gridTheme.ts";
import type {
  CellEdit,
  CellMark,
  GridColumn,
  GridPage,
  GridRange,
  GridSort,
  GridTarget,
} from "./gridTypes.ts";
import { rangeCommands } from "./rangeCommands.ts";
import { useColumnDefinitions } from "./useColumnDefinitions.ts";
import { useGridClipboard } from "./useGridClipboard.ts";
import { useGridKeys } from "./useGridKeys.ts";
import { useGridMouse } from "./useGridMouse.ts";
import { useGridRows } from "./useGridRows.ts";
import { useGridSelection } from "./useGridSelection.ts";
import { useGridTarget } from "./useGridTarget.ts";
import { sortShown, useShownSort } from "./useShownSort.ts";

ModuleRegistry.registerModules([
  CellApiModule,
  CellStyleModule,
  ColumnApiModule,
  CustomEditorModule,
  EventApiModule,
  InfiniteRowModelModule,
  RenderApiModule,
  RowApiModule,
  ScrollApiModule,
]);

const gridOptions: AgGridReactProps<KeptRow> = {
  theme: gridTheme,
  rowModelType: "infinite",
  /** Rows per request, and the number of such blocks kept in memory. */
  cacheBlockSize: 100,
  maxBlocksInCache: 8,
  infiniteInitialRowCount: 1,
  /** Rows drawn outside the viewport. More of them drop frames during fast scrolling. */
  rowBuffer: 4,
  getRowId: ({ data }) => String(data.id),
  suppressMovableColumns: true,
  suppressDragLeaveHidesColumns: true,
  enterNavigatesVerticallyAfterEdit: true,
  stopEditingWhenCellsLoseFocus: true,
  suppressMultiSort: true,
  suppressRowHoverHighlight: true,
};

export interface DataGridProps {
  readonly label: string;
  readonly columns: readonly GridColumn[];
  readonly readOnly: boolean;
  /** The expected number of rows. */
  readonly rows: number;
  /** Identifies the rows. A change reloads the grid from its top. */
  readonly source: string;
  /** A change means that rows may have changed, so they are reloaded. */
  readonly version: number;
  readonly sort: GridSort | null;
  readonly target: GridTarget | null;
  /** Loads rows from a position. If it rejects, the grid keeps what it shows. */
  load(offset: number, limit: number): Promise<GridPage>;
  mark(row: number, column: number): CellMark;
  onSort(sort: GridSort | null): void;
  onSelect(range: GridRange | null): void;
  /** Called with typed, cleared, or filled cells. If it rejects, the rows are reloaded. */
  onEdit(cells: readonly CellEdit[]): Promise<unknown>;
  /** Called with a pasted block and the row it starts at; null: after the last row. */
  onPaste(
    row: number | null,
    columns: readonly number[],
    block: readonly (readonly string[])[],
  ): Promise<unknown>;
  onDeleteRows(): void;
  onAddRow(): void;
  onNotice(message: string): void;
}

/** A spreadsheet over any number of rows, which are fetched as they come into view. */
export function DataGrid(props: DataGridProps) {
  const { label, columns, readOnly, rows, source, version, sort, target, load, mark, onNotice } = props;
  const [api, setApi] = useState<GridApi<KeptRow> | null>(null);
  const box = useRef<HTMLDivElement>(null);
  const selected = useGridSelection({ api, box, columns, onSelect: props.onSelect });
  const { datasource, total, rowsIn } = useGridRows({ api, source, version, load });
  const edit = useEffectEvent(props.onEdit);
  const reload = () => api?.refreshInfiniteCache();
  const change = (cells: readonly CellEdit[]) => {
    if (cells.length > 0) edit(cells).catch(reload);
  };
  const definitions = useColumnDefinitions({ columns, rows, readOnly, sort, mark, selected, change });
  useShownSort(api, columns, sort);
  // AG Grid has no option for the name of its root.
  useEffect(() => {
    if (api !== null) box.current?.querySelector('[role="grid"]')?.setAttribute("aria-label", label);
  }, [api, label]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: marks may have changed
  useEffect(() => {
    if (api !== null) afterEditing(api, () => api.refreshCells({ suppressFlash: true }));
  }, [api, mark]);
  useGridTarget({ api, columns, source, target, selected });

  const { range } = selected;
  const { clear, fillDown } = rangeCommands({ columns, readOnly, range, rowsIn, change, onNotice });
  const mouse = useGridMouse(columns, selected);
  const keys = useGridKeys({
    api,
    columns,
    selected,
    rows: total,
    onFillDown: () => void fillDown(),
    onClear: () => void clear(),
    onDeleteRows: props.onDeleteRows,
    onAddRow: props.onAddRow,
  });
  const clipboard = useGridClipboard({
    api,
    columns,
    range,
    rowsIn,
    readOnly,
    onCleared: () => void clear(),
    onPaste: (row, into, block) => props.onPaste(row, into, block).catch(reload),
    onNotice,
  });

  return (
    <div
      className="nw-grid"
      style={{ height: "100%" }}
      data-testid="data-grid"
      ref={box}
      {...mouse}
      {...keys}
      {...clipboard}
    >
      <AgGridReact<KeptRow>
        {...gridOptions}
        columnDefs={definitions}
        datasource={datasource}
        onGridReady={(event) => setApi(event.api)}
        onSortChanged={(event) => props.onSort(sortShown(event.api, columns))}
        onCellFocused={selected.onCellFocused}
      />
    </div>
  );
}
