import { useMutation } from "@tanstack/react-query";
import { useEffect } from "react";
import type { Run } from "../../shared/schema/run.ts";
import { isActive, useClient } from "../api/index.ts";
import { noticeFailure } from "./notices.tsx";
import type { RunAction } from "./runAction.ts";

/** An action on a run. */
const actions: Record<Run["status"], readonly RunAction[]> = {
  queued: ["cancel"],
  running: ["pause", "cancel"],
  paused: ["cancel", "resume"],
  failed: ["resume"],
  cancelled: ["resume"],
  interrupted: ["resume"],
  succeeded: [],
};

/** Returns the actions that a run's status allows, in the order of their buttons. */
export const actionsOf = ({ status }: Pick<Run, "status">): readonly RunAction[] => actions[status];

/** Pauses, cancels, or resumes a run. A refusal is shown with its remedy. */
export function useRunActions(run: Pick<Run, "id" | "status" | "title">) {
  const client = useClient();
  const asking = useMutation({
    mutationFn: (action: RunAction) => client.run[action]({ id: run.id }),
    onError: (error) => noticeFailure(error, run.title),
  });
  const { reset } = asking;
  // A new status answers the pending request.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once per status
  useEffect(() => reset(), [run.status]);
  return {
    ask: asking.mutate,
    /** Whether the action is pending: a run stops at its next row or step, not immediately. */
    isAsked: (action: RunAction): boolean =>
      asking.variables === action && (asking.isPending || (asking.isSuccess && isActive(run))),
  };
}
