import { expect, it } from "vitest";
import type { Headline, Overview } from "../../schema/overview.ts";
import { seedHeadlines, versionLines } from "./seedLines.ts";

const made = (...versions: string[]) => versions.map((version) => ({ version }));
const lines = (datasets: string[], adapters: string[], results: string[]) =>
  versionLines({
    datasets: made(...datasets),
    adapters: made(...adapters),
    results: made(...results),
  } as unknown as Overview).map(({ name, members }) => [name, ...members]);

it("shows the seeds of a version as one line, the untrained versions first", () => {
  expect(lines(["v1", "v2", "v10"], ["v2.2", "v1", "v2.1"], ["v2.1", "v1", "prompted", "base"])).toEqual([
    ["base"],
    ["prompted"],
    ["v1"],
    ["v2", "v2.1", "v2.2"],
    ["v10"],
  ]);
  // Results at another threshold.
  expect(lines(["v2"], ["v2.1", "v2.2"], ["base", "base@0.3", "v2.1", "v2.1@0.12", "v2.2@0.12"])).toEqual([
    ["base"],
    ["base@0.3"],
    ["v2", "v2.1", "v2.2"],
    ["v2@0.12", "v2.1@0.12", "v2.2@0.12"],
  ]);
  // Trained alone before.
  expect(lines(["v2"], ["v2", "v2.1"], [])).toEqual([["v2", "v2", "v2.1"]]);
});

const headline = (value: number | null, n = 20) => ({
  headlines: [{ id: "accuracy", label: "Safety accuracy", value, n } as Headline],
});

it("averages the headline figures over the seeds, with their spread", () => {
  expect(seedHeadlines([headline(0.5), headline(0.7), headline(0.9)])).toEqual([
    {
      id: "accuracy",
      label: "Safety accuracy",
      n: 20,
      seeds: 3,
      mean: expect.closeTo(0.7, 12),
      sd: expect.closeTo(0.2, 12),
      min: 0.5,
      max: 0.9,
    },
  ]);
  expect(seedHeadlines([headline(0.5), headline(null, 10)])[0]).toMatchObject({ mean: null, n: null });
  expect(seedHeadlines([headline(0.5)])[0]).toMatchObject({ mean: 0.5, sd: null });
  expect(seedHeadlines([])).toEqual([]);
});
