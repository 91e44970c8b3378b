import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { aurocDifference, aurocOf } from "./auroc.ts";
import { calibrationOf } from "./calibration.ts";
import { rocCurve } from "./figures.ts";
import knownAnswers from "./operating-cases.json" with { type: "json" };
import type { LabeledScore } from "./scores.ts";
import { cheapestThreshold, chooseThreshold } from "./thresholdChoice.ts";
import { trivialPolicy } from "./trivial.ts";

const Pair = z.tuple([z.number(), z.number()]);
const CasesSchema = z.strictObject({
  source: z.string(),
  cases: z.array(
    z.strictObject({
      harmfulShare: z.number(),
      costs: z.strictObject({ falseNegative: z.number(), falsePositive: z.number() }),
      rows: z.array(
        z.strictObject({
          harmful: z.boolean(),
          group: z.string(),
          baseline: z.number(),
          candidate: z.number(),
        }),
      ),
      known: z.strictObject({
        auroc: z.number(),
        aurocCi95: Pair,
        difference: z.number(),
        differenceCi95: Pair,
        p: z.number(),
        brier: z.number(),
        ece: z.number(),
        threshold: z.number(),
        expectedCost: z.number(),
        answerAll: z.number(),
        refuseAll: z.number(),
      }),
      bootstrap: z.strictObject({ costCi95: Pair, optimism: z.number() }),
    }),
  ),
});
const { cases } = CasesSchema.parse(knownAnswers);

const closeTo = (actual: readonly number[] | null, known: readonly number[], digits: number) => {
  expect(actual).not.toBeNull();
  known.forEach((value, index) => {
    expect(actual?.[index]).toBeCloseTo(value, digits);
  });
};
const blockedBy = (rows: readonly LabeledScore[], threshold: number) =>
  rows.map(({ score }) => score >= threshold);
const resampling = { seed: 1, draws: 4000 };

describe.each(cases)("known answers at share $harmfulShare, $rows.length rows", (known) => {
  const side = (name: "baseline" | "candidate") =>
    known.rows.map(({ harmful, group, ...scores }) => ({ harmful, group, score: scores[name] }));
  const [baseline, candidate] = [side("baseline"), side("candidate")];

  test("AUROC, DeLong's interval and paired test", () => {
    const { value, ci95 } = aurocOf(baseline);
    expect(value).toBeCloseTo(known.known.auroc, 9);
    closeTo(ci95, known.known.aurocCi95, 9);
    const difference = aurocDifference(baseline, candidate);
    expect(difference.difference).toBeCloseTo(known.known.difference, 9);
    expect(difference.p).toBeCloseTo(known.known.p, 9);
    closeTo(difference.ci95, known.known.differenceCi95, 9);
  });

  test("Brier score and calibration error", () => {
    const { brier, ece, bins } = calibrationOf(candidate);
    expect(brier).toBeCloseTo(known.known.brier, 9);
    expect(ece).toBeCloseTo(known.known.ece, 9);
    expect(bins.reduce((sum, { n }) => sum + n, 0)).toBe(candidate.length);
  });

  test("the cheapest threshold beside the trivial policies", () => {
    const { harmfulShare, costs } = known;
    const choice = chooseThreshold(candidate, { harmfulShare, costs, ...resampling });
    expect(choice.chosen?.expectedCost.value).toBeCloseTo(known.known.expectedCost, 9);
    expect(choice.answerAll?.expectedCost.value).toBeCloseTo(known.known.answerAll, 9);
    expect(choice.refuseAll?.expectedCost.value).toBeCloseTo(known.known.refuseAll, 9);
    expect(blockedBy(candidate, choice.chosen?.threshold ?? Number.NaN)).toEqual(
      blockedBy(candidate, known.known.threshold),
    );
    closeTo(choice.chosen?.expectedCost.ci95 ?? null, known.bootstrap.costCi95, 1);
    expect(choice.chosen?.optimism).toBeCloseTo(known.bootstrap.optimism, 1);
    const lowest = Math.min(...choice.costCurve.map(({ expectedCost }) => expectedCost));
    expect(lowest).toBe(choice.chosen?.expectedCost.value);
  });
});

const rowsOf = (scores: readonly number[], harmful: readonly boolean[]): LabeledScore[] =>
  scores.map((score, row) => ({ score, harmful: harmful[row] ?? false, group: `row ${row}` }));
const anyRows = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 50 }), fc.boolean()), { minLength: 12, maxLength: 60 })
  .map((rows) =>
    rowsOf(
      rows.map(([score]) => score / 50),
      rows.map(([, harmful]) => harmful),
    ),
  );

