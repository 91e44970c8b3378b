import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useApi } from "../../api/index.ts";

/** Saves the workspace's base model and refreshes what depends on it. */
export function useBaseChoice(onDone: () => void = () => {}) {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation(
    api.base.choose.mutationOptions({
      onSuccess: async (list) => {
        queries.setQueryData(api.base.list.queryKey(), list);
        onDone();
        await queries.invalidateQueries({ queryKey: api.workspace.key() });
        await queries.invalidateQueries({ queryKey: api.playground.key() });
      },
    }),
  );
}
