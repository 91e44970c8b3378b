import { useRef, useState } from "react";
import { wholeDocument } from "../../../../shared/schema/document.ts";
import { useClient } from "../../../api/index.ts";
import type { GridRange, GridTarget } from "../../../ui/grid/gridTypes.ts";
import { notice } from "../../../ui/notices.tsx";
import type { ViewState } from "./useView.ts";

/** Takes a person to a row: in the view as it is, or without its filter where that hides the row. */
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
    if (whole.position === null) return notice("That row is no longer there");
    view.clear();
    aim(whole.position, column, true);
  };
  return {
    target,
    goTo,
    point: (position: number, column: number) => aim(position, column, false),
    /** Gives the keyboard to the grid again, where it was. */
    comeBack: (range: GridRange | null) => aim(range?.first ?? 0, range?.columns[0] ?? null, true),
  };
}
