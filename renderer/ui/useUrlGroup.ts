import { useCallback } from "react";
import { useSearchParams } from "./useSearchParams.ts";

/**
 * Keeps several values in the URL that change together; default values are omitted. A change replaces the history
 * entry, as in `useUrlState`. Setting the values one by one in one event would lose all but the last.
 */
export function useUrlGroup<Group extends Readonly<Record<string, string>>>(
  first: Group,
): [Group, (change: Partial<Group>) => void] {
  const [params, setParams] = useSearchParams();
  const values = Object.fromEntries(
    Object.entries(first).map(([name, value]) => [name, params.get(name) ?? value]),
  ) as Group;
  const set = useCallback(
    (change: Partial<Group>) =>
      setParams(
        (before) => {
          const next = new URLSearchParams(before);
          for (const [name, value] of Object.entries(change)) {
            if (value === undefined || value === first[name]) next.delete(name);
            else next.set(name, value);
          }
          return next;
        },
        { replace: true },
      ),
    [first, setParams],
  );
  return [values, set];
}
