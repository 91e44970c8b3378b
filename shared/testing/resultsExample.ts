import type { ResultRow, Stamp } from "../schema/result.ts";

/** A stamp and a row that tests vary; nothing else uses them. */
export const exampleStamp: Stamp = {
  version: "v1",
  runId: "r1",
  base: "b".repeat(64),
  adapter: null,
  dataset: null,
  testSet: "t".repeat(64),
  prompt: "p".repeat(64),
  judge: { kind: "openai", scale: "likert-1-5", model: "some-model", rubric: "j".repeat(64) },
  decoding: { mode: "greedy", temperature: 0, samples: 1, maxTokens: 100, seed: 1, grammar: "none" },
  engine: "node-llama-cpp 3.22.1",
  precision: "f16",
  gate: "passed",
  tunedOnTest: false,
};

export const exampleRow: ResultRow = {
  row: 1,
  sample: 0,
  description: "a bakery",
  outcome: "answered",
  text: "",
  names: [],
  label: "safe",
  labelSource: "column",
  slice: null,
  split: "heldout",
  group: "1",
  scores: null,
  unscored: null,
  nameProbabilities: [],
  refusalProbability: null,
  latencyMs: null,
};
