import { expect, it } from "vitest";
import { isSuccess, promiseOf, stageTable } from "./report.mjs";

const about = (bytes, of = "resident") => ({ bytes, kind: "about", of });
const stage = (more) => ({ name: "train", seconds: 12.4, resident: 1e9, outcome: "done", ...more });

it.each([
  [1.14e9, true],
  [1.16e9, false],
  [0.86e9, true],
  [0.84e9, false],
])("judges a peak of %d bytes against 1 GB", (resident, held) => {
  expect(promiseOf(stage({ resident, promised: about(1e9) }))?.held).toBe(held);
});

it("judges an upper limit from above only", () => {
  const promised = { bytes: 1e9, kind: "at most", of: "resident" };
  expect(promiseOf(stage({ resident: 1e8, promised }))?.held).toBe(true);
  expect(promiseOf(stage({ resident: 1.01e9, promised }))?.held).toBe(false);
});

it("judges the accelerator's memory where that was promised", () => {
  const promised = about(4e9, "accelerator");
  expect(promiseOf(stage({ resident: 9e9, accelerator: 4.2e9, promised }))?.held).toBe(true);
});

it("judges nothing without a promise or a measurement", () => {
  expect(promiseOf(stage({}))).toBeNull();
  expect(promiseOf(stage({ resident: null, promised: about(1e9) }))).toBeNull();
});

it("succeeds unless a stage failed or a promise was broken", () => {
  expect(isSuccess([stage({}), stage({ outcome: "skipped" })])).toBe(true);
  expect(isSuccess([stage({}), stage({ outcome: "failed" })])).toBe(false);
  expect(isSuccess([stage({ resident: 2e9, promised: about(1e9) })])).toBe(false);
  expect(isSuccess([stage({ promisedSeconds: 12 })])).toBe(true);
  expect(isSuccess([stage({ promisedSeconds: 10 })])).toBe(false);
});

it("shows each stage beside its promise", () => {
  const stages = [
    stage({ name: "convert", promised: { bytes: 2e9, kind: "at most", of: "resident" } }),
    stage({ name: "train", promised: about(0.5e9), note: "3 steps" }),
    stage({ name: "one step", promisedSeconds: 11.5, resident: null }),
    stage({ name: "gate", seconds: null, resident: null, outcome: "failed", note: "a | b\nc" }),
  ];
  expect(stageTable(stages).split("\n").slice(2)).toEqual([
    "| convert | 12 s | – | – | 1.00 GB | – | ≤ 2.00 GB | kept | done |",
    "| train | 12 s | – | – | 1.00 GB | – | 0.50 GB | BROKEN (+100 %) | done: 3 steps |",
    "| one step | 12 s | 12 s | +8 % | – | – | – | – | done |",
    "| gate | – | – | – | – | – | – | – | failed: a \\| b c |",
  ]);
});
