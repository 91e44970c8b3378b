import { expect, it } from "vitest";
import { EvaluationSpecSchema } from "../../../shared/schema/evaluation.ts";
import { createThroughputHistory } from "./throughputHistory.ts";

const spec = EvaluationSpecSchema.parse({
  version: "v1",
  decoding: { mode: "greedy", temperature: 0, samples: 1, maxTokens: 100, seed: 1 },
  limits: { maxCalls: null, maxCost: null },
  emptyMeansRefuse: false,
  inputs: {
    testSet: "t",
    base: "b",
    adapter: null,
    dataset: null,
    prompt: "p",
    judge: { kind: "rule", scale: "rule-score-0-1", model: null, rubric: "r" },
  },
});

/** Creates runs and records which journals are read. */
function runsOf(ids: string[]) {
  const shown: string[] = [];
  return {
    shown,
    ids,
    list: async () => ({
      runs: ids.map((id) => ({ id, kind: "evaluation", status: "succeeded", spec })),
      unreadable: [],
    }),
    show: async (id: string) => {
      shown.push(id);
      return { journal: { entries: [] } };
    },
  };
}

it("reads each journal once for any number of plans", async () => {
  const runs = runsOf(["a", "b"]);
  const measuredRuns = createThroughputHistory(runs as never);
  expect((await measuredRuns()).map(({ run }) => run)).toEqual(["a", "b"]);
  await measuredRuns();
  runs.ids.unshift("c");
  expect((await measuredRuns()).map(({ run }) => run)).toEqual(["c", "a", "b"]);
  expect(runs.shown).toEqual(["a", "b", "c"]);
});

it("reads a journal again after a failed read", async () => {
  const runs = runsOf(["a"]);
  const failing = { ...runs, show: () => Promise.reject(new Error("EIO")) };
  let broken = true;
  const measuredRuns = createThroughputHistory({
    list: runs.list,
    show: (id: string) => (broken ? failing.show() : runs.show(id)),
  } as never);
  await expect(measuredRuns()).rejects.toThrow("EIO");
  broken = false;
  expect(await measuredRuns()).toHaveLength(1);
});
