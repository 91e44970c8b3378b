import { formatCount } from "../../../shared/domain/format/count.ts";
import "./grid.css";
import {
  CellApiModule,
  CellStyleModule,
  ColumnApiModule,
  CustomEditorModule,
  EventApiModule,
  type GridApi,
  type IDatasource,
  InfiniteRowModelModule,
  ModuleRegistry,
  RenderApiModule,
  RowApiModule,
  ScrollApiModule,
} from "ag-grid-community";
import { AgGridReact } from "ag-grid-react";
import { useEffect, useEffectEvent, useMemo, useRef, useState } from "react";
import { messages } from "../messages.ts";
import { afterEditing } from "./afterEditing.ts";
import { columnDefinitions, columnId, type GridContext, gridPlace, type KeptRow } from "./columns.tsx";
import { type GridPlace, isSelected, rangeOf, type Selection } from "./gridRange.ts";
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
import { useGridClipboard } from "./useGridClipboard.ts";
import { useGridKeys } from "./useGridKeys.ts";
import { paintSelection, useGridMouse } from "./useGridMouse.ts";
import { useShownSort } from "./useShownSort.ts";

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

/** Rows per request, and the number of such blocks kept in memory. */
const BLOCK_ROWS = 100;
const KEPT_BLOCKS = 8;
/** Rows drawn outside the viewport. More of them drop frames during fast scrolling. */
const ROWS_AROUND = 4;
/** Maximum number of cells to clear or fill at once. */
const MOST_CHANGED = 100_000;

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

/** Focuses a cell that has just come into view, as soon as it is drawn some frames later. */
function focusWhenDrawn(grid: HTMLElement | null, position: number, id: string, frames = 30): void {
  const cell = grid?.querySelector<HTMLElement>(`.ag-row[row-index="${position}"] [col-id="${id}"]`);
  if (cell != null && document.activeElement !== cell) cell.focus({ preventScroll: true });
  if (cell == null && frames > 0) requestAnimationFrame(() => focusWhenDrawn(grid, position, id, frames - 1));
}

