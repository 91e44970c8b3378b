import { describe, expect, it } from "vitest";
import type { OverviewAdapter, OverviewDataset, OverviewResults } from "../../schema/overview.ts";
import { nextStep, type Situation } from "./nextStep.ts";
import { type Facts, staleOf } from "./stale.ts";

const dataset = (version: string, more: Partial<OverviewDataset> = {}): OverviewDataset => ({
  version,
  file: `dataset_${version}.csv`,
  bytes: 100,
  hash: `hash of ${version}`,
  rows: 10,
  refusals: 1,
  errors: 0,
  leaks: 0,
  problem: null,
  ...more,
});
const adapter = (version: string, more: Partial<OverviewAdapter> = {}): OverviewAdapter => ({
  version,
  hash: `adapter ${version}`,
  base: "tiny",
  baseHash: "base",
  dataset: `dataset_${version}.csv`,
  datasetHash: `hash of ${version}`,
  gatePassed: true,
  prompt: { name: "suggest", hash: "prompt" },
  training: { rows: 9, epochs: 4, stoppedEarly: false, bestMetric: 1 },
  ...more,
});
const results = (version: string, more: Partial<OverviewResults> = {}): OverviewResults => ({
  version,
  file: `model_${version}-results.csv`,
  hash: "results",
  stamp: {
    runId: "run",
    base: "base",
    adapter: version === "base" ? null : `adapter ${version}`,
    dataset: version === "base" ? null : `hash of ${version}`,
    testSet: "test set",
    prompt: "prompt",
    promptName: "suggest",
    examplesFrom: null,
    examplesHash: null,
    judge: "rule",
  },
  integrity: null,
  scale: "rule-score",
  rows: 20,
  unscored: 0,
  headlines: [],
  ...more,
});
const stamped = (version: string, more: object): OverviewResults => {
  const plain = results(version);
  return { ...plain, stamp: plain.stamp === null ? null : { ...plain.stamp, ...more } };
};

const empty: Facts = {
  baseHash: "base",
  prompts: [{ name: "suggest", hash: "prompt" }],
  testSet: { file: "test_set.csv", hash: "test set", rows: 20, problem: null },
  datasets: [],
  adapters: [],
  results: [],
};
/** The step in a workspace with these facts; stale is what follows from them. */
function step(facts: Partial<Facts>, more: Partial<Situation> = {}) {
  const all = { ...empty, ...facts };
  return nextStep({ ...all, sample: false, stale: staleOf(all), latestRun: null, compared: [], ...more });
}
const ofV2 = { dataset: "dataset_v2.csv", datasetHash: "hash of v2" };
const whole = {
  datasets: [dataset("v1"), dataset("v2")],
  adapters: [adapter("v1"), adapter("v2")],
  results: [results("base"), results("v1"), results("v2")],
};

it("leads through the loop step by step", () => {
  const turns = [
    step({}),
    step({ datasets: [dataset("v1")], testSet: null }),
    step({ datasets: [dataset("v1")] }),
    step({ datasets: [dataset("v1")], adapters: [adapter("v1")] }),
    step({ datasets: [dataset("v1")], adapters: [adapter("v1")], results: [results("v1")] }),
    step({ datasets: [dataset("v1")], adapters: [adapter("v1")], results: [results("base"), results("v1")] }),
    step({ ...whole, adapters: [adapter("v1")] }),
    step({ ...whole, results: whole.results.slice(0, 2) }),
    step(whole),
    step(whole, { compared: [["v1", "v2"]] }),
  ];
  expect(turns.map(({ label }) => label)).toEqual([
    "Import a dataset",
    "Import a test set",
    "Train v1",
    "Evaluate v1",
    "Evaluate the base model",
    "Compare base with v1",
    "Train v2",
    "Evaluate v2",
    "Compare v1 with v2",
    "Write rows for failures of v2",
  ]);
  expect(turns[8]?.lead).toEqual({ screen: "compare", version: "v2", baseline: "v1", run: null });
});

it("puts running and interrupted runs first, and ignores cancelled runs", () => {
  const run = (status: "running" | "interrupted" | "cancelled" | "succeeded") =>
    step(whole, { latestRun: { id: "r1", title: "train v2", status } }).kind;
  expect(run("running")).toBe("watch");
  expect(run("interrupted")).toBe("resume");
  expect(run("cancelled")).toBe("compare");
  expect(run("succeeded")).toBe("compare");
});

it("always suggests creating a workspace in the sample", () => {
  expect(step(whole, { sample: true, latestRun: { id: "r", title: "t", status: "running" } }).kind).toBe(
    "copy-sample",
  );
});

