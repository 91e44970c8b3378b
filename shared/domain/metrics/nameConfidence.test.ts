import { describe, expect, test } from "vitest";
import { NameConfidenceSchema } from "../../schema/nameConfidence.ts";
import type { ResultRow } from "../../schema/result.ts";
import { exampleRow } from "../../testing/resultsExample.ts";
import { rankedPairs } from "../statistics/rankCorrelation.ts";
import { nameConfidence } from "./nameConfidence.ts";
import { testedRows } from "./testedRow.ts";

const options = { seed: 1, draws: 2_000 };

/** A row with a name for each pair of probability and score. */
function row(at: number, pairs: readonly (readonly [number | null, number])[]): ResultRow {
  const names = pairs.map((_, index) => `name-${at}-${index}`);
  return {
    ...exampleRow,
    row: at,
    group: `group ${at}`,
    names,
    scores: pairs.map(([, score], index) => ({
      index,
      name: names[index] ?? "",
      category: "ok",
      score,
      likert: null,
    })),
    nameProbabilities: pairs.map(([perToken]) =>
      perToken === null ? null : { probability: perToken ** 3, perToken },
    ),
  };
}

const confidence = (rows: ResultRow[]) =>
  nameConfidence(testedRows({ stamp: null, rows }), "quality", options);

describe("nameConfidence", () => {
  test("gives the rank correlation with ties, and no interval for fewer than ten rows", () => {
    // scipy.stats.spearmanr([1, 2, 3, 4, 5], [5, 6, 7, 8, 7]) is 0.8207826816681233.
    const found = confidence([
      row(1, [
        [0.1, 0.5],
        [0.2, 0.6],
        [0.3, 0.7],
        [0.4, 0.8],
        [0.5, 0.7],
      ]),
    ]);
    expect(found.spearman.value).toBeCloseTo(0.8207826816681233, 12);
    expect(found).toMatchObject({
      names: 5,
      rows: 1,
      spearman: { ci95: null, reason: "fewer than 10 rows" },
      deciles: [],
    });
  });

  test("is 1 and −1 for agreeing and opposite orders, and has an interval around a mixed one", () => {
    const rows = (scoreOf: (at: number) => number) =>
      Array.from({ length: 40 }, (_, at) => row(at + 1, [[(at + 1) / 50, scoreOf(at)]]));
    expect(confidence(rows((at) => at / 40)).spearman.value).toBeCloseTo(1, 12);
    expect(confidence(rows((at) => 1 - at / 40)).spearman.value).toBeCloseTo(-1, 12);
    const { spearman } = confidence(rows((at) => ((at * 17) % 40) / 40 + at / 40));
    const [low = 0, high = 0] = spearman.ci95 ?? [];
    expect(low).toBeLessThan(spearman.value ?? 0);
    expect(high).toBeGreaterThan(spearman.value ?? 0);
    expect(confidence(rows((at) => ((at * 17) % 40) / 40 + at / 40)).spearman).toEqual(spearman);
  });

  test("gives the mean score of ten equal parts of the names, the least probable first", () => {
    const rows = Array.from({ length: 20 }, (_, at) => row(at + 1, [[(at + 1) / 100, at % 2]]));
    const { deciles } = confidence(rows.reverse());
    expect(deciles).toHaveLength(10);
    expect(deciles.every(({ names, score }) => names === 2 && score === 0.5)).toBe(true);
    expect(deciles.map(({ probability }) => probability)[0]).toBeCloseTo(0.015, 12);
    expect(deciles.map(({ probability }) => probability)[9]).toBeCloseTo(0.195, 12);
  });

  test("draws whole rows, so that copies of a name within its row add no certainty", () => {
    const pairs = Array.from({ length: 30 }, (_, at) => [(at + 1) / 50, ((at * 7) % 30) / 30] as const);
    const once = confidence(pairs.map((pair, at) => row(at + 1, [pair])));
    const copied = confidence(pairs.map((pair, at) => row(at + 1, [pair, pair, pair])));
    expect(copied.spearman.value).toBeCloseTo(once.spearman.value ?? 0, 12);
    expect(copied.spearman.ci95?.[0]).toBeCloseTo(once.spearman.ci95?.[0] ?? 0, 12);
  });

  test("draws nothing above 1,000 names, and hardly differs from the draws below", () => {
    const rows = (count: number) =>
      Array.from({ length: count }, (_, at) =>
        row(at + 1, [
          [(at + 1) / (count + 1), ((at * 37) % count) / count + at / count],
          [((at * 13) % count) / count, ((at * 29) % count) / count],
        ]),
      );
    const many = testedRows({ stamp: null, rows: rows(3_000) });
    const endless = { seed: 1, draws: 1e9 };
    const found = nameConfidence(many, "quality", endless).spearman;
    expect(nameConfidence(many, "quality", { ...endless, seed: 2 }).spearman).toEqual(found);
    expect(found.ci95?.[0]).toBeLessThan(found.value ?? 0);
    const drawn = confidence(rows(500)).spearman;
    const analytic = confidence(rows(501)).spearman;
    for (const end of [0, 1] as const)
      expect(analytic.ci95?.[end]).toBeCloseTo(drawn.ci95?.[end] ?? Number.NaN, 1);
  });

  test("leaves out unscored rows and names without a probability, and gives the reason without any", () => {
    const unscored = { ...row(1, [[0.5, 1]]), unscored: { reason: "timeout", detail: "" } };
    const found = confidence([unscored, row(2, [[null, 1]])]);
    expect(found).toMatchObject({
      names: 0,
      rows: 0,
      spearman: { value: null, ci95: null, reason: "no name has both a score and a probability" },
    });
    const alike = confidence([row(1, [[0.5, 1]]), row(2, [[0.4, 1]])]);
    expect(alike.spearman.reason).toBe("all names have the same score or the same probability");
    expect(NameConfidenceSchema.parse(alike)).toEqual(alike);
  });
});

test("rankedPairs refuses series of different lengths", () => {
  expect(() => rankedPairs([1], [1, 2])).toThrow(RangeError);
});
