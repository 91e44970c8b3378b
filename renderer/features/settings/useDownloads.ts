import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useApi } from "../../api/index.ts";

/** How often a download's progress is looked at, in milliseconds. */
const lookMs = 1000;

const goesOn = (status: string) => status === "running" || status === "queued";

/** The downloads of this workspace, newest first, one for each model; looked at again while one goes on. */
export function useDownloads() {
  const api = useApi();
  const queries = useQueryClient();
  const listed = useQuery(
    api.run.list.queryOptions({
      refetchInterval: ({ state }) =>
        state.data?.runs.some(({ kind, status }) => kind === "download" && goesOn(status)) ? lookMs : false,
    }),
  );
  const ofKind = listed.data?.runs.filter(({ kind }) => kind === "download") ?? [];
  const runs = ofKind.filter((run, at) => ofKind.findIndex(({ title }) => title === run.title) === at);
  const done = runs.filter(({ status }) => status === "succeeded").length;
  // What has come is a base to choose.
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked anew when one more is done
  useEffect(() => {
    void queries.invalidateQueries({ queryKey: api.base.list.key() });
  }, [done]);
  return { runs, changed: () => void queries.invalidateQueries({ queryKey: api.run.list.key() }) };
}
