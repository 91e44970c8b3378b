import { describe, expect, test } from "vitest";
import { z } from "zod";
import { bcaIntervals } from "../statistics/bootstrap.ts";
import { mcnemarExact } from "../statistics/mcnemar.ts";
import { pairedDifference } from "../statistics/paired.ts";
import { wilson95 } from "../statistics/proportions.ts";
import { agreement } from "./agreement.ts";
import * as matrix from "./matrix.ts";
import knownAnswers from "./metrics-cases.json" with { type: "json" };

const Maybe = z.number().nullable();
const CasesSchema = z.strictObject({
  source: z.string(),
  confusion: z.array(
    z.strictObject({
      positive: z.literal("block"),
      counts: z.strictObject({
        truePositive: z.number(),
        falsePositive: z.number(),
        falseNegative: z.number(),
        trueNegative: z.number(),
      }),
      precision: Maybe,
      recall: Maybe,
      specificity: Maybe,
      f1: Maybe,
      f2: Maybe,
      accuracy: Maybe,
      balancedAccuracy: Maybe,
      mcc: Maybe,
      kappa: Maybe,
      accuracyWilson95: z.tuple([z.number(), z.number()]),
    }),
  ),
  mcnemarExact: z.array(
    z.strictObject({ onlyBaselineCorrect: z.number(), onlyCandidateCorrect: z.number(), pValue: z.number() }),
  ),
  pairedDifference: z.array(
    z.strictObject({
      baseline: z.array(z.number()),
      candidate: z.array(z.number()),
      meanDifference: z.number(),
      standardError: z.number(),
      tTestP: z.number(),
      bootstrapBca95: z.tuple([z.number(), z.number()]),
      bootstrapTolerance: z.number(),
    }),
  ),
  agreement: z.array(
    z.strictObject({
      judge: z.array(z.number()),
      human: z.array(z.number()),
      pearson: Maybe,
      spearman: Maybe,
      kappaQuadratic: Maybe,
      meanAbsoluteError: Maybe,
    }),
  ),
});

const cases = CasesSchema.parse(knownAnswers);

function expectFigure(actual: number | null, known: number | null): void {
  if (known === null || actual === null) expect(actual).toBe(known);
  else expect(actual).toBeCloseTo(known, 9);
}

describe("known answers of scikit-learn, scipy and statsmodels", () => {
  test.each(cases.confusion)("confusion $counts", ({ counts, positive: _, accuracyWilson95, ...known }) => {
    expectFigure(matrix.precision(counts), known.precision);
    expectFigure(matrix.recall(counts), known.recall);
    expectFigure(matrix.specificity(counts), known.specificity);
    expectFigure(matrix.fBeta(counts, 1), known.f1);
    expectFigure(matrix.fBeta(counts, 2), known.f2);
    expectFigure(matrix.accuracy(counts), known.accuracy);
    expectFigure(matrix.balancedAccuracy(counts), known.balancedAccuracy);
    expectFigure(matrix.mcc(counts), known.mcc);
    expectFigure(matrix.kappa(counts), known.kappa);
    const interval = wilson95(counts.truePositive + counts.trueNegative, matrix.total(counts));
    expect(interval?.[0]).toBeCloseTo(accuracyWilson95[0], 9);
    expect(interval?.[1]).toBeCloseTo(accuracyWilson95[1], 9);
  });

  test.each(cases.mcnemarExact)("McNemar $onlyBaselineCorrect : $onlyCandidateCorrect", (known) => {
    expect(mcnemarExact(known.onlyBaselineCorrect, known.onlyCandidateCorrect)).toBeCloseTo(known.pValue, 9);
  });

  test.each(cases.pairedDifference)("paired difference $meanDifference", (known) => {
    const paired = pairedDifference(known.baseline, known.candidate);
    expect(paired.mean).toBeCloseTo(known.meanDifference, 9);
    expect(paired.standardError).toBeCloseTo(known.standardError, 9);
    expect(paired.tTestP).toBeCloseTo(known.tTestP, 9);
    const values = Float64Array.from(
      known.candidate.map((value, index) => value - (known.baseline[index] as number)),
    );
    const tallies = { width: 1, groups: values.length, values };
    const [interval] = bcaIntervals(tallies, [(totals) => (totals[0] as number) / values.length], {
      seed: 1,
      draws: 10_000,
      fewest: 1,
    });
    expect(Math.abs((interval?.ci95?.[0] ?? Number.NaN) - known.bootstrapBca95[0])).toBeLessThan(
      known.bootstrapTolerance,
    );
    expect(Math.abs((interval?.ci95?.[1] ?? Number.NaN) - known.bootstrapBca95[1])).toBeLessThan(
      known.bootstrapTolerance,
    );
  });

  test.each(cases.agreement)("agreement, r = $pearson", (known) => {
    const found = agreement(known.judge, known.human);
    expectFigure(found.pearson, known.pearson);
    expectFigure(found.spearman, known.spearman);
    expectFigure(found.kappaQuadratic, known.kappaQuadratic);
    expectFigure(found.meanAbsoluteError, known.meanAbsoluteError);
  });
});