describe("areas", () => {
  test("an interval never shrinks to a point, and swapping the versions mirrors it", () => {
    fc.assert(
      fc.property(anyRows, fc.integer({ min: 1, max: 1000 }), (rows, seed) => {
        const other = rows.map((row, place) => ({ ...row, score: ((place * seed) % 53) / 53 }));
        const { ci95, value } = aurocOf(rows);
        if (ci95 !== null) expect(ci95[1] - ci95[0]).toBeGreaterThan(0);
        else if (value !== null) expect(aurocOf(rows).reason).toBeDefined();
        const [forth, back] = [aurocDifference(rows, other), aurocDifference(other, rows)];
        expect(forth.p ?? -1).toBeCloseTo(back.p ?? -1, 12);
        if (forth.ci95 !== null) closeTo(back.ci95, [-forth.ci95[1], -forth.ci95[0]], 12);
      }),
      { numRuns: 200 },
    );
  });

  test("equals the trapezoids under the ROC curve", () => {
    fc.assert(
      fc.property(anyRows, (rows) => {
        const curve = rocCurve(rows, 0.3, 1);
        const area = curve.slice(1).reduce((sum, point, index) => {
          const before = curve[index] ?? point;
          return (
            sum + ((point.falseRefusalRate - before.falseRefusalRate) * (point.recall + before.recall)) / 2
          );
        }, 0);
        expect(area).toBeCloseTo(aurocOf(rows).value ?? 0, 12);
      }),
      { numRuns: 100 },
    );
  });

  test("the ROC curve of many rows has few points, both ends and the chosen one", () => {
    const scores = Array.from({ length: 20_000 }, (_, at) => (at + 1) / 20_001);
    const rows = rowsOf(
      scores,
      scores.map((_, at) => (at * 7) % 20_000 < at),
    );
    const chosen = scores[12_345] as number;
    const curve = rocCurve(rows, 0.3, chosen);
    expect(curve.length).toBeLessThan(410);
    expect(curve.at(0)).toMatchObject({ threshold: 1, recall: 0 });
    expect(curve.at(-1)).toMatchObject({ threshold: 0, recall: 1, falseRefusalRate: 1 });
    const above = rows.filter(({ score, harmful }) => harmful && score >= chosen).length;
    const recall = above / rows.filter(({ harmful }) => harmful).length;
    expect(curve.map((point) => point.recall)).toContain(recall);
  });

  test("equal orders have p = 1 and no interval", () => {
    const rows = rowsOf([0.1, 0.2, 0.3, 0.4], [false, true, false, true]);
    const squared = rows.map((row) => ({ ...row, score: row.score ** 2 }));
    expect(aurocDifference(rows, squared)).toEqual({
      difference: 0,
      ci95: null,
      p: 1,
      reason: "the two files rank the rows alike",
    });
  });

  const half = [false, false, false, false, false, false, true, true, true, true, true, true];
  test.each([
    ["a perfect order", half.map((_, row) => row / 12), half, 1, "every harmful row is above every safe one"],
    [
      "a reversed order",
      half.map((_, row) => 1 - row / 12),
      half,
      0,
      "every harmful row is below every safe one",
    ],
    ["equal probabilities", half.map(() => 0.3), half, 0.5, "all probabilities are equal"],
    ["one class", half.map((_, row) => row / 12), half.map(() => true), null, "only one class of rows"],
    ["no rows", [], [], null, "only one class of rows"],
    ["one row of a class", [0.1, 0.2, 0.3], [false, true, true], 1, "fewer than two groups of a class"],
    ["few rows", [0.1, 0.4, 0.3, 0.5], [false, false, true, true], 0.75, "fewer than 10 rows"],
  ])("%s has a reason in place of an interval", (_, scores, harmful, value, reason) => {
    expect(aurocOf(rowsOf(scores, harmful))).toMatchObject({ value, ci95: null, reason });
  });

  test("two versions on few rows have a difference, but neither interval nor p", () => {
    const [one, other] = [
      [0.1, 0.4, 0.3, 0.5],
      [0.1, 0.2, 0.3, 0.5],
    ];
    const harmful = [false, false, true, true];
    expect(aurocDifference(rowsOf(one, harmful), rowsOf(other, harmful))).toEqual({
      difference: 0.25,
      ci95: null,
      p: null,
      reason: "fewer than 10 rows",
    });
  });
});

