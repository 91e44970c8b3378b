import type { GridApi } from "ag-grid-community";
import { useEffect, useEffectEvent } from "react";
import { columnId, type KeptRow } from "./columns.tsx";
import type { GridColumn, GridSort } from "./gridTypes.ts";

/** The heads of columns show a sort that came from elsewhere too; what they said themselves changes nothing more. */
export function useShownSort(
  api: GridApi<KeptRow> | null,
  columns: readonly GridColumn[],
  sort: GridSort | null,
): void {
  const show = useEffectEvent((index: number | undefined, direction: "asc" | "desc") => {
    const column = columns.find((one) => one.index === index);
    const state = column === undefined ? [] : [{ colId: columnId(column), sort: direction }];
    const shown = api?.getColumnState().find((one) => one.sort !== null && one.sort !== undefined);
    // The grid lays its columns out anew for it, also where nothing changes, as when it has just come to be.
    if (shown?.colId === state[0]?.colId && (shown?.sort ?? null) === (state[0]?.sort ?? null)) return;
    api?.applyColumnState({ state, defaultState: { sort: null } });
  });
  const index = sort?.column;
  const direction = sort?.descending === true ? "desc" : "asc";
  // biome-ignore lint/correctness/useExhaustiveDependencies: also where the grid has just come to be
  useEffect(() => show(index, direction), [api, index, direction]);
}
