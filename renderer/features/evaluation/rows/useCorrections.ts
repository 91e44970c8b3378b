import { useMutation, useQueryClient } from "@tanstack/react-query";
import { create } from "zustand";
import type { Corrected, Correction } from "../../../../shared/schema/evaluationRows.ts";
import { useApi, useClient } from "../../../api/index.ts";
import { noticeFailure } from "../../../ui/notices.tsx";
import { useWorkspacePath } from "../../../ui/useUrlState.ts";
import { messages } from "../messages.ts";
import { nextStep, stepsAfter, type UndoStep } from "./undoSteps.ts";

/** The undo stack, latest first. It survives moving between rows and views. */
const useUndoStack = create<{ steps: readonly UndoStep[] }>(() => ({ steps: [] }));

const mutationKey = ["evaluation", "correct"];

/** Applies and undoes manual corrections, and refreshes every figure that depends on them. */
export function useCorrections(version: string) {
  const client = useClient();
  const api = useApi();
  const queries = useQueryClient();
  const { workspaceId: workspace } = useWorkspacePath();
  const last = useUndoStack(({ steps }) => nextStep(steps, workspace));
  const apply = useMutation({
    mutationKey,
    networkMode: "always",
    mutationFn: ({ of, correction }: { of: string; correction: Correction; undone: UndoStep | null }) =>
      client.evaluation.correct({ version: of, correction }),
    onSuccess: ({ version: of, inverse }: Corrected, { undone }) => {
      const made = { workspace, version: of, undo: inverse };
      useUndoStack.setState(({ steps }) => ({ steps: stepsAfter(steps, { made, undone }) }));
      for (const queryKey of [api.evaluation.key(), api.comparison.key()])
        void queries.invalidateQueries({ queryKey });
    },
    onError: (error) => noticeFailure(error, messages.rows.correctionFailed),
  });
  const undo = (step: UndoStep) => {
    // A second key press before the first answer would undo the same step twice.
    if (queries.isMutating({ mutationKey }) > 0) return;
    apply.mutate({ of: step.version, correction: step.undo, undone: step });
  };
  return {
    busy: apply.isPending,
    correct: (correction: Correction) => apply.mutate({ of: version, correction, undone: null }),
    /** Null: nothing to undo. */
    undo: last === null ? null : () => undo(last),
    undoLabel: last === null ? null : describeUndo(last.undo),
  };
}
export type Corrections = ReturnType<typeof useCorrections>;

function describeUndo(undo: Correction): string {
  return undo.kind === "label" ? messages.rows.undoLabel(undo.row) : messages.rows.undoScore(undo.name);
}
