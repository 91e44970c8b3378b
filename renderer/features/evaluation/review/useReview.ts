import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { DatasetRow } from "../../../../shared/schema/dataset.ts";
import type { Proposal, ProposalDecision, ProposalList } from "../../../../shared/schema/proposals.ts";
import { useApi, useClient } from "../../../api/index.ts";

/** Loads the proposed rows of a run, and records decisions. */
export function useReview(run: string, ready: boolean) {
  const client = useClient();
  const api = useApi();
  const queries = useQueryClient();
  const options = api.augmentation.proposals.queryOptions({ input: { run }, enabled: ready });
  const list = useQuery(options);
  const decide = useMutation({
    networkMode: "always",
    mutationFn: (review: { id: number; decision: ProposalDecision; row: DatasetRow | null }) =>
      client.augmentation.review({ run, ...review }),
    // The response has the new state of this row, so the list isn't reloaded.
    onSuccess: (changed: Proposal) =>
      queries.setQueryData(options.queryKey, (before: ProposalList | undefined) =>
        before === undefined
          ? before
          : {
              ...before,
              proposals: before.proposals.map((one) => (one.id === changed.id ? changed : one)),
            },
      ),
  });
  const accept = useMutation({
    networkMode: "always",
    mutationFn: () => client.augmentation.accept({ run }),
    onSettled: async () => {
      for (const queryKey of [api.augmentation.key(), api.workspace.key(), api.dataset.key()])
        await queries.invalidateQueries({ queryKey });
    },
  });
  return { list, decide, accept };
}
