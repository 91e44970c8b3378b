import type { GridApi } from "ag-grid-community";
import { useEffect, useEffectEvent } from "react";
import { columnId, type KeptRow } from "./columns.tsx";
import type { GridColumn, GridSort } from "./gridTypes.ts";

const sorted = (api: GridApi<KeptRow> | null) =>
  api?.getColumnState().find(({ sort }) => sort !== null && sort !== undefined);

/** Returns the sort that the column headers show. */
export function sortShown(api: GridApi<KeptRow>, columns: readonly GridColumn[]): GridSort | null {
  const shown = sorted(api);
  const column = columns.find((one) => columnId(one) === shown?.colId);
  return column === undefined ? null : { column: column.index, descending: shown?.sort === "desc" };
}

/** Shows a sort in the column headers that was set elsewhere. */
export function useShownSort(
  api: GridApi<KeptRow> | null,
  columns: readonly GridColumn[],
  sort: GridSort | null,
): void {
  const show = useEffectEvent((index: number | undefined, direction: "asc" | "desc") => {
    const column = columns.find((one) => one.index === index);
    const state = column === undefined ? [] : [{ colId: columnId(column), sort: direction }];
    const shown = sorted(api);
    // Applying a state makes the grid lay out its columns again even if nothing changes.
    if (shown?.colId === state[0]?.colId && (shown?.sort ?? null) === (state[0]?.sort ?? null)) return;
    api?.applyColumnState({ state, defaultState: { sort: null } });
  });
  const index = sort?.column;
  const direction = sort?.descending === true ? "desc" : "asc";
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when the grid is created too
  useEffect(() => show(index, direction), [api, index, direction]);
}
