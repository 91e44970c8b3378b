import { useMemo } from "react";
import type { Run } from "../../../shared/schema/run.ts";
import { isActive, useRuns } from "../../api/index.ts";

const kinds = new Set<Run["kind"]>(["evaluation", "rejudging", "augmentation"]);

/** What has not ended: it runs, waits for its turn, or is paused. */
export const isGoing = (run: Pick<Run, "status">): boolean => isActive(run) || run.status === "paused";

/** The runs this screen is about, newest first, kept up to date; null: not known yet. */
export function useEvaluationRuns(): readonly Run[] | null {
  const runs = useRuns((state) => state.runs);
  return useMemo(() => runs?.filter(({ kind }) => kinds.has(kind)) ?? null, [runs]);
}
