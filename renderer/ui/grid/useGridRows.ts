import type { GridApi, IDatasource } from "ag-grid-community";
import { useEffect, useEffectEvent, useMemo, useRef } from "react";
import { afterEditing } from "./afterEditing.ts";
import type { KeptRow } from "./columns.tsx";
import type { GridPage, GridRange } from "./gridTypes.ts";

/** Maximum number of rows per request when rows outside the view are needed. */
const MOST_ROWS = 1000;

interface RowsOptions {
  readonly api: GridApi<KeptRow> | null;
  readonly source: string;
  readonly version: number;
  load(offset: number, limit: number): Promise<GridPage>;
}

const keptRows = ({ rows }: GridPage) => rows.map((row): KeptRow => ({ ...row, cells: [...row.cells] }));

/** Loads the rows that come into view, and reloads them for each new version. */
export function useGridRows({ api, source, version, load }: RowsOptions) {
  const total = useRef(0);
  const loadNow = useEffectEvent(load);

  // Doesn't depend on `api`, which exists one draw later: a second datasource would discard the rows of the first, and
  // an editor that the user has already opened.
  // biome-ignore lint/correctness/useExhaustiveDependencies: each source needs its own datasource
  const datasource = useMemo(
    (): IDatasource => ({
      getRows({ startRow, endRow, successCallback, failCallback, api: grid }) {
        loadNow(startRow, endRow - startRow).then((page) => {
          total.current = page.total;
          successCallback(keptRows(page), page.exact ? page.total : -1);
          if (!page.exact) grid.setRowCount(page.total, false);
        }, failCallback);
      },
    }),
    [source],
  );

  const shownVersion = useRef(version);
  useEffect(() => {
    // The first fetch already has this version.
    if (shownVersion.current === version) return;
    shownVersion.current = version;
    if (api !== null) afterEditing(api, () => api.refreshInfiniteCache());
  }, [api, version]);

  /** Returns the rows of a range. Rows that aren't loaded are fetched. */
  async function rowsIn({ first, last }: Pick<GridRange, "first" | "last">): Promise<KeptRow[]> {
    const rows: KeptRow[] = [];
    for (let position = first; position <= last; position = first + rows.length) {
      const known = api?.getDisplayedRowAtIndex(position)?.data;
      if (known !== undefined) rows.push(known);
      else {
        const page = await load(position, Math.min(MOST_ROWS, last - position + 1));
        if (page.rows.length === 0) break;
        rows.push(...keptRows(page));
      }
    }
    return rows;
  }
  return { datasource, total: () => total.current, rowsIn };
}
