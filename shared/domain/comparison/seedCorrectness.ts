import type { ComparisonSettings, Interval, SliceComparison } from "../../schema/comparison.ts";
import { correctShare } from "../metrics/testedRow.ts";
import { exchangeTest } from "../statistics/permutation.ts";
import { seedIntervals } from "../statistics/seedBootstrap.ts";
import { type Statistic, type Tallies, talliesOf } from "../statistics/tallies.ts";
import type { RowPair } from "./match.ts";
import { seededTallies, spreadOf, widened } from "./seedTallies.ts";

const share: Statistic = ([correct = 0, rows = 0]) => (rows === 0 ? Number.NaN : correct / rows);

/**
 * Tests the change in safety correctness, averaged over seeds: interval over rows and seeds, at least as wide as `byRows`,
 * p by sign flip over the groups of rows. The pairs have a cell of the matrix on both sides.
 */
export function seedCorrectness(
  pairs: readonly RowPair[],
  byRows: Interval,
  settings: Pick<ComparisonSettings, "seed" | "draws">,
): Pick<SliceComparison, "p" | "spread"> & { ci95: Interval; reason?: string } {
  const seeded = seededTallies(pairs, 2, (row, label) => [
    label === null ? 0 : (correctShare(row, label) ?? 0),
    1,
  ]);
  const [drawn] = seedIntervals(seeded, [share], settings);
  const [p] = exchangeTest(averaged(pairs, "baseline"), averaged(pairs, "candidate"), [share], settings);
  return {
    ...(drawn === undefined ? { ci95: null } : widened(drawn, byRows)),
    p: p ?? 1,
    spread: spreadOf(seeded, (totals) => share(totals)),
  };
}

function averaged(pairs: readonly RowPair[], side: "baseline" | "candidate"): Tallies {
  return talliesOf(
    pairs.map((pair) => {
      const label = pair[`${side}Label`];
      return {
        group: pair.baseline.group,
        vector: [label === null ? 0 : (correctShare(pair[side], label) ?? 0), 1],
      };
    }),
    2,
  );
}
