import { expect, it } from "vitest";
import type { JournalEntry, RunEvent } from "../../schema/run.ts";
import { paceOf, secondsAtPace, stepsPerEpoch } from "./pace.ts";
import { diffSpecs } from "./specDiff.ts";

/** A training of 4 epochs over 106 rows: 60 s in all, 40 of them between its beginning and its last step. */
function journal(): JournalEntry[] {
  const trainer = (second: number, event: Record<string, unknown>): [number, RunEvent] => [
    second,
    { kind: "trainer", event: { elapsedSeconds: second, ...event } },
  ];
  const begin = {
    kind: "begin",
    rows: { in: 120, trained: 106, validation: 14, refusalsTrained: 14, refusalsValidation: 2 },
    tokens: { trainedPrompt: 6036, trainedCompletion: 2101, validationCompletion: 257, longestRow: 171 },
    maxSteps: 424,
    stepsPerEpoch: 106,
    epochs: 4,
    resumedAtStep: null,
    parameters: { trainable: 10, total: 100 },
    device: "cpu",
    precision: "float32",
    threads: 1,
  };
  const step = {
    maxSteps: 424,
    loss: 1,
    learningRate: 1e-4,
    gradNorm: 1,
    tokensPerSecond: 300,
    etaSeconds: 1,
  };
  const timed: [number, RunEvent][] = [
    [0, { kind: "status", status: "running" }],
    trainer(10, begin),
    trainer(20, { kind: "step", step: 106, epoch: 1, ...step }),
    trainer(50, { kind: "step", step: 424, epoch: 4, ...step }),
    [60, { kind: "status", status: "succeeded" }],
  ];
  return timed.map(([second, event], index) => ({
    seq: index + 1,
    at: new Date(second * 1000).toISOString(),
    event,
  }));
}

it("predicts the measured time for the same training, and adds only training time for twice the rows", () => {
  const pace = paceOf(journal(), 1);
  if (pace === null) throw new Error("a training that succeeded has a pace");
  expect(pace).toEqual({ rowPasses: 424, trainSeconds: 40, otherSeconds: 20, device: "cpu" });
  expect(secondsAtPace(pace, 424)).toBeCloseTo(60, 9);
  expect(secondsAtPace(pace, 848)).toBeCloseTo(100, 9);
});

it("has no pace for a resumed run, an unfinished run or a clock that was set back", () => {
  const entries = journal();
  expect(paceOf(entries.slice(0, -1), 1)).toBeNull();
  expect(paceOf([...entries.slice(0, 2), ...entries.slice(1)], 1)).toBeNull();
  expect(
    paceOf(
      entries.map((entry) => ({ ...entry, at: entries[0]?.at ?? "" })),
      1,
    ),
  ).toBeNull();
});

it("counts steps as the trainer does, the last ones short", () => {
  expect(stepsPerEpoch(106, 1, 1)).toBe(106);
  expect(stepsPerEpoch(106, 4, 1)).toBe(27);
  expect(stepsPerEpoch(106, 4, 4)).toBe(7);
  expect(stepsPerEpoch(3, 8, 2)).toBe(1);
});

it("specDiff lists differing values, including missing ones, and compares lists as one value", () => {
  const one = {
    version: "v1",
    trainer: { lora: { r: 16, targetModules: ["q_proj"] }, seed: 1, threads: null },
  };
  const other = {
    version: "v1",
    trainer: { lora: { r: 8, targetModules: ["q_proj"] }, seed: 1, extra: true },
  };
  expect(diffSpecs(one, other)).toEqual({
    differences: [
      { path: "trainer.lora.r", label: "Rank", one: 16, other: 8 },
      { path: "trainer.extra", label: null, one: null, other: true },
    ],
    same: 4,
  });
});
