import { useQueries } from "@tanstack/react-query";
import type { ComparisonView } from "../../../shared/schema/alignedRows.ts";
import { useApi } from "../../api/index.ts";
import type { Chosen } from "./selection.ts";

/** One candidate against the baseline, as it is known so far. */
export interface CandidateView {
  readonly candidate: string;
  readonly view: ComparisonView | null;
  readonly error: unknown;
  retry(): void;
}

/** How often it is asked whether a file changed under the screen, in milliseconds. */
const askAgainMs = 5_000;

/**
 * Each candidate against the baseline. A comparison is a counted look: what was answered is asked again only where
 * a results file or a correction of it changed since.
 */
export function useViews({ baseline, candidates }: Chosen): CandidateView[] {
  const api = useApi();
  const revisions = useQueries({
    queries: candidates.map((candidate) =>
      api.comparison.revision.queryOptions({ input: { baseline, candidate }, refetchInterval: askAgainMs }),
    ),
  });
  const answers = useQueries({
    queries: candidates.map((candidate, index) => {
      const input = { baseline, candidate };
      const revision = revisions[index]?.data?.revision;
      return api.comparison.view.queryOptions({
        input,
        queryKey: [...api.comparison.view.queryKey({ input }), revision],
        enabled: revision !== undefined,
        // An infinite time would not do: what is invalidated (as all is when a run ends) is asked again even so.
        staleTime: "static",
        gcTime: Number.POSITIVE_INFINITY,
      });
    }),
  });
  return candidates.map((candidate, index) => {
    const [revision, answer] = [revisions[index], answers[index]];
    return {
      candidate,
      view: answer?.data ?? null,
      error: answer?.error ?? (answer?.data === undefined ? (revision?.error ?? null) : null),
      retry: () => void (revision?.data === undefined ? revision?.refetch() : answer?.refetch()),
    };
  });
}
