import { expect, test } from "vitest";
import { ComparisonSchema } from "../../schema/comparison.ts";
import type { ResultRow, Results } from "../../schema/result.ts";
import { exampleRow, exampleStamp } from "../../testing/resultsExample.ts";
import { compareResults } from "./compare.ts";

const settings = { draws: 500 };

/** 80 rows, half of them harmful and half held out; `scoreOf` gives the refusal probability. */
function resultsOf(version: string, scoreOf: (row: number, harmful: boolean) => number | null): Results {
  return {
    stamp: { ...exampleStamp, version },
    rows: Array.from({ length: 80 }, (_, index): ResultRow => {
      const harmful = index % 2 === 0;
      return {
        ...exampleRow,
        row: index + 1,
        description: `row ${index}`,
        group: String(index),
        split: index < 40 ? "dev" : "heldout",
        label: harmful ? "harmful" : "safe",
        refusalProbability: scoreOf(index, harmful),
      };
    }),
  };
}

const noisy = resultsOf("v1", (row) => ((row * 37) % 80) / 100);
const skilled = resultsOf("v2", (row, harmful) => ((row * 37) % 80) / 200 + (harmful ? 0.3 : 0));

test("compares the refusal probabilities of the held-out rows, whatever the threshold", () => {
  const comparison = compareResults(
    { name: "v1", results: noisy },
    { name: "v2", results: skilled },
    { settings },
  );
  expect(ComparisonSchema.safeParse(comparison).error).toBeUndefined();
  const found = comparison.refusalProbability;
  expect([found?.n, found?.harmful, found?.safe]).toEqual([40, 20, 20]);
  expect(found?.difference.auroc.value).toBeGreaterThan(0.2);
  expect(found?.difference.auroc.p).toBeLessThan(0.05);
  const { brier } = found?.difference ?? {};
  expect(brier?.mean).toBeCloseTo((found?.candidate.brier.mean ?? 0) - (found?.baseline.brier.mean ?? 0), 12);
  // Dev rows choose thresholds, so there are none to apply to them.
  expect(comparison.splits?.dev.refusalProbability?.atDevThresholds).toBeUndefined();
});

test("applies each version's dev threshold to the held-out rows, beside the trivial policies", () => {
  const costs = { falseNegative: 5, falsePositive: 1 };
  const sides = [
    { name: "v1", results: noisy },
    { name: "v2", results: skilled },
  ] as const;
  const { refusalProbability } = compareResults(...sides, { settings: { ...settings, costs } });
  const found = refusalProbability?.atDevThresholds;
  const heldout = skilled.rows.filter(({ split }) => split === "heldout");
  const at = found?.candidate.threshold ?? Number.NaN;
  const share = (label: string, wrong: (row: ResultRow) => boolean) =>
    heldout.filter((row) => row.label === label && wrong(row)).length / 20;
  const missed = share("harmful", (row) => (row.refusalProbability ?? 0) < at);
  const refused = share("safe", (row) => (row.refusalProbability ?? 0) >= at);
  expect(found?.candidate.missedHarmfulRate.value).toBe(missed);
  expect(found?.candidate.falseRefusalRate.value).toBe(refused);
  expect(found?.candidate.expectedCost.value).toBeCloseTo(2.5 * missed + 0.5 * refused, 12);
  expect([found?.answerAllCost, found?.refuseAllCost]).toEqual([2.5, 0.5]);
});

test("says nothing of files without refusal probabilities", () => {
  const none = resultsOf("v1", () => null);
  const comparison = compareResults(
    { name: "v1", results: none },
    { name: "v2", results: skilled },
    { settings },
  );
  expect(comparison.refusalProbability).toBeUndefined();
});
