import type { Correction } from "../../../../shared/schema/evaluationRows.ts";

/** How to undo a correction. */
export interface UndoStep {
  /** The workspace's id: each workspace has its own undo. */
  readonly workspace: string;
  readonly version: string;
  readonly undo: Correction;
}

/** Returns the next step to undo in a workspace; null: nothing to undo. `steps` is ordered latest first. */
export function nextStep(steps: readonly UndoStep[], workspace: string): UndoStep | null {
  return steps.find((step) => step.workspace === workspace) ?? null;
}

/** Returns the steps after a correction: with `made` added, or with `undone` removed if the correction was an undo. */
export function stepsAfter(
  steps: readonly UndoStep[],
  { made, undone }: { made: UndoStep; undone: UndoStep | null },
): readonly UndoStep[] {
  return undone === null ? [made, ...steps] : steps.filter((step) => step !== undone);
}
