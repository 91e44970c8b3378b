import { describe, expect, test } from "vitest";
import { HistogramSchema } from "../../schema/histogram.ts";
import { CategoryShiftSchema, MatrixShiftSchema, ScatterSchema } from "../../schema/shift.ts";
import { exampleBaseline, exampleCandidate, exampleResults } from "../../testing/reportExample.ts";
import { compareResults } from "../comparison/compare.ts";
import { matchRows } from "../comparison/match.ts";
import { testedRows } from "../metrics/testedRow.ts";
import { histogramOf } from "./histogram.ts";
import { scatterOf } from "./scatter.ts";
import { categoryShift, matrixShift } from "./shift.ts";

const one = { name: "v1", results: exampleResults(exampleBaseline) };
const other = { name: "v2", results: exampleResults(exampleCandidate) };
const comparison = compareResults(one, other, { settings: { draws: 200 } });
const { pairs } = matchRows(testedRows(one.results), testedRows(other.results), true);
const heldout = pairs.filter(({ baseline }) => baseline.split === "heldout");

describe("moved rows", () => {
  const shift = matrixShift(comparison.baseline, comparison.candidate, heldout);
  const count = (matrix: typeof shift.baseline, category: string) =>
    matrix.cells.find((cell) => cell.category === category)?.count ?? Number.NaN;

  test("every cell after is the cell before, less what left it, plus what came", () => {
    expect(MatrixShiftSchema.safeParse(shift).success).toBe(true);
    expect(shift.moves.length).toBeGreaterThan(0);
    for (const { category } of shift.baseline.cells) {
      const went = shift.moves
        .filter(({ from }) => from === category)
        .reduce((sum, move) => sum + move.count, 0);
      const came = shift.moves.filter(({ to }) => to === category).reduce((sum, move) => sum + move.count, 0);
      expect(count(shift.candidate, category)).toBe(count(shift.baseline, category) - went + came);
    }
    expect(shift.stayed + shift.moves.reduce((sum, move) => sum + move.count, 0)).toBe(shift.rows);
  });

  test("agree with McNemar's discordant pairs", () => {
    const of = (verdict: string) =>
      shift.moves.filter((move) => move.verdict === verdict).reduce((sum, move) => sum + move.count, 0);
    const { onlyBaselineCorrect, onlyCandidateCorrect } = comparison.difference.mcnemar;
    expect([of("worse"), of("better")]).toEqual([onlyBaselineCorrect, onlyCandidateCorrect]);
  });

  test("a row whose label changed is neither better nor worse", () => {
    const [pair] = heldout;
    if (pair === undefined) throw new Error("the example has rows");
    const flipped = { ...pair, baselineLabel: "safe", candidateLabel: "harmful" } as const;
    const { moves } = matrixShift(comparison.baseline, comparison.candidate, [flipped]);
    expect(moves).toMatchObject([{ verdict: "changed", count: 1 }]);
  });
});

test("category shares of each side, and their change", () => {
  const shift = categoryShift([comparison.baseline, comparison.candidate]);
  expect(CategoryShiftSchema.safeParse(shift).success).toBe(true);
  expect(shift.changes.reduce((sum, { change }) => sum + (change ?? 0), 0)).toBeCloseTo(0, 12);
  expect(categoryShift([comparison.baseline, comparison.candidate, comparison.baseline]).changes).toEqual([]);
});

describe("histogram", () => {
  const of = (scores: readonly (number | null)[]) =>
    histogramOf(scores, { title: "v1", scoreName: "quality" });

  test("every score is in one bin, 1 in the last, unscored in none", () => {
    const found = of([0, 0.05, 0.3, 0.1 * 3, 0.999, 1, null, null]);
    expect(HistogramSchema.safeParse(found).success).toBe(true);
    expect(found.bins.map(({ count }) => count)).toEqual([2, 0, 0, 2, 0, 0, 0, 0, 0, 2]);
    expect(found).toMatchObject({ scored: 6, unscored: 2 });
  });

  test("without a score the mean is undefined, not zero", () => {
    expect(of([null])).toMatchObject({ mean: null, scored: 0, unscored: 1 });
  });
});

describe("scatter", () => {
  const names = { baseline: "v1", candidate: "v2" };
  const of = (pairs: readonly [number | null, number | null][], more = {}) =>
    scatterOf(
      pairs.map(([baseline, candidate], index) => ({ row: index + 1, baseline, candidate })),
      { names, scoreName: "quality", ...more },
    );

  test("counts better, worse and similar rows, and skips and counts rows without a score", () => {
    const found = of([
      [0.5, 0.7],
      [0.5, 0.3],
      [0.5, 0.55],
      [null, 0.5],
    ]);
    expect(ScatterSchema.safeParse(found).success).toBe(true);
    expect(found).toMatchObject({ better: 1, worse: 1, inside: 1, leftOut: 1 });
  });

  test("merges equal rows into one point with a count and no row number", () => {
    expect(
      of([
        [0.5, 0.7],
        [0.5, 0.7],
        [0.1, 0.1],
      ]).points,
    ).toEqual([
      { baseline: 0.1, candidate: 0.1, count: 1, verdict: "inside", row: 3 },
      { baseline: 0.5, candidate: 0.7, count: 2, verdict: "better", row: null },
    ]);
  });

  test("reduces 100,000 rows to a screenful without losing any", () => {
    const many = Array.from({ length: 100_000 }, (_, index): [number, number] => [
      (index % 997) / 997,
      (index % 991) / 991,
    ]);
    const found = of(many);
    expect(found.points.length).toBeLessThan(4_000);
    expect(found.points.reduce((sum, { count }) => sum + count, 0)).toBe(100_000);
    expect(found.better + found.worse + found.inside).toBe(100_000);
  });
});
