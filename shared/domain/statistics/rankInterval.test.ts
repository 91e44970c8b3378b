import { expect, test } from "vitest";
import { createGenerator } from "./generator.ts";
import { rankedPairs } from "./rankCorrelation.ts";
import { rankInterval } from "./rankInterval.ts";

/** Pairs with many ties, in groups of one to seven that share a part of both values. */
function grouped(seed: number, groupCount: number) {
  const generator = createGenerator(seed);
  const [left, right, groups]: [number[], number[], number[]] = [[], [], []];
  for (let group = 0; group < groupCount; group++) {
    const shared = generator.unit();
    for (let member = 0; member <= group % 7; member++) {
      left.push(Math.round(8 * (shared + generator.unit())));
      right.push(Math.round(5 * (shared + 2 * generator.unit())));
      groups.push(group);
    }
  }
  return { left, right, groups: Uint32Array.from(groups) };
}

test("rankInterval is as wide as the jackknife over groups says, with ties and unequal groups", () => {
  const count = 400;
  const { left, right, groups } = grouped(3, count);
  const pairs = rankedPairs(left, right);
  const value = pairs.correlation(new Uint32Array(left.length).fill(1));
  const without = Array.from({ length: count }, (_, group) =>
    pairs.correlation(groups.map((one) => (one === group ? 0 : 1))),
  );
  const mean = without.reduce((sum, one) => sum + one, 0) / count;
  const error = Math.sqrt(((count - 1) / count) * without.reduce((sum, one) => sum + (one - mean) ** 2, 0));
  const [low, high] = rankInterval(left, right, groups).ci95 ?? [0, 0];
  expect((Math.atanh(low) + Math.atanh(high)) / 2).toBeCloseTo(Math.atanh(value), 12);
  // scipy.stats.t.ppf(0.975, 399) is 1.9659; the jackknife differs in terms of 1 / groups.
  const found = (Math.atanh(high) - Math.atanh(low)) / 2 / 1.9659;
  expect(found / (error / (1 - value ** 2))).toBeCloseTo(1, 2);
});

test("rankInterval gives each side's order the same weight and turns with a turned side", () => {
  const { left, right, groups } = grouped(5, 60);
  const [low, high] = rankInterval(left, right, groups).ci95 ?? [0, 0];
  const [swappedLow, swappedHigh] = rankInterval(right, left, groups).ci95 ?? [0, 0];
  expect(swappedLow).toBeCloseTo(low, 12);
  expect(swappedHigh).toBeCloseTo(high, 12);
  const turned = rankInterval(
    left.map((value) => -value),
    right,
    groups,
  );
  expect(turned.ci95?.[0]).toBeCloseTo(-high, 12);
});

test("rankInterval covers the true correlation in about 0.95 of the samples of 20 groups", () => {
  // Independent sides that are constant within a group: the true correlation is 0.
  let covered = 0;
  for (let seed = 1; seed <= 400; seed++) {
    const generator = createGenerator(seed);
    const ends = Array.from({ length: 20 }, () => [generator.unit(), generator.unit()] as const);
    const copies = ends.flatMap((pair, group) => Array.from({ length: 3 }, () => ({ pair, group })));
    const { ci95 } = rankInterval(
      copies.map(({ pair }) => pair[0]),
      copies.map(({ pair }) => pair[1]),
      Uint32Array.from(copies, ({ group }) => group),
    );
    if (ci95 !== null && ci95[0] <= 0 && ci95[1] >= 0) covered += 1;
  }
  expect(covered / 400).toBeGreaterThan(0.92);
  expect(covered / 400).toBeLessThan(0.99);
});

test("rankInterval has none where both sides have one order", () => {
  const values = Array.from({ length: 20 }, (_, at) => at);
  expect(rankInterval(values, values, Uint32Array.from(values))).toEqual({
    ci95: null,
    reason: "all rows are alike",
  });
});
