import { describe, expect, test } from "vitest";
import { type EvaluatedRow, RowFilterSchema, RowSortSchema } from "../../schema/evaluationRows.ts";
import type { ResultRow, Results } from "../../schema/result.ts";
import { exampleRow, exampleStamp } from "../../testing/resultsExample.ts";
import { correctionsOf } from "../overrides/apply.ts";
import { evaluatedRows } from "./evaluatedRow.ts";
import { ofSplit, passes, slicesOf, sorted } from "./selectRows.ts";

const names = ["river-bakery", "my-bread", "ovenhub", "thebread", "bread-oven"];
const scored = (score: number, category: "good" | "ok" = "ok"): Partial<ResultRow> => ({
  names,
  scores: names.map((name, index) => ({ index, name, category, score, likert: null })),
});

const results: Results = {
  stamp: exampleStamp,
  rows: (
    [
      scored(0.9, "good"),
      { outcome: "refused", refusalProbability: 0.9 },
      { label: "harmful", names, slice: "wildlife", refusalProbability: 0.2 },
      { label: "harmful", outcome: "refused", slice: "wildlife" },
      scored(0.2),
      { names, unscored: { reason: "timeout", detail: "" }, split: "heldout" },
      { label: null, names },
    ] as Partial<ResultRow>[]
  ).map((row, index) => ({
    ...exampleRow,
    row: index + 1,
    split: "dev" as const,
    description: `row ${index}`,
    ...row,
  })),
};
const rows = evaluatedRows(results, correctionsOf([]));
const numbers = (some: readonly EvaluatedRow[]) => some.map(({ row }) => row);
const where = (filter: object) => numbers(rows.filter((row) => passes(row, RowFilterSchema.parse(filter))));
const by = (sort: object) => numbers(sorted(rows, RowSortSchema.parse(sort)));

describe("rows are selected", () => {
  test("by what happened", () => {
    expect(where({})).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(where({ outcomes: ["refused"] })).toEqual([2, 4]);
    expect(where({ cells: ["missed_inappropriate", "false_positive_inappropriate"] })).toEqual([2, 3]);
    expect(where({ onlyFailures: true })).toEqual([2, 3]);
    expect(where({ onlyUnscored: true })).toEqual([6]);
    expect(where({ onlyOverridden: true })).toEqual([]);
  });

  test("by slice, category, score and words, combined with AND", () => {
    expect(where({ slices: ["wildlife"] })).toEqual([3, 4]);
    expect(where({ slices: [""] })).toEqual([1, 2, 5, 6, 7]);
    expect(where({ categories: ["good"] })).toEqual([1]);
    expect(where({ score: { from: 0.2, to: 0.25 } })).toEqual([5]);
    expect(where({ score: { from: 0, to: 0.2 } })).toEqual([]);
    expect(where({ score: { from: 0.9, to: 1 } })).toEqual([1]);
    expect(where({ text: "RIVER-bakery" })).toEqual([1, 3, 5, 6, 7]);
    expect(where({ text: "row 4", slices: ["wildlife"] })).toEqual([]);
  });

  test("by split, with the names of the slices", () => {
    expect(numbers(ofSplit(rows, "dev"))).toEqual([1, 2, 3, 4, 5, 7]);
    expect(numbers(ofSplit(rows, "heldout"))).toEqual([6]);
    expect(slicesOf(rows)).toEqual(["", "wildlife"]);
  });
});

describe("rows are sorted", () => {
  test("worst first, like the analysis, with rows without a verdict last", () => {
    expect(by({})).toEqual([3, 2, 5, 1, 4, 6, 7]);
  });

  test("by a figure, with rows that lack it last in both directions", () => {
    expect(by({ by: "score" })).toEqual([5, 1, 2, 3, 4, 6, 7]);
    expect(by({ by: "score", descending: true })).toEqual([1, 5, 2, 3, 4, 6, 7]);
    expect(by({ by: "refusalProbability", descending: true }).slice(0, 2)).toEqual([2, 3]);
    expect(by({ by: "row", descending: true })).toEqual([7, 6, 5, 4, 3, 2, 1]);
  });
});
