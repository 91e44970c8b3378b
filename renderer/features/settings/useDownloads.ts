import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { DownloadRequestSchema } from "../../../shared/schema/base.ts";
import type { Run } from "../../../shared/schema/run.ts";
import { useApi, useRuns } from "../../api/index.ts";

/** Returns the id of the downloaded model; null if the run isn't a download. */
export function modelOf({ spec }: Pick<Run, "spec">): string | null {
  return DownloadRequestSchema.safeParse(spec).data?.id ?? null;
}

/** Returns the latest download of each model in this workspace, newest first. */
export function useDownloads() {
  const api = useApi();
  const queries = useQueryClient();
  const all = useRuns((state) => state.runs) ?? [];
  const ofKind = all.filter(({ kind }) => kind === "download");
  const runs = ofKind.filter((run, at) => ofKind.findIndex((one) => modelOf(one) === modelOf(run)) === at);
  const ends = runs.map(({ id, status }) => `${id} ${status}`).join();
  // A finished download adds a base model, and a stopped one adds a partial download.
  // biome-ignore lint/correctness/useExhaustiveDependencies: refreshed when a download starts or ends
  useEffect(() => {
    void queries.invalidateQueries({ queryKey: api.base.list.key() });
  }, [ends]);
  return runs;
}
