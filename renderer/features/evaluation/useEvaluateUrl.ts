import { useCallback } from "react";
import { useSearchParams } from "../../ui/useSearchParams.ts";

const views = ["figures", "operating", "rows", "runs", "start", "review"] as const;
export type View = (typeof views)[number];

/** Parameters by name; null removes one. */
export type Changes = Readonly<Record<string, string | null>>;

/** Keeps the state of the screen in the URL. `go` adds a history entry; `adjust` (a filter, a page) replaces it. */
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
    /** Null: the screen selects a view. */
    view: views.find((view) => view === asked) ?? null,
    go: useCallback((view: View, changes: Changes = {}) => set({ ...changes, view }, false), [set]),
    adjust: useCallback((changes: Changes) => set(changes, true), [set]),
  };
}
export type EvaluateUrl = ReturnType<typeof useEvaluateUrl>;
