import { useRef, useState } from "react";
import { wholeDocument } from "../../../../shared/schema/document.ts";
import { useClient } from "../../../api/index.ts";
import type { GridRange, GridTarget } from "../../../ui/grid/gridTypes.ts";
import { notice } from "../../../ui/notices.tsx";
import { messages } from "../messages.ts";
import type { ViewState } from "./useView.ts";

/** Scrolls to a row, and clears the filter if it hides the row. */
export function useTarget(file: string, view: ViewState) {
  const client = useClient();
  const [target, setTarget] = useState<GridTarget | null>(null);
  const count = useRef(0);
  const aim = (position: number, column: number | null, focus: boolean) => {
    count.current += 1;
    setTarget({ key: count.current, position, column, focus });
  };
  const goTo = async (row: number, column: number | null) => {
    const here = await client.dataset.document.locate({ file, view: view.view, row });
    if (here.position !== null) return aim(here.position, column, true);
    const whole = await client.dataset.document.locate({ file, view: wholeDocument, row });
    if (whole.position === null) return notice(messages.document.rowMissing);
    view.clear();
    aim(whole.position, column, true);
  };
  return {
    target,
    goTo,
    point: (position: number, column: number) => aim(position, column, false),
    /** Returns the focus to the grid, where it was. */
    restoreFocus: (range: GridRange | null) => aim(range?.first ?? 0, range?.columns[0] ?? null, true),
  };
}
