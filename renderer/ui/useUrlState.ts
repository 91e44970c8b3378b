import { useCallback } from "react";
import { useLocation } from "wouter";
import { useSearchParams } from "./useSearchParams.ts";

/** Returns the workspace in the URL and a function that builds the URL of its screens. */
export function useWorkspacePath(): { workspaceId: string; to: (screenAndRest: string) => string } {
  const [location] = useLocation();
  const workspaceId = /^\/w\/([^/]+)/.exec(location)?.[1] ?? "";
  return { workspaceId, to: (rest) => `/w/${workspaceId}/${rest}` };
}

/**
 * Keeps a value in the URL, so that reload, back, and a copied link restore it; the value `absent` is omitted. A
 * change replaces the history entry, because filters aren't steps on the way back.
 */
export function useUrlState(name: string, absent = ""): [string, (value: string) => void] {
  const [params, setParams] = useSearchParams();
  const set = useCallback(
    (value: string) =>
      setParams(
        (before) => {
          const next = new URLSearchParams(before);
          if (value === absent) next.delete(name);
          else next.set(name, value);
          return next;
        },
        { replace: true },
      ),
    [name, absent, setParams],
  );
  return [params.get(name) ?? absent, set];
}
