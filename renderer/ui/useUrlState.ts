import { useCallback } from "react";
import { useLocation } from "wouter";
import { useSearchParams } from "./useSearchParams.ts";

/** The workspace in the URL, and the way to a screen of it. */
export function useWorkspacePath(): { workspaceId: string; to: (screenAndRest: string) => string } {
  const [location] = useLocation();
  const workspaceId = /^\/w\/([^/]+)/.exec(location)?.[1] ?? "";
  return { workspaceId, to: (rest) => `/w/${workspaceId}/${rest}` };
}

/**
 * A value that the URL holds, so that reload, back and a copied address find it again; `absent` is not written.
 * A change replaces the history entry: filters are no stations on the way back.
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
