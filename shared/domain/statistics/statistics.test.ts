import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bcaIntervals } from "./bootstrap.ts";
import { createGenerator } from "./generator.ts";
import { holmAdjusted } from "./holm.ts";
import { mcnemarExact } from "./mcnemar.ts";
import { normalCdf, normalQuantile } from "./normal.ts";
import { exchangeTest, type PermutationOptions } from "./permutation.ts";
import { wilson95 } from "./proportions.ts";
import { talliesOf, totalsOf } from "./tallies.ts";

const options = { seed: 7, draws: 2_000 };
const mean = (totals: Float64Array): number => (totals[0] as number) / (totals[1] as number);
const rowsOf = (values: readonly number[]) =>
  talliesOf(
    values.map((value, index) => ({ group: String(index), vector: [value, 1] })),
    2,
  );

describe("generator", () => {
  test("repeats itself from a seed and covers its range evenly", () => {
    const counts = new Array<number>(10).fill(0);
    const generator = createGenerator(42);
    const again = createGenerator(42);
    for (let draw = 0; draw < 100_000; draw++) {
      const value = generator.below(10);
      expect(again.below(10)).toBe(value);
      counts[value] = (counts[value] as number) + 1;
    }
    const chiSquared = counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
    expect(chiSquared).toBeLessThan(27.88); // 99.9 % of χ² with 9 degrees of freedom
  });
});

describe("normal distribution", () => {
  test("known values of scipy.stats.norm", () => {
    expect(normalCdf(-1.96)).toBeCloseTo(0.024997895148220435, 14);
    expect(normalCdf(3.5)).toBeCloseTo(0.9997673709209645, 14);
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 12);
    expect(normalQuantile(1e-6)).toBeCloseTo(-4.753424308822899, 10);
    expect(normalQuantile(0)).toBe(Number.NEGATIVE_INFINITY);
  });

  test("quantile and probability undo each other", () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-9, max: 1 - 1e-9, noNaN: true }), (p) => {
        expect(normalCdf(normalQuantile(p))).toBeCloseTo(p, 12);
      }),
    );
  });
});

describe("proportions", () => {
  test("Wilson's interval holds the share and narrows with n", () => {
    fc.assert(
      fc.property(fc.nat({ max: 500 }), fc.nat({ max: 500 }), (successes, failures) => {
        fc.pre(successes + failures > 0);
        const n = successes + failures;
        const [low, high] = wilson95(successes, n) as [number, number];
        expect(low).toBeLessThanOrEqual(successes / n);
        expect(high).toBeGreaterThanOrEqual(successes / n);
        const [narrowLow, narrowHigh] = wilson95(successes * 4, n * 4) as [number, number];
        expect(narrowHigh - narrowLow).toBeLessThan(high - low);
      }),
    );
    expect(wilson95(0, 0)).toBeNull();
  });
});

/** The exchange test of a mean of paired differences against none: the sign-flip test. */
function signFlip(differences: readonly number[], options: PermutationOptions): number | null | undefined {
  const column = (values: Float64Array) => ({ width: 1, groups: differences.length, values });
  const zeros = column(new Float64Array(differences.length));
  return exchangeTest(
    zeros,
    column(Float64Array.from(differences)),
    [(totals) => totals[0] as number],
    options,
  )[0];
}

describe("tests", () => {
  test("McNemar is symmetric, 1 without a discordant pair, and exact for large counts", () => {
    expect(mcnemarExact(0, 0)).toBe(1);
    expect(mcnemarExact(1, 6)).toBeCloseTo(0.125, 12);
    fc.assert(
      fc.property(fc.nat({ max: 400 }), fc.nat({ max: 400 }), (b, c) => {
        expect(mcnemarExact(b, c)).toBe(mcnemarExact(c, b));
        expect(mcnemarExact(b, c)).toBeLessThanOrEqual(1);
      }),
    );
  });

  test("the sign-flip test of ±1 differences is McNemar's", () => {
    fc.assert(
      fc.property(fc.nat({ max: 10 }), fc.nat({ max: 10 }), fc.nat({ max: 30 }), (b, c, equal) => {
        const differences = [
          ...new Array<number>(b).fill(-1),
          ...new Array<number>(c).fill(1),
          ...new Array<number>(equal).fill(0),
        ];
        expect(signFlip(differences, options)).toBeCloseTo(mcnemarExact(b, c), 10);
      }),
      { numRuns: 25 },
    );
  });

  test("the exact sign-flip test counts every assignment", () => {
    // |1+2+3| is reached by 2 of 8, |1−2+3| or more by 6 of 8: 2, 4, 4, 6 and their mirrors, 0 twice.
    expect(signFlip([1, 2, 3], options)).toBe(2 / 8);
    expect(signFlip([-1, 2, 3], options)).toBe(4 / 8);
    expect(signFlip([0, 0, 0], options)).toBe(1);
  });

  test("drawn permutations: (1 + hits) / (1 + draws), never 0", () => {
    expect(signFlip(new Array<number>(60).fill(0.5), options)).toBe(1 / 2_001);
    const noise = Array.from({ length: 60 }, (_, index) => (index % 2 === 0 ? 1 : -1) * (1 + index / 60));
    expect(signFlip(noise, options)).toBeGreaterThan(0.5);
    expect(signFlip(noise, options)).toBe(signFlip(noise, options));
  });

  test("a figure that is undefined for the data has no p value", () => {
    const empty = rowsOf([]);
    expect(exchangeTest(empty, empty, [mean], options)).toEqual([null]);
  });

  test("Holm: known answer, order kept, never below the p's themselves", () => {
    const adjusted = holmAdjusted([0.01, 0.04, 0.03, 0.005]);
    const known = [0.03, 0.06, 0.06, 0.02];
    known.forEach((p, index) => {
      expect(adjusted[index]).toBeCloseTo(p, 12);
    });
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true })), (ps) => {
        holmAdjusted(ps).forEach((p, index) => {
          expect(p).toBeGreaterThanOrEqual(ps[index] as number);
          expect(p).toBeLessThanOrEqual(1);
        });
      }),
    );
  });
});

