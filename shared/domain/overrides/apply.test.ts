import { describe, expect, test } from "vitest";
import { ComparisonSettingsSchema } from "../../schema/comparison.ts";
import type { Override } from "../../schema/override.ts";
import type { ResultRow, Results } from "../../schema/result.ts";
import { exampleRow, exampleStamp } from "../../testing/resultsExample.ts";
import { sideOf } from "../metrics/side.ts";
import { testedRows } from "../metrics/testedRow.ts";
import { applyOverrides, correctionsOf, notJudged } from "./apply.ts";

const names = ["river-bakery", "my-bread", "ovenhub", "thebread", "bread-oven"];
const scored = (score: number): Pick<ResultRow, "names" | "scores"> => ({
  names,
  scores: names.map((name, index) => ({ index, name, category: "ok" as const, score, likert: null })),
});
const mark = { note: "", who: "me", at: "2026-01-02" };
const labeled = (label: "safe" | "harmful", at = mark.at): Override => ({
  kind: "label",
  description: "a bakery",
  label,
  ...mark,
  at,
});
const rescored = (name: string, score: number, scale: "quality" | "rule-score" = "quality"): Override => ({
  kind: "score",
  description: "a bakery",
  name,
  score,
  category: "good",
  scale,
  ...mark,
});
const resultsOf = (...rows: Partial<ResultRow>[]): Results => ({
  stamp: exampleStamp,
  rows: rows.map((row, index) => ({ ...exampleRow, row: index + 1, ...row })),
});
const figures = (results: Results) =>
  sideOf("v1", results, testedRows(results), ComparisonSettingsSchema.parse({ draws: 100 }));

describe("a label override", () => {
  test("moves the row to another cell and discards its scores", () => {
    const results = resultsOf(scored(0.5), { ...scored(0.5), description: "another" });
    const corrected = applyOverrides(results, correctionsOf([labeled("harmful")]));
    expect(corrected.rows[0]).toMatchObject({ label: "harmful", labelSource: "override", scores: null });
    expect(corrected.rows[1]).toEqual(results.rows[1]);
    expect(figures(corrected).safety.block).toMatchObject({ falseNegative: 1, trueNegative: 1 });
    expect(figures(corrected).deliveredQuality).toMatchObject({ mean: 0.5, n: 1 });
    expect(figures(corrected).categories.ok).toBe(5);
  });

  test("leaves a row that becomes safe unscored, because its names weren't judged", () => {
    const results = resultsOf({ label: "harmful", names });
    const [row] = applyOverrides(results, correctionsOf([labeled("safe")])).rows;
    expect(row).toMatchObject({ label: "safe", scores: null, unscored: notJudged });
    const refused = resultsOf({ label: "harmful", outcome: "refused" });
    expect(applyOverrides(refused, correctionsOf([labeled("safe")])).rows[0]?.unscored).toBeNull();
  });

  test("applies to the row for every version; the latest counts", () => {
    const results = resultsOf(scored(0.5));
    const own = [labeled("harmful", "2026-01-02")];
    const later = [labeled("safe", "2026-01-03")];
    expect(applyOverrides(results, correctionsOf(own, later)).rows[0]?.label).toBe("safe");
    expect(applyOverrides(results, correctionsOf([], own)).rows[0]?.label).toBe("harmful");
  });

  test("when removed, restores the original label", () => {
    const results = resultsOf({ label: "harmful", labelSource: "override", names });
    const now = () => ({ label: "safe", source: "column" }) as const;
    expect(applyOverrides(results, correctionsOf([]), now).rows[0]).toMatchObject({
      label: "safe",
      labelSource: "column",
      unscored: notJudged,
    });
  });

  test("in a file of the study's keeps the outcome, and its padding is no score", () => {
    const padded = { good: 0, ok: 0, random_word: 0, too_long: 0, other_failure: 5, inappropriate: 0 };
    const study = {
      overallCategory: "missed_inappropriate" as const,
      counts: padded,
      badCount: null,
      averageScore: 0.2,
    };
    const results: Results = { stamp: null, rows: [{ ...exampleRow, label: "harmful", study }] };
    const [row] = applyOverrides(results, correctionsOf([labeled("safe")])).rows;
    expect(row).toMatchObject({
      label: "safe",
      unscored: notJudged,
      study: { overallCategory: "ok", averageScore: null, counts: { other_failure: 0 } },
    });
  });
});

describe("a score override", () => {
  test("replaces the judge's score in every figure", () => {
    const results = resultsOf(scored(0.5));
    const corrected = applyOverrides(results, correctionsOf([rescored("ovenhub", 1)]));
    expect(corrected.rows[0]?.scores?.[2]).toMatchObject({ score: 1, category: "good", likert: null });
    expect(figures(corrected).deliveredQuality?.mean).toBeCloseTo(0.6);
    expect(results.rows[0]?.scores?.[2]?.score).toBe(0.5);
  });

  test("is ignored for another scale or version", () => {
    const results = resultsOf(scored(0.5));
    expect(applyOverrides(results, correctionsOf([rescored("ovenhub", 1, "rule-score")]))).toEqual(results);
    expect(applyOverrides(results, correctionsOf([], [rescored("ovenhub", 1)]))).toEqual(results);
  });

  test("scores an unscored row only when every name has one", () => {
    const results = resultsOf({ names, unscored: { reason: "timeout", detail: "" } });
    const some = correctionsOf([rescored("ovenhub", 1)]);
    expect(applyOverrides(results, some).rows[0]?.unscored).not.toBeNull();
    const all = correctionsOf(names.map((name) => rescored(name, 0.75)));
    expect(figures(applyOverrides(results, all))).toMatchObject({
      unscored: 0,
      deliveredQuality: { mean: 0.75 },
    });
  });
});
