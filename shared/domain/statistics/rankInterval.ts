import { type BootstrapInterval, constantDraws } from "./bootstrap.ts";
import { z95 } from "./normal.ts";
import { orderOf } from "./rankCorrelation.ts";

/** One side's values as centered ranks. */
interface RankedSide {
  readonly order: readonly number[];
  readonly values: readonly number[];
  /** (mean rank − ½) / n − ½ for each value: −½ … ½ with mean 0. */
  readonly ranks: Float64Array;
}

/**
 * The analytic 95 % interval of Spearman's correlation of pairs that depend on each other within groups, in time
 * n log n. Its variance sums the influence of each group on the correlation (Hampel, "The Influence Curve and Its Role
 * in Robust Estimation", JASA 69, 1974), ranks included. The interval is symmetric on Fisher's z scale, with Student's
 * t for groups − 1 degrees of freedom. None where the order is perfect. `groups` holds 0 … groups − 1, two or more.
 */
export function rankInterval(
  left: readonly number[],
  right: readonly number[],
  groups: Uint32Array,
): Pick<BootstrapInterval, "ci95" | "reason"> {
  const [a, b] = [rankedSide(left), rankedSide(right)];
  const [aa, bb] = [meanProduct(a, a), meanProduct(b, b)];
  const correlation = meanProduct(a, b) / Math.sqrt(aa * bb);
  const room = 1 - correlation ** 2;
  if (room < 1e-12) return { ci95: null, reason: constantDraws };
  const influence = influenceOf(a, b, { aa, bb, correlation });
  const error = groupedError(influence, groups) / room;
  if (error === 0) return { ci95: null, reason: constantDraws };
  const count = groups.reduce((most, group) => Math.max(most, group), 0) + 1;
  const width = t95(count - 1) * error;
  const center = Math.atanh(correlation);
  return { ci95: [Math.tanh(center - width), Math.tanh(center + width)] };
}

function rankedSide(values: readonly number[]): RankedSide {
  const order = orderOf(values);
  const ranks = new Float64Array(values.length);
  eachTie({ order, values }, (start, end) => {
    for (let at = start; at < end; at++)
      ranks[order[at] as number] = (start + end) / (2 * values.length) - 0.5;
  });
  return { order, values, ranks };
}

/** Visits equal values in ascending order, as positions `start` … `end` − 1 of the order. */
function eachTie(
  { order, values }: Pick<RankedSide, "order" | "values">,
  visit: (start: number, end: number) => void,
): void {
  for (let start = 0; start < order.length; ) {
    let end = start + 1;
    while (end < order.length && values[order[end] as number] === values[order[start] as number]) end++;
    visit(start, end);
    start = end;
  }
}

function meanProduct({ ranks: one }: RankedSide, { ranks: other }: RankedSide): number {
  let sum = 0;
  for (let at = 0; at < one.length; at++) sum += (one[at] as number) * (other[at] as number);
  return sum / one.length;
}

/** Each pair's influence on the correlation. The influences sum to 0. */
function influenceOf(
  a: RankedSide,
  b: RankedSide,
  { aa, bb, correlation }: { aa: number; bb: number; correlation: number },
): Float64Array {
  const [ab, ba] = [shiftOf(a, b), shiftOf(b, a)];
  const [aOnA, bOnB] = [shiftOf(a, a), shiftOf(b, b)];
  const scale = Math.sqrt(aa * bb);
  return Float64Array.from(a.ranks, (rank, at) => {
    const other = b.ranks[at] as number;
    const covariance = rank * other + (ab[at] as number) + (ba[at] as number);
    const spreadA = rank ** 2 + 2 * (aOnA[at] as number);
    const spreadB = other ** 2 + 2 * (bOnB[at] as number);
    return covariance / scale - (correlation / 2) * (spreadA / aa + spreadB / bb);
  });
}

/**
 * Returns how one more copy of each value of `side` moves the mean product with `other`, because it raises the ranks of
 * all higher values, and half as much those of equal ones.
 */
function shiftOf(side: RankedSide, { ranks }: RankedSide): Float64Array {
  const { order } = side;
  const shift = new Float64Array(order.length);
  // The ranks of all sum to 0.
  let above = 0;
  eachTie(side, (start, end) => {
    let tied = 0;
    for (let at = start; at < end; at++) tied += ranks[order[at] as number] as number;
    above -= tied;
    for (let at = start; at < end; at++) shift[order[at] as number] = (above + tied / 2) / order.length;
  });
  return shift;
}

/** The standard error of a mean influence, from the groups' sums. */
function groupedError(influence: Float64Array, groups: Uint32Array): number {
  const count = groups.reduce((most, group) => Math.max(most, group), 0) + 1;
  const sums = new Float64Array(count);
  for (let at = 0; at < influence.length; at++) {
    const group = groups[at] as number;
    sums[group] = (sums[group] as number) + (influence[at] as number);
  }
  const squares = sums.reduce((sum, one) => sum + one ** 2, 0);
  return Math.sqrt((squares * count) / (count - 1)) / influence.length;
}

/** Student's two-sided 95 % quantile by its expansion at the normal one (Fisher and Cornish, 1960); 9 and more: ±0.004. */
function t95(freedom: number): number {
  const z = z95;
  return z + (z ** 3 + z) / (4 * freedom) + (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * freedom ** 2);
}
