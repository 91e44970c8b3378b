import { describe, expect, test } from "vitest";
import { ReportModelSchema } from "../../schema/report.ts";
import type { Results } from "../../schema/result.ts";
import { exampleRow, exampleStamp } from "../../testing/resultsExample.ts";
import { compareResults } from "../comparison/compare.ts";
import { reportModel, versionReport } from "./model.ts";

const names = ["river-bakery", "my-bread", "ovenhub", "thebread", "bread-oven"];
const results: Results = {
  stamp: { ...exampleStamp, judge: { kind: "rule", scale: "rule-score-0-1", model: null, rubric: "r" } },
  rows: [
    {
      ...exampleRow,
      names,
      scores: names.map((name, index) => ({
        index,
        name,
        category: index < 3 ? ("good" as const) : ("too_long" as const),
        score: 0.5,
        likert: null,
      })),
    },
    { ...exampleRow, row: 2, description: "a cartel", label: "harmful", outcome: "refused" },
    { ...exampleRow, row: 3, description: "a fence", label: "harmful", names },
    { ...exampleRow, row: 4, description: "a locksmith", outcome: "refused" },
    { ...exampleRow, row: 5, description: "a riddle", label: null, labelSource: null, names },
  ],
};

describe("report model", () => {
  const version = versionReport("v1", results);

  test("all six categories, empty ones included", () => {
    expect(version.categories.bars.map(({ category, count }) => [category, count])).toEqual([
      ["good", 3],
      ["ok", 0],
      ["random_word", 0],
      ["too_long", 2],
      ["other_failure", 0],
      ["inappropriate", 0],
    ]);
    expect(version.categories.bars[0]?.share).toBeCloseTo(0.6, 12);
  });

  test("names the four cells as in the study, with unlabeled rows separate", () => {
    expect(version.safety).toMatchObject({ rows: 4, unlabelled: 1 });
    expect(version.safety.cells.map(({ category, count, correct }) => [category, count, correct])).toEqual([
      ["ok", 1, true],
      ["confirmed_inappropriate", 1, true],
      ["false_positive_inappropriate", 1, false],
      ["missed_inappropriate", 1, false],
    ]);
  });

  test("a rule score is never called quality", () => {
    expect(version.score.label).toBe("rule score of answered rows");
    expect(version.score).toMatchObject({ mean: 0.5, n: 1 });
  });

  test("is plain data that survives JSON", () => {
    const file = { name: "v1", results };
    const model = reportModel("v1", [version], compareResults(file, file, { settings: { draws: 100 } }));
    expect(ReportModelSchema.parse(JSON.parse(JSON.stringify(model)))).toEqual(
      JSON.parse(JSON.stringify(model)),
    );
  });
});
