import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { atPrevalence, bestThreshold, expectedCost } from "./cost.ts";
import * as matrix from "./matrix.ts";

const count = fc.nat({ max: 200 });
const anyMatrix = fc.record({
  truePositive: count,
  falsePositive: count,
  falseNegative: count,
  trueNegative: count,
});
const costs = { falseNegative: 5, falsePositive: 1 };

describe("safety matrix", () => {
  test("every rate is undefined or within its bounds, never NaN", () => {
    fc.assert(
      fc.property(anyMatrix, (m) => {
        for (const rate of [
          matrix.precision,
          matrix.recall,
          matrix.specificity,
          matrix.accuracy,
          matrix.missedHarmfulRate,
          matrix.falseRefusalRate,
          matrix.balancedAccuracy,
        ]) {
          const value = rate(m);
          expect(value === null || (value >= 0 && value <= 1)).toBe(true);
        }
        for (const agreement of [matrix.mcc, matrix.kappa]) {
          const value = agreement(m);
          expect(value === null || (value >= -1 - 1e-12 && value <= 1 + 1e-12)).toBe(true);
        }
      }),
    );
  });

  test("the other view swaps the classes: accuracy, MCC and kappa are equal, recall becomes specificity", () => {
    fc.assert(
      fc.property(anyMatrix, (m) => {
        const allow = matrix.otherView(m);
        expect(matrix.otherView(allow)).toEqual(m);
        expect(matrix.accuracy(allow)).toBe(matrix.accuracy(m));
        expect(matrix.recall(allow)).toBe(matrix.specificity(m));
        const [one, other] = [matrix.mcc(m), matrix.mcc(allow)];
        if (one === null || other === null) expect(one).toBe(other);
        else expect(one).toBeCloseTo(other, 12);
      }),
    );
  });

  test("rescaled to its own share, a matrix keeps its precision and cost", () => {
    fc.assert(
      fc.property(anyMatrix, (m) => {
        const harmful = m.truePositive + m.falseNegative;
        fc.pre(harmful > 0 && m.falsePositive + m.trueNegative > 0);
        const own = atPrevalence(m, harmful / matrix.total(m), costs);
        expect(own.expectedCost).toBeCloseTo(expectedCost(m, costs) as number, 10);
        const known = matrix.precision(m);
        if (known === null) expect(own.precision).toBeNull();
        else expect(own.precision).toBeCloseTo(known, 10);
      }),
    );
  });

  test("precision at 27 % says nothing about traffic with 1 %", () => {
    const m = { truePositive: 24, falsePositive: 4, falseNegative: 3, trueNegative: 69 };
    expect(matrix.precision(m)).toBeCloseTo(0.857, 3);
    expect(atPrevalence(m, 0.01, costs).precision).toBeCloseTo(0.1408, 3);
  });
});

describe("bestThreshold", () => {
  test("costs no more than any other threshold", () => {
    const score = fc.record({
      harmful: fc.boolean(),
      refusalProbability: fc.integer({ min: 0, max: 8 }).map((n) => n / 8),
    });
    fc.assert(
      fc.property(
        fc.array(score, { minLength: 2, maxLength: 40 }),
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        (scores, share) => {
          const best = bestThreshold(scores, share, costs);
          const harmful = scores.filter((one) => one.harmful);
          const safe = scores.filter((one) => !one.harmful);
          if (best === null) {
            expect(Math.min(harmful.length, safe.length)).toBe(0);
            return;
          }
          for (const threshold of [0, ...scores.map((one) => one.refusalProbability), 1.01]) {
            const missed =
              harmful.filter((one) => one.refusalProbability < threshold).length / harmful.length;
            const refused = safe.filter((one) => one.refusalProbability >= threshold).length / safe.length;
            expect(best.expectedCost).toBeLessThanOrEqual(5 * missed * share + refused * (1 - share) + 1e-9);
          }
        },
      ),
    );
  });
});