it("suggests fixing a dataset with errors, leaks or no readable rows before training", () => {
  const fixed = (more: Partial<OverviewDataset>) => step({ datasets: [dataset("v1", more)] });
  expect(fixed({ errors: 2, leaks: 1 })).toMatchObject({
    kind: "fix-dataset",
    words: "3 rows of dataset_v1 must be fixed before training.",
  });
  expect(fixed({ errors: 1 }).words).toBe("1 row of dataset_v1 must be fixed before training.");
  expect(fixed({ problem: "it is not UTF-8" }).words).toBe("it is not UTF-8");
  expect(fixed({ errors: null, leaks: null }).kind).toBe("train");
});

it("suggests judging unscored rows before comparing", () => {
  const one = step({ ...whole, results: [results("v1"), results("v2", { unscored: 1 })] });
  expect(one).toMatchObject({ kind: "rejudge", words: "1 row of v2 has no score yet." });
});

const changes: readonly [string, Partial<Facts>, string][] = [
  ["dataset-changed", { datasets: [dataset("v1"), dataset("v2", { hash: "other" })] }, "Train v2 again"],
  ["base-changed", { adapters: [adapter("v1"), adapter("v2", { baseHash: "old" })] }, "Train v2 again"],
  ["adapter-changed", { results: [results("v1"), stamped("v2", { adapter: "old" })] }, "Evaluate v2 again"],
  ["test-set-changed", { results: [results("v1"), stamped("v2", { testSet: "old" })] }, "Evaluate v2 again"],
  ["prompt-changed", { results: [results("v1"), stamped("v2", { prompt: "old" })] }, "Evaluate v2 again"],
];

it.each(changes)("reports %s as stale, and explains it in the next step", (code, change, label) => {
  const facts = { ...whole, ...change };
  const found = staleOf({ ...empty, ...facts });
  expect(found.map((one) => [one.version, one.code])).toEqual([["v2", code]]);
  expect(step(facts)).toMatchObject({ label, words: found[0]?.message });
});

it("reports adapters without dataset and results without adapter, and nothing for a complete loop", () => {
  expect(staleOf({ ...empty, ...whole })).toEqual([]);
  expect(
    staleOf({ ...empty, adapters: [adapter("v1")], results: [results("v1"), results("v2")] }),
  ).toMatchObject([
    { what: "adapter", version: "v1", code: "dataset-gone" },
    { what: "results", version: "v2", code: "adapter-gone" },
  ]);
});

it("reports nothing for a missing base or a study's file", () => {
  const study = results("v1", { stamp: null });
  const facts = {
    ...empty,
    baseHash: null,
    datasets: [dataset("v1")],
    adapters: [adapter("v1", { baseHash: "x" })],
  };
  expect(staleOf({ ...facts, results: [study] })).toEqual([]);
});

it("reports results whose prompt took examples from a dataset that has changed", () => {
  const codes = (version: string, examplesHash: string | null) =>
    staleOf({
      ...empty,
      ...whole,
      results: [stamped(version, { examplesFrom: "v1", examplesHash })],
    }).map(({ code }) => code);
  expect(codes("v2", "hash of v1")).toEqual([]);
  expect(codes("v2", "old")).toEqual(["dataset-changed"]);
  expect(codes("base", "old")).toEqual(["dataset-changed"]);
  expect(codes("v2", null)).toEqual([]);
});

describe("a version with several seeds", () => {
  const seeds = ["v2.1", "v2.2"];
  const trained = { ...whole, adapters: [adapter("v1"), ...seeds.map((one) => adapter(one, ofV2))] };
  const results1 = results("v1");
  const evaluated = (...versions: string[]) => ({
    ...trained,
    results: [results1, ...versions.map((version) => stamped(version, { dataset: "hash of v2" }))],
  });

  it("is trained with its dataset, and each seed is evaluated before the comparison of them all", () => {
    expect(step(evaluated()).label).toBe("Evaluate v2.1");
    expect(step(evaluated("v2.1")).label).toBe("Evaluate v2.2");
    expect(step(evaluated(...seeds))).toMatchObject({
      label: "Compare v1 with v2",
      lead: { version: "v2", baseline: "v1" },
    });
    expect(step(evaluated(...seeds), { compared: [["v1", "v2"]] }).kind).toBe("write-rows");
  });

  it("is the baseline of the next one as one version", () => {
    const datasets = [...whole.datasets, dataset("v3")];
    const adapters = [...trained.adapters, adapter("v3")];
    const all = [...evaluated(...seeds).results, results("v3")];
    expect(step({ datasets, adapters, results: all }).label).toBe("Compare v2 with v3");
  });

  it("is stale when the dataset of its seeds changed", () => {
    const datasets = [dataset("v1"), dataset("v2", { hash: "other" })];
    const found = staleOf({ ...empty, ...trained, datasets, results: [] });
    expect(found.map(({ version, code }) => [version, code])).toEqual([
      ["v2.1", "dataset-changed"],
      ["v2.2", "dataset-changed"],
    ]);
    expect(found[0]?.message).toBe("dataset_v2.csv changed after v2.1 was trained on it.");
    expect(step({ ...trained, datasets }).label).toBe("Train v2 again");
  });
});
