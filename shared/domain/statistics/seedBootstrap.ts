import { type BootstrapInterval, type BootstrapOptions, constantDraws } from "./bootstrap.ts";
import { createGenerator, type Generator } from "./generator.ts";
import { drawTotals, resamplingPlan } from "./resampling.ts";
import type { Statistic, Tallies } from "./tallies.ts";

/** What each seed of a version did, over the same groups in the same order, at least one seed on each side. */
export interface SeededTallies {
  readonly baseline: readonly Tallies[];
  readonly candidate: readonly Tallies[];
}

/**
 * Percentile intervals, at 95 % unless another level is asked for, of statistic(candidate) − statistic(baseline) over rows and seeds. Each draw takes groups of
 * rows with replacement, the same for every seed, and on each side one seed fewer than there are, with replacement:
 * that many make the variance of the seeds' mean unbiased (Rao and Wu, JASA 83, 1988), where as many as there are would
 * make it a third too small with three seeds. A single seed is always taken. None for fewer than ten groups, constant
 * draws, or a statistic that is undefined on the data or in over 1 % of the draws.
 */
export function seedIntervals(
  seeded: SeededTallies,
  statistics: readonly Statistic[],
  { seed, draws, fewest = 10, level = 0.95 }: BootstrapOptions,
): BootstrapInterval[] {
  const { baseline, candidate } = seeded;
  const all = [...baseline, ...candidate];
  const { width, groups } = all[0] as Tallies;
  if (groups < fewest) return statistics.map(() => ({ ci95: null, reason: `fewer than ${fewest} rows` }));
  const { plan } = resamplingPlan(sideBySide(all));
  const rows = drawTotals(plan, seed, draws);
  const generator = createGenerator(seed ^ 0x5eed5eed);
  const totals = plan.fixed.slice();
  const sides = [new Float64Array(width), new Float64Array(width)] as const;
  const drawn = statistics.map(() => new Float64Array(draws));
  for (let draw = 0, at = 0; draw < draws; draw++) {
    for (const column of plan.columns) totals[column] = rows[at++] as number;
    drawSeeds(generator, totals, 0, baseline.length, sides[0]);
    drawSeeds(generator, totals, baseline.length, candidate.length, sides[1]);
    statistics.forEach((statistic, index) => {
      (drawn[index] as Float64Array)[draw] = statistic(sides[1]) - statistic(sides[0]);
    });
  }
  const observed = [meanTotals(baseline), meanTotals(candidate)] as const;
  return statistics.map((statistic, index) =>
    Number.isNaN(statistic(observed[1]) - statistic(observed[0]))
      ? { ci95: null, reason: "undefined: a denominator is zero" }
      : percentiles(drawn[index] as Float64Array, level),
  );
}

/** The tallies of several seeds in one row per group. */
function sideBySide(all: readonly Tallies[]): Tallies {
  const { width, groups } = all[0] as Tallies;
  const values = new Float64Array(groups * width * all.length);
  for (let group = 0, to = 0; group < groups; group++) {
    for (const one of all) {
      values.set(one.values.subarray(group * width, (group + 1) * width), to);
      to += width;
    }
  }
  return { width: width * all.length, groups, values };
}

/** Puts the mean totals of drawn seeds into `into`. The seeds `first` to `first + count` are drawn from. */
function drawSeeds(
  generator: Generator,
  totals: Float64Array,
  first: number,
  count: number,
  into: Float64Array,
): void {
  const picks = Math.max(1, count - 1);
  into.fill(0);
  for (let pick = 0; pick < picks; pick++) {
    const from = (first + generator.below(count)) * into.length;
    for (let column = 0; column < into.length; column++) {
      into[column] = (into[column] as number) + (totals[from + column] as number) / picks;
    }
  }
}

/** The totals over all groups, averaged over the seeds. */
function meanTotals(seeds: readonly Tallies[]): Float64Array {
  const { width } = seeds[0] as Tallies;
  const mean = new Float64Array(width);
  for (const { values } of seeds) {
    for (let at = 0; at < values.length; at++) {
      mean[at % width] = (mean[at % width] as number) + (values[at] as number) / seeds.length;
    }
  }
  return mean;
}

function percentiles(draws: Float64Array, level: number): BootstrapInterval {
  const defined = draws.filter((value) => !Number.isNaN(value)).sort();
  if (defined.length < 0.99 * draws.length)
    return { ci95: null, reason: "undefined in more than 0.01 of the bootstrap draws" };
  const [first, last] = [defined[0] as number, defined.at(-1) as number];
  // Means of thirds differ in the last bits.
  if (last - first < 1e-12) return { ci95: null, reason: constantDraws };
  return { ci95: [quantile(defined, (1 - level) / 2), quantile(defined, (1 + level) / 2)] };
}

/** By linear interpolation between sorted values. */
function quantile(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1);
  const below = sorted[Math.floor(place)] as number;
  const above = sorted[Math.ceil(place)] as number;
  return below + (place - Math.floor(place)) * (above - below);
}
