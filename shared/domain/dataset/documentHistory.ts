import type { Change } from "../../schema/document.ts";
import { applyChanges, type DocumentRows, type FileCells, inverseOf } from "./document.ts";

/** Something that was done at once and is undone at once; `label` says it in words. */
export interface EditStep {
  readonly label: string;
  readonly changes: readonly Change[];
}

/** How a step came about: done, an earlier one undone, or an undone one done again. */
export type StepKind = "do" | "undo" | "redo";

/** A document with its past. `undo` and `redo`: steps that were done and undone, the newest last. */
export interface EditedDocument {
  readonly rows: DocumentRows;
  readonly undo: readonly EditStep[];
  readonly redo: readonly EditStep[];
}

export function freshDocument(rows: DocumentRows): EditedDocument {
  return { rows, undo: [], redo: [] };
}

/** The step that undo or redo would make; null where there is none. */
export function nextStep(document: EditedDocument, kind: "undo" | "redo"): EditStep | null {
  if (kind === "redo") return document.redo.at(-1) ?? null;
  const last = document.undo.at(-1);
  return last === undefined ? null : { label: last.label, changes: inverseOf(last.changes) };
}

/** Makes a step. Of an undo or redo the step is what `nextStep` gave, or what a journal has of it. */
export function makeStep(
  { rows, undo, redo }: EditedDocument,
  kind: StepKind,
  step: EditStep,
  file: FileCells,
): EditedDocument {
  const next = applyChanges(rows, step.changes, file);
  const back = { label: step.label, changes: inverseOf(step.changes) };
  switch (kind) {
    case "do":
      return { rows: next, undo: [...undo, step], redo: [] };
    case "undo":
      return { rows: next, undo: undo.slice(0, -1), redo: [...redo, back] };
    case "redo":
      return { rows: next, undo: [...undo, step], redo: redo.slice(0, -1) };
  }
}
