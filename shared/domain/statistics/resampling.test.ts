import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { drawBinomial } from "./binomial.ts";
import { createGenerator } from "./generator.ts";
import { logGamma } from "./normal.ts";
import { QuartetSums } from "./quartetSums.ts";
import { chunkDraws, drawChunk, drawTotals, resamplingPlan } from "./resampling.ts";
import { orderStatistics } from "./select.ts";
import { type Tallies, totalsOf } from "./tallies.ts";

/** Σ (observed − expected)² / expected over the values that are expected at least five times, and their number. */
function chiSquared(n: number, p: number, draws: readonly number[]): { statistic: number; cells: number } {
  const counts = new Map<number, number>();
  for (const draw of draws) counts.set(draw, (counts.get(draw) ?? 0) + 1);
  let statistic = 0;
  let cells = 0;
  for (let k = 0; k <= n; k++) {
    const logChance = logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);
    const expected = draws.length * Math.exp(logChance + k * Math.log(p) + (n - k) * Math.log(1 - p));
    if (expected < 5) continue;
    statistic += ((counts.get(k) ?? 0) - expected) ** 2 / expected;
    cells += 1;
  }
  return { statistic, cells };
}

describe("binomial numbers", () => {
  test.each([
    [12, 0.3],
    [1_000, 0.004],
    [60, 0.4],
    [100_000, 0.25],
    [5_000, 0.83],
  ])("n = %i, p = %f: their frequencies are the binomial's", (n, p) => {
    const generator = createGenerator(n);
    const draws = Array.from({ length: 20_000 }, () => drawBinomial(generator, n, p));
    const { statistic, cells } = chiSquared(n, p, draws);
    // Five standard deviations of χ² above its mean.
    expect(statistic).toBeLessThan(cells + 5 * Math.sqrt(2 * cells));
    expect(statistic).toBeGreaterThan(cells - 5 * Math.sqrt(2 * cells));
  });

  test("are certain at 0 and 1", () => {
    const generator = createGenerator(1);
    expect(drawBinomial(generator, 7, 0)).toBe(0);
    expect(drawBinomial(generator, 7, 1)).toBe(7);
    expect(drawBinomial(generator, 0, 0.5)).toBe(0);
  });
});

test("filling places is drawing one by one", () => {
  const [one, other] = [createGenerator(5), createGenerator(5)];
  const places = new Uint32Array(40);
  one.fillBelow(places, 33, 1_000);
  for (let place = 0; place < 33; place++) expect(places[place]).toBe(other.below(1_000));
  expect(places[33]).toBe(0);
  expect(one.nextWord()).toBe(other.nextWord());
});

test("order statistics are those of a sorted copy", () => {
  const numbers = fc.array(fc.oneof(fc.integer({ min: 0, max: 5 }), fc.double({ noNaN: true })), {
    minLength: 1,
  });
  fc.assert(
    fc.property(numbers, fc.nat(), (values, nat) => {
      const place = nat % values.length;
      const sorted = Float64Array.from(values).sort();
      const [found, next] = orderStatistics(Float64Array.from(values), place);
      // Signs of zero aside.
      expect(found === sorted[place]).toBe(true);
      expect(next === (sorted[place + 1] ?? found)).toBe(true);
    }),
  );
});

test("sums over subsets are sums of some of the rows, and each row is in half of them", () => {
  const rows = Float64Array.from({ length: 2 * 11 }, (_, index) => (index % 2 === 0 ? 2 ** (index / 2) : 0));
  const sums = new QuartetSums(rows, 2, [0]);
  const generator = createGenerator(3);
  const seen = new Array<number>(11).fill(0);
  for (let draw = 0; draw < 4_000; draw++) {
    const subset = sums.draw(generator)[0] as number;
    for (let row = 0; row < 11; row++) seen[row] = (seen[row] as number) + ((subset >> row) & 1);
  }
  for (const count of seen) expect(Math.abs(count - 2_000)).toBeLessThan(5 * Math.sqrt(1_000));
});

/** `groups` rows of (kind, 1, a number of its own where `distinct`). */
function rowsOf(groups: number, distinct: boolean): Tallies {
  const rows = Array.from({ length: groups }, (_, index) => [index % 3, 1, distinct ? Math.sin(index) : 0]);
  return { width: 3, groups, values: Float64Array.from(rows.flat()) };
}

describe("resampling", () => {
  test.each([
    ["counts", 300, false],
    // Two at a time, and an odd one alone; too many for that.
    ["picks", 240, true],
    ["picks", 243, true],
    ["picks", 702, true],
  ] as const)(
    "%s of %i: totals scatter around the data's with the variance of picking rows",
    (kind, groups, distinct) => {
      const tallies = rowsOf(groups, distinct);
      const { plan } = resamplingPlan(tallies);
      expect(plan.kind).toBe(kind);
      // The second column is alike in all rows and needs no drawing.
      expect(plan.columns).toEqual(distinct ? [0, 2] : [0]);
      expect(plan.fixed[1]).toBe(groups);
      const draws = 4_000;
      const totals = drawTotals(plan, 11, draws).filter((_, index) => index % plan.columns.length === 0);
      const mean = totals.reduce((sum, value) => sum + value, 0) / draws;
      const variance = totals.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (draws - 1);
      // Kinds 0, 1, 2 in equal shares: mean 1 and variance 2/3 a row.
      const expected = (groups * 2) / 3;
      expect(Math.abs(mean - (totalsOf(tallies)[0] as number))).toBeLessThan(5 * Math.sqrt(expected / draws));
      expect(variance / expected).toBeGreaterThan(1 - 5 * Math.sqrt(2 / draws));
      expect(variance / expected).toBeLessThan(1 + 5 * Math.sqrt(2 / draws));
    },
  );

  test("chunks can be drawn separately and in any order", () => {
    const { plan } = resamplingPlan(rowsOf(100, true));
    const draws = 2 * chunkDraws + 7;
    const into = new Float64Array(draws * plan.columns.length);
    for (const chunk of [2, 0, 1]) drawChunk(plan, 4, draws, chunk, into);
    expect(into).toEqual(drawTotals(plan, 4, draws));
  });
});
