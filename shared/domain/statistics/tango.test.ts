import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { logGamma } from "./normal.ts";
import { type DiscordantPairs, tangoPaired } from "./tango.ts";
import knownAnswers from "./tango-cases.json" with { type: "json" };

const interval = (onlyCandidate: number, onlyBaseline: number, n: number): [number, number] =>
  tangoPaired({ onlyBaseline, onlyCandidate, n }) as [number, number];

const tables = fc
  .tuple(fc.nat({ max: 80 }), fc.nat({ max: 80 }), fc.nat({ max: 400 }))
  .map(
    ([onlyBaseline, onlyCandidate, same]): DiscordantPairs => ({
      onlyBaseline,
      onlyCandidate,
      n: onlyBaseline + onlyCandidate + same,
    }),
  )
  .filter(({ n }) => n > 0);

describe("Tango's interval", () => {
  test("agrees with the numeric maximum of the likelihood", () => {
    expect(knownAnswers.intervals.length).toBeGreaterThan(10);
    for (const { onlyCandidate, onlyBaseline, n, ci95 } of knownAnswers.intervals) {
      const [low, high] = interval(onlyCandidate, onlyBaseline, n);
      expect(low).toBeCloseTo(ci95[0] as number, 12);
      expect(high).toBeCloseTo(ci95[1] as number, 12);
    }
  });

  test.each([
    [12, 2, 50, 0.061112406, 0.344708748],
    [0, 0, 30, -0.113513393, 0.113513393],
    [1, 0, 30, -0.08396384, 0.16670391],
    [5, 1, 60, -0.017906079, 0.167409432],
    [20, 14, 230, -0.024641664, 0.078191569],
    [0, 3, 13, -0.502563759, 0.049963535],
  ])("published answer of %i and %i discordant pairs of %i", (more, fewer, n, low, high) => {
    const found = interval(more, fewer, n);
    expect(Math.abs(found[0] - low)).toBeLessThan(1e-8);
    expect(Math.abs(found[1] - high)).toBeLessThan(1e-8);
  });

  test.each([
    [0, 0, 100, -0.062221, 0.062221],
    [0, 0, 30, -0.181109, 0.181109],
    [12, 2, 50, 0.008798, 0.392504],
    [20, 14, 230, -0.042055, 0.096318],
    [5, 1, 60, -0.058064, 0.208641],
  ])(
    "numeric maximum of the likelihood at a level of 0.99: %i and %i discordant pairs of %i",
    (more, fewer, n, low, high) => {
      const found = tangoPaired({ onlyBaseline: fewer, onlyCandidate: more, n }, 0.99) as [number, number];
      expect(found[0]).toBeCloseTo(low, 5);
      expect(found[1]).toBeCloseTo(high, 5);
      const [wideLow, wideHigh] = interval(more, fewer, n);
      expect(found[0]).toBeLessThan(wideLow);
      expect(found[1]).toBeGreaterThan(wideHigh);
    },
  );

  test("keeps its width where no pair differs, and is null without a pair", () => {
    expect(interval(0, 0, 1)[1]).toBeCloseTo(0.793, 3);
    expect(interval(0, 0, 100)[1]).toBeCloseTo(0.037, 4);
    expect(tangoPaired({ onlyBaseline: 0, onlyCandidate: 0, n: 0 })).toBeNull();
    expect(tangoPaired({ onlyBaseline: 0, onlyCandidate: 0, n: 0 }, 0.99)).toBeNull();
  });

  test("holds the difference, is never a point, and is mirrored by swapping the sides", () => {
    fc.assert(
      fc.property(tables, (pairs) => {
        const [low, high] = tangoPaired(pairs) as [number, number];
        const difference = (pairs.onlyCandidate - pairs.onlyBaseline) / pairs.n;
        expect(low).toBeLessThanOrEqual(difference);
        expect(high).toBeGreaterThanOrEqual(difference);
        expect(high - low).toBeGreaterThan(1 / (pairs.n + 4));
        const mirrored = interval(pairs.onlyBaseline, pairs.onlyCandidate, pairs.n);
        expect(mirrored).toEqual([-high, -low]);
      }),
    );
  });
});

/** The probability that the interval holds the difference: over every table, so that no draw is needed. */
function coverage(n: number, discordant: number, difference: number): number {
  const [more, fewer] = [(discordant + difference) / 2, (discordant - difference) / 2];
  const logFactorial = (count: number): number => logGamma(count + 1);
  const logPower = (count: number, share: number): number => (count === 0 ? 0 : count * Math.log(share));
  let covered = 0;
  for (let candidate = 0; candidate <= n; candidate++) {
    for (let baseline = 0; candidate + baseline <= n; baseline++) {
      const same = n - candidate - baseline;
      const logProbability =
        logFactorial(n) -
        logFactorial(candidate) -
        logFactorial(baseline) -
        logFactorial(same) +
        logPower(candidate, more) +
        logPower(baseline, fewer) +
        logPower(same, 1 - discordant);
      if (logProbability < -30) continue;
      const [low, high] = interval(candidate, baseline, n);
      if (low <= difference && difference <= high) covered += Math.exp(logProbability);
    }
  }
  return covered;
}

describe("the coverage of Tango's interval", () => {
  test.each([
    [30, 0.2, 0],
    [30, 0.4, 0.2],
    [60, 0.1, 0.05],
    [60, 0.4, 0],
    [100, 0.1, 0],
    [100, 0.2, 0.1],
    [230, 0.05, 0],
    [230, 0.2, 0.05],
  ])(
    "is 93 to 97 %% with at least five discordant pairs expected: n %i, %f discordant, difference %f",
    (n, discordant, difference) => {
      const covered = coverage(n, discordant, difference);
      expect(covered).toBeGreaterThan(0.93);
      expect(covered).toBeLessThan(0.97);
    },
  );

  test.each([
    [20, 0.05, 0],
    [30, 0.05, 0],
    [60, 0.02, 0],
    [30, 0.1, 0.05],
  ])(
    "is above 97 %% where discordant pairs are rare, which is cautious: n %i, %f discordant",
    (n, discordant, difference) => {
      expect(coverage(n, discordant, difference)).toBeGreaterThan(0.97);
    },
  );
});
