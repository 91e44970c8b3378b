import { useQueries, useQueryClient } from "@tanstack/react-query";
import type { ComparisonView } from "../../../shared/schema/alignedRows.ts";
import type { DecisionChanges } from "../../../shared/schema/decisionSettings.ts";
import { useApi } from "../../api/index.ts";
import type { Chosen } from "./selection.ts";

/** The comparison of one candidate, as far as it is loaded. */
export interface CandidateView {
  readonly candidate: string;
  readonly view: ComparisonView | null;
  readonly error: unknown;
  retry(): void;
}

/** How often to check whether a compared file changed, in milliseconds. */
const revisionCheckMs = 5_000;

/**
 * Compares each candidate with the baseline. Each comparison is a logged view of the held-out rows, so it is repeated
 * only if a results file, its corrections or the settings changed.
 */
export function useViews({ baseline, candidates }: Chosen, settings: DecisionChanges): CandidateView[] {
  const api = useApi();
  const client = useQueryClient();
  // The last decision remains on screen until the one by changed settings is there.
  const lastView = (candidate: string): ComparisonView | null => {
    const queryKey = api.comparison.view.key({ input: { baseline, candidate } });
    const known = client.getQueryCache().findAll({ queryKey, type: "all" });
    const answered = known.filter(({ state }) => state.data !== undefined);
    const last = answered.sort((one, other) => one.state.dataUpdatedAt - other.state.dataUpdatedAt).at(-1);
    return (last?.state.data as ComparisonView | undefined) ?? null;
  };
  const revisions = useQueries({
    queries: candidates.map((candidate) =>
      api.comparison.revision.queryOptions({
        input: { baseline, candidate },
        refetchInterval: revisionCheckMs,
      }),
    ),
  });
  const answers = useQueries({
    queries: candidates.map((candidate, index) => {
      const input = { baseline, candidate, settings };
      const revision = revisions[index]?.data?.revision;
      return api.comparison.view.queryOptions({
        input,
        queryKey: [...api.comparison.view.queryKey({ input }), revision],
        enabled: revision !== undefined,
        // "static", because invalidated queries (all of them when a run ends) refetch even with an infinite stale
        // time.
        staleTime: "static",
        gcTime: Number.POSITIVE_INFINITY,
      });
    }),
  });
  return candidates.map((candidate, index) => {
    const [revision, answer] = [revisions[index], answers[index]];
    return {
      candidate,
      view: answer?.data ?? (answer?.error == null ? lastView(candidate) : null),
      error: answer?.error ?? (answer?.data === undefined ? (revision?.error ?? null) : null),
      retry: () => void (revision?.data === undefined ? revision?.refetch() : answer?.refetch()),
    };
  });
}
