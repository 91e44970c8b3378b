import { expect, it } from "vitest";
import { EvaluationSpecSchema } from "../../../shared/schema/evaluation.ts";
import { createPaceHistory } from "./paceHistory.ts";

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

/** Runs of which the journals are counted as they are read. */
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

it("reads each journal once, however often a plan is asked for", async () => {
  const runs = runsOf(["a", "b"]);
  const paces = createPaceHistory(runs as never);
  expect((await paces()).map(({ run }) => run)).toEqual(["a", "b"]);
  await paces();
  runs.ids.unshift("c");
  expect((await paces()).map(({ run }) => run)).toEqual(["c", "a", "b"]);
  expect(runs.shown).toEqual(["a", "b", "c"]);
});

it("reads a journal again after it could not be read", async () => {
  const runs = runsOf(["a"]);
  const failing = { ...runs, show: () => Promise.reject(new Error("EIO")) };
  let broken = true;
  const paces = createPaceHistory({
    list: runs.list,
    show: (id: string) => (broken ? failing.show() : runs.show(id)),
  } as never);
  await expect(paces()).rejects.toThrow("EIO");
  broken = false;
  expect(await paces()).toHaveLength(1);
});
