import { useMemo } from "react";
import type { Run } from "../../../shared/schema/run.ts";
import { isActive, useRuns } from "../../api/index.ts";

const kinds = new Set<Run["kind"]>(["evaluation", "rejudging", "augmentation"]);

/** Returns true for a run that hasn't ended: running, queued, or paused. */
export const isGoing = (run: Pick<Run, "status">): boolean => isActive(run) || run.status === "paused";

/** Returns this screen's runs, newest first; null: not loaded yet. */
export function useEvaluationRuns(): readonly Run[] | null {
  const runs = useRuns((state) => state.runs);
  return useMemo(() => runs?.filter(({ kind }) => kinds.has(kind)) ?? null, [runs]);
}