describe("bootstrap", () => {
  test("returns no interval and the reason for few rows, constant data and infinite bias", () => {
    expect(bcaIntervals(rowsOf([1, 2, 3]), [mean], options)[0]).toEqual({
      ci95: null,
      reason: "fewer than 10 rows",
    });
    expect(bcaIntervals(rowsOf(new Array<number>(20).fill(0.5)), [mean], options)[0]?.ci95).toBeNull();
    const roots = Array.from({ length: 30 }, (_, index) => Math.sqrt(index));
    const rows = rowsOf(roots);
    const center = mean(totalsOf(rows));
    const distance = (totals: Float64Array): number => Math.abs(mean(totals) - center);
    const [undefinedFigure, atTheEnd] = bcaIntervals(rows, [() => Number.NaN, distance], options);
    expect(undefinedFigure?.reason).toContain("denominator");
    expect(atTheEnd?.reason).toContain("infinite bias");
  });

  test("returns an interval for values whose cubes underflow", () => {
    const values = [2e-161, ...Array.from({ length: 12 }, () => 0)];
    const [found] = bcaIntervals(rowsOf(values), [mean], options);
    expect(found?.ci95?.[0]).toBe(0);
    expect(found?.ci95?.[1]).toBeGreaterThan(0);
  });

  test("an interval holds the mean, repeats from its seed, and does not depend on scale", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 12, maxLength: 60 }),
        (values) => {
          const [found] = bcaIntervals(rowsOf(values), [mean], options);
          if (found?.ci95 == null) return;
          expect(found).toEqual(bcaIntervals(rowsOf(values), [mean], options)[0]);
          expect(found.ci95[0]).toBeLessThanOrEqual(found.ci95[1]);
          expect(found.ci95[0]).toBeGreaterThanOrEqual(Math.min(...values) - 1e-12);
          expect(found.ci95[1]).toBeLessThanOrEqual(Math.max(...values) + 1e-12);
        },
      ),
      { numRuns: 20 },
    );
  });

  test("an interval at another level is that many of the same draws' quantiles", () => {
    // Symmetric values: no bias, no skew, so that the mean's interval is ±z standard errors.
    const values = Array.from({ length: 400 }, (_, index) => (index + 0.5) / 400);
    const [narrow] = bcaIntervals(rowsOf(values), [mean], { seed: 1, draws: 10_000 });
    const [wide] = bcaIntervals(rowsOf(values), [mean], { seed: 1, draws: 10_000, level: 0.99 });
    const halves = [narrow, wide].map((one) => ((one?.ci95?.[1] ?? 0) - (one?.ci95?.[0] ?? 0)) / 2);
    const error = Math.sqrt(1 / 12 / 400);
    expect((halves[0] ?? 0) / error).toBeCloseTo(1.96, 1);
    expect((halves[1] ?? 0) / error).toBeCloseTo(2.576, 1);
  });

  test("rows of one group stay together: copies do not narrow the interval", () => {
    const values = Array.from({ length: 40 }, (_, index) => ((index * 37) % 40) / 40);
    const copies = values.flatMap((value, index) =>
      Array.from({ length: 4 }, () => ({ group: `g${index}`, vector: [value, 1] })),
    );
    const [grouped] = bcaIntervals(talliesOf(copies, 2), [mean], options);
    const [single] = bcaIntervals(rowsOf(values), [mean], options);
    expect(grouped?.ci95?.[0]).toBeCloseTo(single?.ci95?.[0] ?? Number.NaN, 12);
    expect(grouped?.ci95?.[1]).toBeCloseTo(single?.ci95?.[1] ?? Number.NaN, 12);
  });

  test("evaluates the statistic once per draw, once per omitted group and once for all rows", () => {
    const values = Array.from({ length: 200 }, (_, index) => Math.sin(index));
    let calls = 0;
    const counted: typeof mean = (totals) => {
      calls += 1;
      return mean(totals);
    };
    bcaIntervals(rowsOf(values), [counted], { seed: 1, draws: 1_000 });
    expect(calls).toBe(1_000 + 200 + 1);
  });
});
