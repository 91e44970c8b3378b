import { useMutation } from "@tanstack/react-query";
import { useEffect } from "react";
import type { Run } from "../../shared/schema/run.ts";
import { isActive, useClient } from "../api/index.ts";
import { noticeFailure } from "./notices.tsx";

/** What can be asked of a run. */
export type RunAction = "pause" | "cancel" | "resume";

const actions: Record<Run["status"], readonly RunAction[]> = {
  queued: ["cancel"],
  running: ["pause", "cancel"],
  paused: ["cancel", "resume"],
  failed: ["resume"],
  cancelled: ["resume"],
  interrupted: ["resume"],
  succeeded: [],
};

/** What a run can be asked in each status, in the order of its buttons. */
export const actionsOf = ({ status }: Pick<Run, "status">): readonly RunAction[] => actions[status];

/** Stops a run for now or for good, or goes on with it. What was refused is told with what to do. */
export function useRunActions(run: Pick<Run, "id" | "status" | "title">) {
  const client = useClient();
  const asking = useMutation({
    mutationFn: (action: RunAction) => client.run[action]({ id: run.id }),
    onError: (error) => noticeFailure(error, run.title),
  });
  const { reset } = asking;
  // What was asked of it while it had another status is answered by the new one.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each status.
  useEffect(() => reset(), [run.status]);
  return {
    ask: asking.mutate,
    /** It was asked for and is not answered: what goes on stops at its next row or step, not at once. */
    isAsked: (action: RunAction): boolean =>
      asking.variables === action && (asking.isPending || (asking.isSuccess && isActive(run))),
  };
}
