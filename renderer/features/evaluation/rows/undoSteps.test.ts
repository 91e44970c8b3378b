import { expect, test } from "vitest";
import { nextStep, stepsAfter, type UndoStep } from "./undoSteps.ts";

const step = (workspace: string, row: number): UndoStep => ({
  workspace,
  version: "v1",
  undo: { kind: "label", row, label: null, note: "" },
});

test("nextStep returns the latest correction of the workspace", () => {
  const [older, newer, elsewhere] = [step("here", 1), step("here", 2), step("there", 1)];
  const steps = [older, newer, elsewhere].reduce<readonly UndoStep[]>(
    (before, made) => stepsAfter(before, { made, undone: null }),
    [],
  );
  expect(nextStep(steps, "here")).toBe(newer);
  expect(nextStep(steps, "there")).toBe(elsewhere);
  expect(nextStep(steps, "nowhere")).toBeNull();
});

test("stepsAfter removes only the undone step and keeps later corrections", () => {
  const [undone, later] = [step("here", 1), step("here", 2)];
  expect(stepsAfter([later, undone], { made: step("here", 1), undone })).toEqual([later]);
});
