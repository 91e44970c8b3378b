import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useApi, useRuns } from "../../api/index.ts";

/** The downloads of this workspace, newest first, one for each model. */
export function useDownloads() {
  const api = useApi();
  const queries = useQueryClient();
  const all = useRuns((state) => state.runs) ?? [];
  const ofKind = all.filter(({ kind }) => kind === "download");
  const runs = ofKind.filter((run, at) => ofKind.findIndex(({ title }) => title === run.title) === at);
  const ends = runs.map(({ id, status }) => `${id} ${status}`).join();
  // What has come is a base to choose, what was stopped a part that can be deleted.
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked anew when one begins or ends
  useEffect(() => {
    void queries.invalidateQueries({ queryKey: api.base.list.key() });
  }, [ends]);
  return runs;
}