describe("thresholds", () => {
  const costs = { falseNegative: 5, falsePositive: 1 };

  test("are the shortest decimals that refuse the same rows", () => {
    const rows = rowsOf([0.0258123, 0.0265341, 0.0281], [false, true, true]);
    const choice = chooseThreshold(rows, { costs, harmfulShare: null, seed: 1, draws: 100 });
    expect(choice.chosen?.threshold).toBe(0.026);
    expect(choice.chosen?.expectedCost).toEqual({ value: 0, ci95: null, reason: "fewer than 10 rows" });
    expect([choice.answerAll?.threshold, choice.refuseAll?.threshold]).toEqual([1, 0]);
    // Their cost follows from the harmful share alone.
    expect([choice.answerAll, choice.refuseAll].map((policy) => policy?.expectedCost.ci95)).toEqual([
      null,
      null,
    ]);
  });

  test("refuse exactly as many rows as their cut, whatever the scores", () => {
    fc.assert(
      fc.property(anyRows, fc.double({ min: 0.01, max: 0.99, noNaN: true }), (rows, harmfulShare) => {
        const { chosen, answerAll, refuseAll } = chooseThreshold(rows, {
          costs,
          harmfulShare,
          seed: 1,
          draws: 100,
        });
        if (chosen === null) return;
        const refused = rows.filter(({ score, harmful }) => !harmful && score >= chosen.threshold).length;
        const safe = rows.filter(({ harmful }) => !harmful).length;
        expect(chosen.falseRefusalRate.value).toBeCloseTo(refused / safe, 12);
        const trivial = [refuseAll, ...(rows.some(({ score }) => score === 1) ? [] : [answerAll])];
        for (const policy of trivial)
          expect(chosen.expectedCost.value).toBeLessThanOrEqual((policy?.expectedCost.value ?? 0) + 1e-12);
      }),
      { numRuns: 100 },
    );
  });

  test("never promise to answer a row whose probability is 1, however cheap that would be", () => {
    const rows = rowsOf([0.1, 0.2, 1], [true, false, false]);
    const cheap = { costs: { falseNegative: 0, falsePositive: 1 }, harmfulShare: 0.1, seed: 1, draws: 100 };
    const { chosen, answerAll } = chooseThreshold(rows, cheap);
    expect(answerAll?.expectedCost.value).toBe(0);
    expect(chosen).toMatchObject({ threshold: 1, falseRefusalRate: { value: 0.5 } });
    expect(chosen?.expectedCost.value).toBeCloseTo(0.45, 12);
    expect(cheapestThreshold(rows, cheap)).toMatchObject({
      threshold: 1,
      expectedCost: chosen?.expectedCost.value,
    });
    expect(chosen === null ? null : trivialPolicy(chosen)).toBeNull();
  });

  test("that amount to a trivial policy are named", () => {
    const rows = rowsOf([0.1, 0.2, 0.3, 0.4], [false, true, false, true]);
    const named = (falseNegative: number, falsePositive: number) => {
      const asked = { costs: { falseNegative, falsePositive }, harmfulShare: 0.1, seed: 1, draws: 100 };
      const { chosen } = chooseThreshold(rows, asked);
      return chosen === null ? null : [chosen.threshold, trivialPolicy(chosen)];
    };
    expect(named(0, 1)).toEqual([1, "answer everything"]);
    expect(named(1, 0)).toEqual([0.2, null]);
    expect(
      chooseThreshold(rowsOf([0.5, 0.5], [true, false]), { costs, harmfulShare: 0.9, seed: 1, draws: 100 })
        .chosen?.threshold,
    ).toBe(0);
  });

  test("draw the same intervals again, over groups where rows form groups", () => {
    const rows = Array.from({ length: 60 }, (_, row) => ({
      harmful: row % 3 === 0,
      score: ((row * 37) % 60) / 60,
      group: `row ${row}`,
    }));
    const ask = (some: readonly LabeledScore[]) =>
      chooseThreshold(some, { costs, harmfulShare: null, seed: 7, draws: 1000 }).chosen;
    expect(ask(rows)).toEqual(ask(rows));
    // Each row twice says no more than once: without groups the interval would be narrower.
    const twice = [...rows, ...rows];
    const width = (ci95: readonly number[] | null | undefined) => (ci95?.[1] ?? 0) - (ci95?.[0] ?? 0);
    expect(width(ask(twice)?.expectedCost.ci95)).toBeCloseTo(width(ask(rows)?.expectedCost.ci95), 6);
  });

  test("aren't chosen where a class is absent", () => {
    const choice = chooseThreshold(rowsOf([0.1, 0.2], [true, true]), {
      costs,
      harmfulShare: 0.1,
      seed: 1,
      draws: 100,
    });
    expect([choice.chosen, choice.answerAll, choice.costCurve]).toEqual([null, null, []]);
  });
});
