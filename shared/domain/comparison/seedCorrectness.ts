import type { Interval, SliceComparison } from "../../schema/comparison.ts";
import { correctShare } from "../metrics/testedRow.ts";
import { type PairedOutcome, signFlipP } from "../statistics/pairedProportion.ts";
import type { PermutationOptions } from "../statistics/permutation.ts";
import { seedIntervals } from "../statistics/seedBootstrap.ts";
import type { Statistic } from "../statistics/tallies.ts";
import type { RowPair } from "./match.ts";
import { seededTallies, spreadOf, widened } from "./seedTallies.ts";

const share: Statistic = ([correct = 0, rows = 0]) => (rows === 0 ? Number.NaN : correct / rows);

/** Pairs of rows with their correctness averaged over seeds, and the interval of its change over the rows alone. */
interface AveragedPairs {
  /** Those that have a cell of the matrix on both sides. */
  readonly pairs: readonly RowPair[];
  readonly outcomes: readonly PairedOutcome[];
  readonly byRows: Interval;
}

/**
 * Tests the change in safety correctness, averaged over seeds: interval over rows and seeds, at least as wide as `byRows`,
 * p by sign flip over the groups of rows.
 */
export function seedCorrectness(
  { pairs, outcomes, byRows }: AveragedPairs,
  options: PermutationOptions,
): Pick<SliceComparison, "p" | "spread"> & { ci95: Interval; reason?: string } {
  const seeded = seededTallies(pairs, 2, (row, label) => [
    label === null ? 0 : (correctShare(row, label) ?? 0),
    1,
  ]);
  const [drawn] = seedIntervals(seeded, [share], options);
  return {
    ...(drawn === undefined ? { ci95: null } : widened(drawn, byRows)),
    p: signFlipP(outcomes, options),
    spread: spreadOf(seeded, (totals) => share(totals)),
  };
}
