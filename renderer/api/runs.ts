import { useQueryClient } from "@tanstack/react-query";
import { create } from "zustand";
import type { Run, RunChanges } from "../../shared/schema/run.ts";
import { useClient } from "./ApiProvider.tsx";
import { following } from "./linkOptions.ts";
import { useStream } from "./useStream.ts";

interface RunsState {
  /** Newest first; null: not heard of yet. */
  readonly runs: readonly Run[] | null;
  /** Folders in `runs/` that could not be read. */
  readonly unreadable: readonly string[];
}

/** Every run of the workspace on screen, kept up to date by `useFollowRuns`. */
export const useRuns = create<RunsState>(() => ({ runs: null, unreadable: [] }));

/** What is going on or waits for its turn. */
export function isActive({ status }: Pick<Run, "status">): boolean {
  return status === "queued" || status === "running";
}

function applied(before: RunsState, { whole, runs, removed, unreadable }: RunChanges): RunsState {
  const changed = new Set([...removed, ...runs.map(({ id }) => id)]);
  const kept = whole ? [] : (before.runs ?? []).filter(({ id }) => !changed.has(id));
  const all = [...runs, ...kept].sort(
    (one, other) => other.createdAt.localeCompare(one.createdAt) || other.id.localeCompare(one.id),
  );
  return { runs: all, unreadable };
}

/**
 * Keeps `useRuns` up to date, once for the page. `onEnded` is called when a run that was going has ended; whatever was
 * asked of the workspace may be different then, and is asked again.
 */
export function useFollowRuns(workspaceId: string, onEnded: (run: Run) => void): void {
  const client = useClient();
  const queries = useQueryClient();
  useStream(
    `runs of ${workspaceId}`,
    (signal) => {
      useRuns.setState({ runs: null, unreadable: [] });
      return client.run.watchAll(undefined, { signal, context: following });
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
}
