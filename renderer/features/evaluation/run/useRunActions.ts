import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useApi, useClient } from "../../../api/index.ts";

/** What can be asked of a run. */
export type RunAction = "pause" | "resume" | "cancel";

export function useRunActions(id: string) {
  const client = useClient();
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    networkMode: "always",
    mutationFn: (action: RunAction) => client.run[action]({ id }),
    onSettled: () => queries.invalidateQueries({ queryKey: api.run.key() }),
  });
}
