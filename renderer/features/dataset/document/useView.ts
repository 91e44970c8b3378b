import { useMemo, useRef } from "react";
import type { View } from "../../../../shared/schema/document.ts";
import type { GridSort } from "../../../ui/grid/gridTypes.ts";
import { useUrlGroup } from "../../../ui/useUrlGroup.ts";

/** Which rows are shown, in addition to the text filter. `label:` and `rule:` are followed by their value. */
export type Shown =
  | "all"
  | "refusals"
  | "names"
  | "edited"
  | "findings"
  | `label:${string}`
  | `rule:${string}`;

function sortOf(text: string): GridSort | null {
  const match = /^(\d+)(-?)$/.exec(text);
  return match?.[1] === undefined ? null : { column: Number(match[1]), descending: match[2] === "-" };
}

const whole = { q: "", show: "all", sort: "" };

/** Keeps the view of a document in the URL. It is applied when it changes, not after each edit. */
export function useView(revision: number) {
  const [{ q: text, show: shown, sort }, set] = useUrlGroup(whole);
  const latest = useRef(revision);
  latest.current = revision;
  const view = useMemo((): View => {
    const [word = "", ...rest] = shown.split(":");
    const value = rest.join(":");
    return {
      text,
      column: null,
      rule: word === "findings" ? "any" : word === "rule" ? value : null,
      label: word === "label" ? value : null,
      refusals: word === "refusals" ? true : word === "names" ? false : null,
      edited: word === "edited",
      sort: sortOf(sort),
      applied: latest.current,
    };
  }, [text, shown, sort]);
  return {
    view,
    text,
    setText: (q: string) => set({ q }),
    shown,
    setShown: (show: Shown) => set({ show }),
    sort: view.sort,
    setSort: (next: GridSort | null) =>
      set({ sort: next === null ? "" : `${next.column}${next.descending ? "-" : ""}` }),
    filtered: text !== "" || shown !== "all",
    /** Shows every row in file order. */
    clear: () => set(whole),
  };
}
export type ViewState = ReturnType<typeof useView>;
