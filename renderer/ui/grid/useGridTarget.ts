import type { GridApi } from "ag-grid-community";
import { useEffect, useEffectEvent } from "react";
import type { KeptRow } from "./columns.tsx";
import type { GridColumn, GridTarget } from "./gridTypes.ts";
import type { GridSelection } from "./useGridSelection.ts";

interface TargetOptions {
  readonly api: GridApi<KeptRow> | null;
  readonly columns: readonly GridColumn[];
  readonly source: string;
  readonly target: GridTarget | null;
  readonly selected: GridSelection;
}

/** Scrolls to each new target and selects its cell. A new source clears the selection first. */
export function useGridTarget({ api, columns, source, target, selected }: TargetOptions): void {
  const forget = useEffectEvent(() => {
    api?.clearFocusedCell();
    selected.select(null);
  });
  // Cells are selected by position, and another source has other rows there. Runs before the target effect, which
  // selects again.
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs for each new source
  useEffect(() => forget(), [source]);
  const goTo = useEffectEvent(({ position, column, focus }: GridTarget) => {
    const at = Math.max(
      0,
      columns.findIndex(({ index }) => index === column),
    );
    api?.ensureIndexVisible(position, "middle");
    const place = { position, at };
    // The row may still be loading; a cell is selected by its position.
    requestAnimationFrame(() =>
      focus ? selected.focus(place) : selected.select({ anchor: place, head: place }),
    );
  });
  useEffect(() => {
    if (api !== null && target !== null) goTo(target);
  }, [api, target]);
}