/** A spreadsheet over any number of rows, which are fetched as they come into view. */
export function DataGrid(props: DataGridProps) {
  const { label, columns, readOnly, source, version, sort, target } = props;
  const [api, setApi] = useState<GridApi<KeptRow> | null>(null);
  const total = useRef(0);
  const selection = useRef<Selection | null>(null);
  const chosen = useRef<GridPlace | null>(null);
  const box = useRef<HTMLDivElement>(null);
  const load = useEffectEvent(props.load);
  const mark = useEffectEvent(props.mark);
  const tell = useEffectEvent(props.onSelect);
  const edit = useEffectEvent(props.onEdit);

  const select = (next: Selection | null) => {
    selection.current = next;
    paintSelection(box.current, columns, ({ position, at }) => isSelected(next, position, at));
    tell(next === null ? null : rangeOf(next, columns));
    if (next !== null) api?.ensureIndexVisible(next.head.position);
  };
  const mouse = useGridMouse({ columns, selection: () => selection.current, select, chosen });
  const focus = (place: GridPlace) => {
    const column = columns[place.at];
    if (api === null || column === undefined) return;
    // Select now: the grid reports its focus later, and a key pressed before that is meant for this cell.
    chosen.current = place;
    select({ anchor: place, head: place });
    api.setFocusedCell(place.position, columnId(column));
    focusWhenDrawn(box.current, place.position, columnId(column));
  };
  const change = (cells: readonly CellEdit[]) => {
    if (cells.length > 0) edit(cells).catch(() => api?.refreshInfiniteCache());
  };
  const manyRows = props.rows >= 100_000;
  const readOnlyNow = useRef(readOnly);
  readOnlyNow.current = readOnly;

  // The definitions are created once per set of columns. Cells read what changes when they are drawn.
  const changeNow = useEffectEvent(change);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the grid owns the sort once it exists
  const definitions = useMemo(() => {
    const context: GridContext = {
      selection: () => selection.current,
      readOnly: () => readOnlyNow.current,
      mark: (row, column) => mark(row, column),
      edited(row, column, value) {
        row.cells[column] = value;
        changeNow([{ row: row.id, column, value }]);
      },
    };
    return columnDefinitions(columns, context, sort, manyRows);
  }, [columns, manyRows]);

  // Doesn't depend on `api`, which exists one draw later: a second datasource would discard the rows of the first, and
  // an editor that the user has already opened.
  const grid = useRef<GridApi<KeptRow> | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each source needs its own datasource
  const datasource = useMemo(
    (): IDatasource => ({
      getRows({ startRow, endRow, successCallback, failCallback }) {
        load(startRow, endRow - startRow).then(
          (page) => {
            total.current = page.total;
            const rows = page.rows.map((row): KeptRow => ({ ...row, cells: [...row.cells] }));
            successCallback(rows, page.exact ? page.total : -1);
            if (!page.exact) grid.current?.setRowCount(page.total, false);
          },
          () => failCallback(),
        );
      },
    }),
    [source],
  );

  useShownSort(api, columns, sort);
  // AG Grid has no option for the name of its root.
  useEffect(() => {
    if (api !== null) box.current?.querySelector('[role="grid"]')?.setAttribute("aria-label", label);
  }, [api, label]);
  const shownVersion = useRef(version);
  useEffect(() => {
    // The first fetch already has this version.
    if (shownVersion.current === version) return;
    shownVersion.current = version;
    if (api !== null) afterEditing(api, () => api.refreshInfiniteCache());
  }, [api, version]);
  const forget = useEffectEvent(() => {
    api?.clearFocusedCell();
    select(null);
  });
  // Cells are selected by position, and another source has other rows there. Runs before the target effect, which
  // selects again.
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs for each new source
  useEffect(() => forget(), [source]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: marks may have changed
  useEffect(() => {
    if (api !== null) afterEditing(api, () => api.refreshCells({ suppressFlash: true }));
  }, [api, props.mark]);
  const goTo = useEffectEvent((to: GridTarget) => {
    const at = Math.max(
      0,
      columns.findIndex(({ index }) => index === to.column),
    );
    api?.ensureIndexVisible(to.position, "middle");
    const place = { position: to.position, at };
    // The row may still be loading; a cell is selected by its position.
    requestAnimationFrame(() => (to.focus ? focus(place) : select({ anchor: place, head: place })));
  });
  useEffect(() => {
    if (api !== null && target !== null) goTo(target);
  }, [api, target]);

  /** Returns the selected range if it is small enough to change at once. */
  const changeable = () => {
    const chosenRange = range();
    if (chosenRange === null || readOnly) return null;
    const cells = (chosenRange.last - chosenRange.first + 1) * chosenRange.columns.length;
    if (cells <= MOST_CHANGED) return chosenRange;
    props.onNotice(messages.grid.tooManyCells(formatCount(MOST_CHANGED)));
    return null;
  };
  const rowsIn = async ({ first, last }: Pick<GridRange, "first" | "last">): Promise<KeptRow[]> => {
    const rows: KeptRow[] = [];
    for (let position = first; position <= last; position += 1) {
      const known = api?.getDisplayedRowAtIndex(position)?.data;
      if (known !== undefined) rows.push(known);
      else {
        const page = await props.load(position, Math.min(1000, last - position + 1));
        for (const row of page.rows) rows.push({ ...row, cells: [...row.cells] });
        if (page.rows.length === 0) break;
        position += page.rows.length - 1;
      }
    }
    return rows;
  };
  const range = () => (selection.current === null ? null : rangeOf(selection.current, columns));
  const clear = async () => {
    const cells = changeable();
    if (cells === null) return;
    const emptied = new Map(columns.map(({ index, emptied: text = "" }) => [index, text]));
    const rows = await rowsIn(cells);
    change(
      rows.flatMap(({ id }) =>
        cells.columns.map((column) => ({ row: id, column, value: emptied.get(column) ?? "" })),
      ),
    );
  };
  const fillDown = async () => {
    const cells = changeable();
    if (cells === null || cells.first === cells.last) return;
    const [top, ...rest] = await rowsIn(cells);
    if (top === undefined) return;
    change(
      rest.flatMap(({ id }) =>
        cells.columns.map((column) => ({ row: id, column, value: top.cells[column] ?? "" })),
      ),
    );
  };
  const keys = useGridKeys({
    api: () => api,
    columns,
    rows: () => total.current,
    selection: () => selection.current,
    select,
    focus,
    onFillDown: () => void fillDown(),
    onClear: () => void clear(),
    onDeleteRows: props.onDeleteRows,
    onAddRow: props.onAddRow,
  });
  const clipboard = useGridClipboard({
    api: () => api,
    columns,
    range,
    rowsIn,
    readOnly,
    onCleared: () => void clear(),
    onPaste: (row, into, block) => props.onPaste(row, into, block).catch(() => api?.refreshInfiniteCache()),
    onNotice: props.onNotice,
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
        theme={gridTheme}
        columnDefs={definitions}
        rowModelType="infinite"
        datasource={datasource}
        cacheBlockSize={BLOCK_ROWS}
        maxBlocksInCache={KEPT_BLOCKS}
        infiniteInitialRowCount={1}
        getRowId={({ data }) => String(data.id)}
        suppressMovableColumns
        suppressDragLeaveHidesColumns
        enterNavigatesVerticallyAfterEdit
        stopEditingWhenCellsLoseFocus
        suppressMultiSort
        suppressRowHoverHighlight
        rowBuffer={ROWS_AROUND}
        onGridReady={(event) => {
          grid.current = event.api;
          setApi(event.api);
        }}
        onSortChanged={({ api: of }) => {
          const sorted = of.getColumnState().find(({ sort: by }) => by !== null && by !== undefined);
          const column = columns.find((one) => columnId(one) === sorted?.colId);
          props.onSort(
            column === undefined ? null : { column: column.index, descending: sorted?.sort === "desc" },
          );
        }}
        onCellFocused={({ rowIndex, column }) => {
          const id = typeof column === "string" ? column : column?.getColId();
          const place = gridPlace(rowIndex, id, columns);
          const byMouse = chosen.current;
          chosen.current = null;
          if (place === null || (byMouse?.position === place.position && byMouse.at === place.at)) return;
          select({ anchor: place, head: place });
        }}
      />
    </div>
  );
}
