import type { GridApi } from "ag-grid-community";
import { useEffect, useEffectEvent } from "react";
import { columnId, type KeptRow } from "./columns.tsx";
import type { GridColumn, GridSort } from "./gridTypes.ts";

/** Shows a sort in the column headers that was set elsewhere. */
export function useShownSort(
  api: GridApi<KeptRow> | null,
  columns: readonly GridColumn[],
  sort: GridSort | null,
): void {
  const show = useEffectEvent((index: number | undefined, direction: "asc" | "desc") => {
    const column = columns.find((one) => one.index === index);
    const state = column === undefined ? [] : [{ colId: columnId(column), sort: direction }];
    const shown = api?.getColumnState().find((one) => one.sort !== null && one.sort !== undefined);
    // Applying a state makes the grid lay out its columns again even if nothing changes.
    if (shown?.colId === state[0]?.colId && (shown?.sort ?? null) === (state[0]?.sort ?? null)) return;
    api?.applyColumnState({ state, defaultState: { sort: null } });
  });
  const index = sort?.column;
  const direction = sort?.descending === true ? "desc" : "asc";
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when the grid is created too
  useEffect(() => show(index, direction), [api, index, direction]);
}
