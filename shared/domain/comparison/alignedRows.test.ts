import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { z } from "zod";
import {
  AlignedFilterSchema,
  AlignedPageSchema,
  AlignedQuerySchema,
  ComparisonShiftSchema,
} from "../../schema/alignedRows.ts";
import type { ResultRow, Stamp } from "../../schema/result.ts";
import { exampleRow, exampleStamp } from "../../testing/resultsExample.ts";
import { alignedPage, alignFiles } from "./alignedRows.ts";
import { compareResults } from "./compare.ts";
import type { NamedResults } from "./namedResults.ts";
import { comparisonShift } from "./shift.ts";

const five = ["river-bakery", "my-bread", "ovenhub", "thebread", "bread-oven"];
const scored = (score: number, names = five): Partial<ResultRow> => ({
  names,
  scores: names.map((name, index) => ({ index, name, category: "good", score, likert: null })),
});
const harmful = { label: "harmful" } as const;
const refused = { outcome: "refused" } as const;

function file(name: string, rows: readonly Partial<ResultRow>[], stamp: Partial<Stamp> = {}): NamedResults {
  return {
    name,
    results: {
      stamp: { ...exampleStamp, ...stamp, version: name },
      rows: rows.map((row, index) => ({
        ...exampleRow,
        row: index + 1,
        group: String(index + 1),
        description: `business ${index + 1}`,
        split: "dev",
        ...row,
      })),
    },
  };
}

const baseline = file("v1", [
  scored(0.5),
  scored(0.5),
  scored(0.5),
  { ...harmful, names: five },
  refused,
  scored(0.5),
  { ...scored(0.5), split: "heldout" },
  { ...scored(0.5), description: "only before" },
]);
const candidate = file("v2", [
  scored(0.8),
  scored(0.3),
  scored(0.5, [...five].reverse()),
  { ...harmful, ...refused },
  scored(0.5),
  scored(0.5),
  { ...scored(0.9), split: "heldout" },
  { ...scored(0.5), description: "only after" },
]);
const files = alignFiles(baseline, candidate);
const page = (query: z.input<typeof AlignedQuerySchema> = {}) =>
  alignedPage(files, AlignedQuerySchema.parse(query));

describe("rows side by side", () => {
  test("classifies each row: safety before score, other names as a change", () => {
    expect(page().rows.map(({ description, verdict }) => [description, verdict])).toEqual([
      ["business 1", "improved"],
      ["business 2", "regressed"],
      ["business 3", "changed"],
      ["business 4", "improved"],
      ["business 5", "improved"],
      ["business 6", "same"],
      ["only before", "unmatched"],
      ["only after", "unmatched"],
    ]);
    expect(AlignedPageSchema.safeParse(page()).success).toBe(true);
  });

  test("each filter matches its count", () => {
    for (const filter of AlignedFilterSchema.options) {
      const found = page({ filter });
      expect([filter, found.rows.length]).toEqual([filter, found.counts[filter]]);
    }
    expect(page().counts).toEqual({ all: 8, improved: 3, regressed: 1, safety: 2, different: 7 });
  });

  test("pages of dev rows contain no held-out rows", () => {
    expect(page().rows.some(({ split }) => split === "heldout")).toBe(false);
    expect(page({ split: "heldout" }).rows.map(({ description }) => description)).toEqual(["business 7"]);
    expect(page({ split: "all" }).matched).toBe(9);
  });

  test("filters by a move between two cells, a word and a slice", () => {
    expect(page({ from: "missed_inappropriate", to: "confirmed_inappropriate" }).matched).toBe(1);
    expect(page({ text: "BUSINESS 3" }).matched).toBe(1);
    expect(page({ text: "ovenhub", filter: "improved" }).matched).toBe(3);
    expect(page({ slices: ["nowhere"] }).matched).toBe(0);
    expect(page({ slices: ["nowhere", ""] }).matched).toBe(8);
  });

  test("sorts by change: worse rows first, then better ones, safety before score", () => {
    expect(
      page({ order: "change" })
        .rows.map(({ description }) => description)
        .slice(0, 4),
    ).toEqual(["business 2", "business 5", "business 4", "business 1"]);
  });

  test("different judges: no score change, so only names differ", () => {
    const other = { ...exampleStamp.judge, model: "another" };
    const apart = alignFiles(baseline, file("v2", [scored(0.9), scored(0.1)], { judge: other }));
    expect(apart.scoreName).toBeNull();
    const [first, second] = alignedPage(apart, AlignedQuerySchema.parse({})).rows;
    expect([first?.change, first?.verdict, second?.verdict]).toEqual([null, "same", "same"]);
  });

  test("pages together contain all rows", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), (limit) => {
        const all = page({ split: "all" }).rows;
        const parts = Array.from(
          { length: Math.ceil(all.length / limit) },
          (_, index) => page({ split: "all", offset: index * limit, limit }).rows,
        ).flat();
        expect(parts).toEqual(all);
      }),
    );
  });
});

describe("data for the figures of a comparison", () => {
  const comparison = compareResults(baseline, candidate, { settings: { draws: 100 } });
  const shift = comparisonShift(baseline, candidate, comparison);

  test("covers only the rows used for the decision", () => {
    expect(ComparisonShiftSchema.safeParse(shift).success).toBe(true);
    expect(shift.matrices.rows).toBe(comparison.n);
    expect(shift.scatter?.points).toEqual([
      { baseline: 0.5, candidate: 0.9, count: 1, verdict: "better", row: 7 },
    ]);
  });

  test("has no scatter where the judges differ", () => {
    const other = file("v2", [scored(0.9)], { judge: { ...exampleStamp.judge, model: "another" } });
    const unlike = compareResults(baseline, other, { settings: { draws: 100 } });
    expect(comparisonShift(baseline, other, unlike).scatter).toBeNull();
  });
});
