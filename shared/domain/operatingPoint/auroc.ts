import type { Interval } from "../../schema/comparison.ts";
import type { Auroc } from "../../schema/operatingPoint.ts";
import { normalCdf, z95 } from "../statistics/normal.ts";
import type { LabeledScore } from "./scores.ts";

/** Fewest groups that give an interval, as for every bootstrap. DeLong's is a normal approximation. */
const fewestGroups = 10;
const fewGroups = `fewer than ${fewestGroups} rows`;

function hasFewGroups(rows: readonly LabeledScore[]): boolean {
  return new Set(rows.map(({ group }) => group)).size < fewestGroups;
}

/** The area under the ROC curve and how far each row pulls it. */
interface Placements {
  readonly auroc: number;
  readonly harmful: number;
  readonly safe: number;
  /** By row: the share of the other class that it ranks against correctly, ties counting half. */
  readonly values: Float64Array;
}

/** Returns each value's rank from 1; equal values share the mean of their ranks. */
function midranks(values: readonly number[]): Float64Array {
  const order = Array.from(values.keys()).sort((one, other) => at(values, one) - at(values, other));
  const ranks = new Float64Array(values.length);
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to < order.length && at(values, at(order, to)) === at(values, at(order, from))) to += 1;
    for (let place = from; place < to; place++) ranks[at(order, place)] = (from + 1 + to) / 2;
    from = to;
  }
  return ranks;
}

const at = (values: ArrayLike<number>, index: number): number => values[index] as number;

/**
 * Returns the placements of all rows through midranks, in n log n (Sun and Xu, "Fast Implementation of DeLong's
 * Algorithm", IEEE Signal Processing Letters 21, 2014). Null where a class is absent.
 */
function placementsOf(rows: readonly LabeledScore[]): Placements | null {
  const places = { harmful: indexes(rows, true), safe: indexes(rows, false) };
  const { length: harmful } = places.harmful;
  const { length: safe } = places.safe;
  if (harmful === 0 || safe === 0) return null;
  const scores = rows.map(({ score }) => score);
  const among = midranks(scores);
  const values = new Float64Array(rows.length);
  const ranksOf = (members: readonly number[]) => midranks(members.map((row) => at(scores, row)));
  const harmfulRanks = ranksOf(places.harmful);
  let sum = 0;
  places.harmful.forEach((row, place) => {
    values[row] = (at(among, row) - at(harmfulRanks, place)) / safe;
    sum += at(values, row);
  });
  const safeRanks = ranksOf(places.safe);
  places.safe.forEach((row, place) => {
    values[row] = 1 - (at(among, row) - at(safeRanks, place)) / harmful;
  });
  return { auroc: sum / harmful, harmful, safe, values };
}

function indexes(rows: readonly LabeledScore[], harmful: boolean): number[] {
  return rows.flatMap((row, index) => (row.harmful === harmful ? [index] : []));
}

/**
 * Returns the covariance of two areas over the same rows. DeLong, DeLong and Clarke-Pearson (Biometrics 44, 1988) where
 * each row is a group, and Obuchowski's extension to clustered rows (Biometrics 53, 1997) where groups have several.
 * Null where a class has fewer than two groups.
 */
function covariance(rows: readonly LabeledScore[], one: Placements, other: Placements): number | null {
  const groups = new Map<
    string,
    { harmful: [number, number]; safe: [number, number]; size: [number, number] }
  >();
  rows.forEach(({ group, harmful }, row) => {
    const sums = groups.get(group) ?? { harmful: [0, 0], safe: [0, 0], size: [0, 0] };
    const into = harmful ? sums.harmful : sums.safe;
    into[0] += at(one.values, row) - one.auroc;
    into[1] += at(other.values, row) - other.auroc;
    sums.size[harmful ? 0 : 1] += 1;
    groups.set(group, sums);
  });
  const sums = [...groups.values()];
  const withHarmful = sums.filter(({ size }) => size[0] > 0).length;
  const withSafe = sums.filter(({ size }) => size[1] > 0).length;
  if (withHarmful < 2 || withSafe < 2) return null;
  const { harmful: m, safe: n } = one;
  const total = (product: (sum: (typeof sums)[number]) => number) =>
    sums.reduce((all, sum) => all + product(sum), 0);
  const ofHarmful = (total(({ harmful }) => harmful[0] * harmful[1]) * withHarmful) / ((withHarmful - 1) * m);
  const ofSafe = (total(({ safe }) => safe[0] * safe[1]) * withSafe) / ((withSafe - 1) * n);
  const across = total(({ harmful, safe }) => harmful[0] * safe[1] + harmful[1] * safe[0]);
  return ofHarmful / m + ofSafe / n + (across * sums.length) / ((sums.length - 1) * m * n);
}

