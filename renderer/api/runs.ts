import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { create } from "zustand";
import type { FailureDetail } from "../../shared/schema/failure.ts";
import type { Run, RunChanges } from "../../shared/schema/run.ts";
import { useClient } from "./ApiProvider.tsx";
import { streamContext } from "./linkOptions.ts";
import { useStream } from "./useStream.ts";

interface RunsState {
  /** Newest first; null: not loaded yet. */
  readonly runs: readonly Run[] | null;
  /** Folders in `runs/` that could not be read. */
  readonly unreadable: readonly string[];
  /** Why updates stopped; null: the list is up to date. */
  readonly failure: FailureDetail | null;
}

/** Every run of the workspace on screen, kept up to date by `useFollowRuns`. */
export const useRuns = create<RunsState>(() => ({ runs: null, unreadable: [], failure: null }));

/** Returns true for a run that is running or queued. */
export function isActive({ status }: Pick<Run, "status">): boolean {
  return status === "queued" || status === "running";
}

function applied(
  before: RunsState,
  { whole, runs, removed, unreadable }: RunChanges,
): Omit<RunsState, "failure"> {
  const changed = new Set([...removed, ...runs.map(({ id }) => id)]);
  const kept = whole ? [] : (before.runs ?? []).filter(({ id }) => !changed.has(id));
  const all = [...runs, ...kept].sort(
    (one, other) => other.createdAt.localeCompare(one.createdAt) || other.id.localeCompare(one.id),
  );
  return { runs: all, unreadable };
}

/**
 * Keeps `useRuns` up to date; used once per page. `onEnded` is called for each active run that ends, and all queries
 * are refetched because the run may have changed their results. Returns a function that reconnects after a failure.
 */
export function useFollowRuns(workspaceId: string, onEnded: (run: Run) => void): () => void {
  const client = useClient();
  const queries = useQueryClient();
  const [attempt, setAttempt] = useState(1);
  const state = useStream(
    `runs of ${workspaceId}, ${attempt}`,
    (signal) => {
      useRuns.setState({ runs: null, unreadable: [], failure: null });
      return client.run.watchAll(undefined, { signal, context: streamContext });
    },
    (changes) => {
      const before = new Map((useRuns.getState().runs ?? []).map((run) => [run.id, run]));
      useRuns.setState((state) => applied(state, changes));
      const ended = changes.runs.filter((run) => {
        const was = before.get(run.id);
        return was !== undefined && isActive(was) && !isActive(run);
      });
      if (ended.length > 0) void queries.invalidateQueries();
      for (const run of ended) onEnded(run);
    },
  );
  const failure = state.kind === "failed" ? state.failure : null;
  useEffect(() => useRuns.setState({ failure }), [failure]);
  return () => setAttempt((before) => before + 1);
}
