import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { atPrevalence, expectedCost } from "./cost.ts";
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
