import type { Correction } from "../../../../shared/schema/evaluationRows.ts";

/** How a correction is taken back. */
export interface UndoStep {
  /** The workspace's id: what was corrected in one is not undone in another. */
  readonly workspace: string;
  readonly version: string;
  readonly undo: Correction;
}

/** What is undone next in a workspace; null: nothing. `steps`: the last first. */
export function nextStep(steps: readonly UndoStep[], workspace: string): UndoStep | null {
  return steps.find((step) => step.workspace === workspace) ?? null;
}

/** What can be undone once a correction was made, or, where `undone` is one of `steps`, taken back by it. */
export function stepsAfter(
  steps: readonly UndoStep[],
  { made, undone }: { made: UndoStep; undone: UndoStep | null },
): readonly UndoStep[] {
  return undone === null ? [made, ...steps] : steps.filter((step) => step !== undone);
}
