import { useCallback } from "react";
import { useSearchParams } from "../../ui/useSearchParams.ts";

export const views = ["figures", "rows", "runs", "start", "review"] as const;
export type View = (typeof views)[number];

/** Parameters by name; null takes one out of the URL. */
export type Changes = Readonly<Record<string, string | null>>;

/**
 * Where one stands in the screen: the URL holds it all. `go` is a station on the way back, `adjust` (a filter, a page)
 * is none.
 */
export function useEvaluateUrl() {
  const [params, setParams] = useSearchParams();
  const set = useCallback(
    (changes: Changes, replace: boolean) =>
      setParams(
        (before) => {
          const next = new URLSearchParams(before);
          for (const [name, value] of Object.entries(changes)) {
            if (value === null) next.delete(name);
            else next.set(name, value);
          }
          return next;
        },
        { replace },
      ),
    [setParams],
  );
  const asked = params.get("view");
  return {
    params,
    /** Null: the screen chooses. */
    view: views.find((view) => view === asked) ?? null,
    go: useCallback((view: View, changes: Changes = {}) => set({ ...changes, view }, false), [set]),
    adjust: useCallback((changes: Changes) => set(changes, true), [set]),
  };
}
export type EvaluateUrl = ReturnType<typeof useEvaluateUrl>;
