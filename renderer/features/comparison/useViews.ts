import { useQueries } from "@tanstack/react-query";
import type { ComparisonView } from "../../../shared/schema/alignedRows.ts";
import { useApi } from "../../api/index.ts";
import type { Chosen } from "./chosen.ts";

/** One candidate against the baseline, as it is known so far. */
export interface CandidateView {
  readonly candidate: string;
  readonly view: ComparisonView | null;
  readonly error: unknown;
  retry(): void;
}

/** Each candidate against the baseline. A comparison is a counted look: what was answered is not asked again. */
export function useViews({ baseline, candidates }: Chosen): CandidateView[] {
  const api = useApi();
  const answers = useQueries({
    queries: candidates.map((candidate) =>
      api.comparison.view.queryOptions({
        input: { baseline, candidate },
        staleTime: Number.POSITIVE_INFINITY,
        gcTime: Number.POSITIVE_INFINITY,
      }),
    ),
  });
  return candidates.map((candidate, index) => {
    const answer = answers[index];
    return {
      candidate,
      view: answer?.data ?? null,
      error: answer?.error ?? null,
      retry: () => void answer?.refetch(),
    };
  });
}
