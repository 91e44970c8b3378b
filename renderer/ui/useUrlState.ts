import { useCallback, useMemo } from "react";
import { useLocation } from "wouter";
import { useUrlGroup } from "./useUrlGroup.ts";

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
  const first = useMemo(() => ({ [name]: absent }), [name, absent]);
  const [values, set] = useUrlGroup<Readonly<Record<string, string>>>(first);
  return [values[name] ?? absent, useCallback((value: string) => set({ [name]: value }), [name, set])];
}
