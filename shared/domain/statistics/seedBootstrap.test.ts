import { expect, test } from "vitest";
import { seedIntervals } from "./seedBootstrap.ts";
import { type Statistic, type Tallies, talliesOf } from "./tallies.ts";

const rows = 60;
const settings = { seed: 1, draws: 10_000 };
const share: Statistic = ([correct = 0, n = 0]) => (n === 0 ? Number.NaN : correct / n);

/** One seed that is right on the rows that `right` says. */
function seedOf(right: (row: number) => boolean, count = rows): Tallies {
  const vectors = Array.from({ length: count }, (_, row) => ({
    group: String(row),
    vector: [right(row) ? 1 : 0, 1],
  }));
  return talliesOf(vectors, 2);
}

const baseline = seedOf((row) => row % 3 !== 0);
/** Right on 0.80, 1.00 and 0.85 of the rows. */
const seeds = [0, 1, 2].map((seed) => seedOf((row) => (row * (seed + 2) + seed) % (5 + seed) !== 0));

function intervalOf(one: readonly Tallies[], other: readonly Tallies[]): readonly [number, number] {
  const [found] = seedIntervals({ baseline: one, candidate: other }, [share], settings);
  if (found === undefined || found.ci95 === null) throw new Error("no interval");
  return found.ci95;
}

// Known answers: a plain implementation in Python (random.Random(7), 40,000 draws) gives the first two intervals.
test.each([
  ["three seeds against one", [baseline], seeds, 0.0333, 0.4],
  ["one seed against two", seeds.slice(0, 2), [baseline], -0.4333, 0],
])("agrees with an independent implementation: %s", (_, one, other, low, high) => {
  const [from, to] = intervalOf(one, other);
  // One step of a share of 60 rows, averaged over two seeds.
  expect(Math.abs(from - low)).toBeLessThan(1 / 119);
  expect(Math.abs(to - high)).toBeLessThan(1 / 119);
});

test("mirrors when the sides are swapped", () => {
  const [from, to] = intervalOf([baseline], seeds);
  const [swappedFrom, swappedTo] = intervalOf(seeds, [baseline]);
  expect(swappedFrom).toBeCloseTo(-to, 1);
  expect(swappedTo).toBeCloseTo(-from, 1);
});

test("gives seeds' luck the variance of their mean, which rows alone don't show", () => {
  // All rows of a seed are alike. The mean of 0 and 1 has the variance 0.25, as one of the two drawn has.
  const [none, all] = [seedOf(() => false), seedOf(() => true)];
  expect(intervalOf([none], [none, all])).toEqual([0, 1]);
});

test("draws one seed of a single one, and gives no interval where nothing differs or rows are few", () => {
  expect(seedIntervals({ baseline: [baseline], candidate: [baseline] }, [share], settings)).toEqual([
    { ci95: null, reason: "all rows are alike" },
  ]);
  const few = seedOf((row) => row % 2 === 0, 9);
  expect(seedIntervals({ baseline: [few], candidate: [few, few] }, [share], settings)).toEqual([
    { ci95: null, reason: "fewer than 10 rows" },
  ]);
  const undefinedShare = () => Number.NaN;
  const [found] = seedIntervals({ baseline: [baseline], candidate: seeds }, [undefinedShare], settings);
  expect(found).toEqual({ ci95: null, reason: "undefined: a denominator is zero" });
});
