import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { DownloadRequestSchema } from "../../../shared/schema/base.ts";
import type { Run } from "../../../shared/schema/run.ts";
import { useApi, useRuns } from "../../api/index.ts";

/** The id of the model that a download is of. */
export function modelOf({ spec }: Pick<Run, "spec">): string | null {
  return DownloadRequestSchema.safeParse(spec).data?.id ?? null;
}

/** The downloads of this workspace, newest first, one for each model. */
export function useDownloads() {
  const api = useApi();
  const queries = useQueryClient();
  const all = useRuns((state) => state.runs) ?? [];
  const ofKind = all.filter(({ kind }) => kind === "download");
  const runs = ofKind.filter((run, at) => ofKind.findIndex((one) => modelOf(one) === modelOf(run)) === at);
  const ends = runs.map(({ id, status }) => `${id} ${status}`).join();
  // What has come is a base to choose, what was stopped a part that can be deleted.
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked anew when one begins or ends
  useEffect(() => {
    void queries.invalidateQueries({ queryKey: api.base.list.key() });
  }, [ends]);
  return runs;
}