/**
 * Returns the probability that a harmful row has a higher refusal probability than a safe one, ties counting half, with
 * DeLong's 95 % interval, cut off at 0 and 1. A perfect order and equal probabilities have no interval, because their
 * estimated variance is 0. Fewer than ten groups have none either.
 */
export function aurocOf(rows: readonly LabeledScore[]): Auroc {
  const harmful = rows.filter((row) => row.harmful).length;
  const counts = { harmful, safe: rows.length - harmful };
  const placements = placementsOf(rows);
  if (placements === null) return { value: null, ci95: null, reason: "only one class of rows", ...counts };
  const variance = covariance(rows, placements, placements);
  const { auroc: value } = placements;
  if (variance === null) return { value, ci95: null, reason: "fewer than two groups of a class", ...counts };
  // Rounding leaves a variance of some 1e-33 where every placement is equal.
  if (variance < 1e-15) return { value, ci95: null, reason: withoutVariance(rows, value), ...counts };
  if (hasFewGroups(rows)) return { value, ci95: null, reason: fewGroups, ...counts };
  return { value, ci95: around(value, variance, [0, 1]), ...counts };
}

/** Says why the estimated variance of an area is 0. */
function withoutVariance(rows: readonly LabeledScore[], value: number): string {
  if (new Set(rows.map(({ score }) => score)).size === 1) return "all probabilities are equal";
  if (value === 1) return "every harmful row is above every safe one";
  if (value === 0) return "every harmful row is below every safe one";
  return "the groups of rows show no variance";
}

function around(value: number, variance: number, [least, most]: [number, number]): Interval {
  const half = z95 * Math.sqrt(variance);
  return [Math.max(least, value - half), Math.min(most, value + half)];
}

/** A test of two versions' areas over the same rows. */
export interface AurocDifference {
  readonly difference: number | null;
  readonly ci95: Interval;
  readonly p: number | null;
  readonly reason?: string;
}

/**
 * Returns candidate − baseline with DeLong's interval and two-sided paired test; the rows of both are the same, in the
 * same order. Two equal orders have p = 1 and no interval.
 */
export function aurocDifference(
  baseline: readonly LabeledScore[],
  candidate: readonly LabeledScore[],
): AurocDifference {
  const [one, other] = [placementsOf(baseline), placementsOf(candidate)];
  if (one === null || other === null) {
    return { difference: null, ci95: null, p: null, reason: "only one class of rows" };
  }
  const difference = other.auroc - one.auroc;
  const own = covariance(baseline, one, one);
  const others = covariance(candidate, other, other);
  const shared = covariance(baseline, one, other);
  if (own === null || others === null || shared === null) {
    return { difference, ci95: null, p: null, reason: "fewer than two groups of a class" };
  }
  const variance = own + others - 2 * shared;
  if (variance < 1e-15) {
    const reason = "the two files rank the rows alike";
    return { difference, ci95: null, p: Math.abs(difference) < 1e-12 ? 1 : null, reason };
  }
  if (hasFewGroups(baseline)) return { difference, ci95: null, p: null, reason: fewGroups };
  const p = 2 * normalCdf(-Math.abs(difference) / Math.sqrt(variance));
  return { difference, ci95: around(difference, variance, [-1, 1]), p };
}
