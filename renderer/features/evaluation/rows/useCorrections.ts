import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { create } from "zustand";
import type { Corrected, Correction } from "../../../../shared/schema/evaluationRows.ts";
import { failureOf, useApi, useClient } from "../../../api/index.ts";

interface Step {
  readonly version: string;
  readonly undo: Correction;
}

/** What can be undone, the last first; it survives moving between rows and views. */
const useUndoStack = create<{ steps: readonly Step[] }>(() => ({ steps: [] }));

/** Sets and takes back a person's corrections; every figure that rests on them is asked for anew. */
export function useCorrections(version: string) {
  const client = useClient();
  const api = useApi();
  const queries = useQueryClient();
  const steps = useUndoStack((state) => state.steps);
  const apply = useMutation({
    networkMode: "always",
    mutationFn: ({ of, correction }: { of: string; correction: Correction; undoing: boolean }) =>
      client.evaluation.correct({ version: of, correction }),
    onSuccess: (done: Corrected, { undoing }) => {
      useUndoStack.setState(({ steps }) => ({
        steps: undoing ? steps.slice(1) : [{ version: done.version, undo: done.inverse }, ...steps],
      }));
      for (const queryKey of [api.evaluation.key(), api.comparison.key()])
        void queries.invalidateQueries({ queryKey });
    },
    onError: (error) =>
      notifications.show({
        color: "orange",
        title: "It was not corrected",
        message: [failureOf(error).message, failureOf(error).hint].filter(Boolean).join(" "),
      }),
  });
  const [last] = steps;
  return {
    busy: apply.isPending,
    correct: (correction: Correction) => apply.mutate({ of: version, correction, undoing: false }),
    /** Null: there is nothing to undo. */
    undo:
      last === undefined
        ? null
        : () => apply.mutate({ of: last.version, correction: last.undo, undoing: true }),
    undoWords: last === undefined ? null : wordsOf(last.undo),
  };
}
export type Corrections = ReturnType<typeof useCorrections>;

function wordsOf(undo: Correction): string {
  return undo.kind === "label" ? `the label of row ${undo.row}` : `the score of ${undo.name}`;
}
