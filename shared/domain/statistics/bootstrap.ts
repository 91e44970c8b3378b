import { intervalZ, normalCdf, normalQuantile } from "./normal.ts";
import { drawTotals, type ResamplingPlan, resamplingPlan } from "./resampling.ts";
import { orderStatistics } from "./select.ts";
import { type Patterns, type Statistic, type Tallies, totalsOf } from "./tallies.ts";

/** An interval, or the reason why there is none. At 95 %, unless another level is asked for. */
export interface BootstrapInterval {
  readonly ci95: [number, number] | null;
  readonly reason?: string;
}

/** The reason where every draw gives the same value. */
export const constantDraws = "all rows are alike";

export interface BootstrapOptions {
  readonly seed: number;
  /** 10,000 in everything we report. */
  readonly draws: number;
  /** Fewest groups that give an interval (10, unless a known answer is being checked). */
  readonly fewest?: number;
  /** Of the intervals; 0.95 in all figures. */
  readonly level?: number;
}

/**
 * Bias-corrected and accelerated bootstrap (Efron, "Better Bootstrap Confidence Intervals", JASA 82, 1987) of
 * several statistics at once, resampling groups: bias from the draws below the estimate (ties count half),
 * acceleration from the jackknife over groups, quantiles by linear interpolation. One interval per statistic;
 * none for fewer than ten groups, constant draws, an infinite bias, or a statistic that is undefined on the
 * data or in over 1 % of the draws. Time: draws × groups, or draws × patterns where few patterns make up the groups.
 */
export function bcaIntervals(
  tallies: Tallies,
  statistics: readonly Statistic[],
  options: BootstrapOptions,
): BootstrapInterval[] {
  const fewest = options.fewest ?? 10;
  if (tallies.groups < fewest) {
    return statistics.map(() => ({ ci95: null, reason: `fewer than ${fewest} rows` }));
  }
  const { plan, patterns } = resamplingPlan(tallies);
  const drawn = drawStatistics(tallies.width, plan, statistics, options);
  const totals = totalsOf(tallies);
  return statistics.map((statistic, index) => {
    const estimate = statistic(totals);
    if (Number.isNaN(estimate)) return { ci95: null, reason: "undefined: a denominator is zero" };
    const draws = drawn[index] as Float64Array;
    const acceleration = () => accelerationOf(tallies.width, patterns, totals, statistic);
    return intervalOfDraws(draws, estimate, acceleration, options.level);
  });
}

/** Every statistic of every draw. All see one buffer of totals: a statistic that keeps it would see it change. */
function drawStatistics(
  width: number,
  plan: ResamplingPlan,
  statistics: readonly Statistic[],
  { seed, draws }: BootstrapOptions,
): Float64Array[] {
  const drawnTotals = drawTotals(plan, seed, draws);
  const drawn = statistics.map(() => new Float64Array(draws));
  const totals = new Float64Array(width);
  const { columns } = plan;
  totals.set(plan.fixed);
  for (let draw = 0, at = 0; draw < draws; draw++) {
    for (let column = 0; column < columns.length; column++) {
      totals[columns[column] as number] = drawnTotals[at++] as number;
    }
    for (let index = 0; index < statistics.length; index++) {
      (drawn[index] as Float64Array)[draw] = (statistics[index] as Statistic)(totals);
    }
  }
  return drawn;
}

function accelerationOf(
  width: number,
  patterns: Patterns,
  totals: Float64Array,
  statistic: Statistic,
): number {
  const without = new Float64Array(width);
  const left = new Float64Array(patterns.count);
  for (let pattern = 0; pattern < patterns.count; pattern++) {
    for (let column = 0; column < width; column++) {
      without[column] = (totals[column] as number) - (patterns.values[pattern * width + column] as number);
    }
    left[pattern] = statistic(without);
  }
  return jackknifeSkew(left, patterns.weights);
}

/**
 * The acceleration of a bias-corrected interval: skewness of the statistic without each group, Σd³ / (6 (Σd²)^1.5); 0
 * where it is undefined. `weights`: how many groups each value is for.
 */
export function jackknifeSkew(left: Float64Array, weights: ArrayLike<number>): number {
  let sum = 0;
  let n = 0;
  for (let at = 0; at < left.length; at++) {
    if (Number.isNaN(left[at])) continue;
    sum += (left[at] as number) * (weights[at] as number);
    n += weights[at] as number;
  }
  let squares = 0;
  let cubes = 0;
  for (let at = 0; at < left.length; at++) {
    if (Number.isNaN(left[at])) continue;
    const deviation = sum / n - (left[at] as number);
    squares += deviation ** 2 * (weights[at] as number);
    cubes += deviation ** 3 * (weights[at] as number);
  }
  // Of deviations below some 1e-108 the power is 0 while the sum is not yet.
  const spread = squares ** 1.5;
  return spread > 0 ? cubes / (6 * spread) : 0;
}

/**
 * The bias-corrected and accelerated interval of a statistic from its bootstrap draws (NaN: undefined), which it reorders.
 * Plain loops: iterators and callbacks over 10,000 numbers are most of a short command's time.
 */
export function intervalOfDraws(
  draws: Float64Array,
  estimate: number,
  acceleration: () => number,
  level = 0.95,
): BootstrapInterval {
  const defined = draws.subarray(0, moveDefinedFirst(draws));
  if (defined.length < 0.99 * draws.length) {
    return { ci95: null, reason: "undefined in more than 0.01 of the bootstrap draws" };
  }
  const first = defined[0] as number;
  let below = 0;
  let equal = 0;
  let constant = true;
  for (let at = 0; at < defined.length; at++) {
    const value = defined[at] as number;
    if (value !== first) constant = false;
    if (value < estimate) below += 1;
    else if (value === estimate) equal += 1;
  }
  if (constant) return { ci95: null, reason: constantDraws };
  const bias = normalQuantile((below + equal / 2) / defined.length);
  if (!Number.isFinite(bias))
    return { ci95: null, reason: "infinite bias: every draw is on the same side of the estimate" };
  const skew = acceleration();
  const placeAt = (z: number): number => normalCdf(bias + (bias + z) / (1 - skew * (bias + z)));
  const z = intervalZ(level);
  return { ci95: [quantile(defined, placeAt(-z)), quantile(defined, placeAt(z))] };
}

/** Moves what is not NaN to the front, in order, and says how many those are. */
function moveDefinedFirst(values: Float64Array): number {
  let count = 0;
  for (let at = 0; at < values.length; at++) {
    const value = values[at] as number;
    if (!Number.isNaN(value)) values[count++] = value;
  }
  return count;
}

/** By linear interpolation. Reorders `values`. */
function quantile(values: Float64Array, level: number): number {
  const place = level * (values.length - 1);
  const floor = Math.floor(place);
  const [low, high] = orderStatistics(values, floor);
  return low + (high - low) * (place - floor);
}
