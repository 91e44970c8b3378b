import { designEffect } from "./designEffect.ts";
import { mcnemarExact } from "./mcnemar.ts";
import { exchangeTest, type PermutationOptions } from "./permutation.ts";
import { tangoPaired } from "./tango.ts";

/** Whether something is true of a row on each side (0 or 1, or the share of seeds), and which rows belong together. */
export interface PairedOutcome {
  readonly group: string;
  readonly baseline: number;
  readonly candidate: number;
}

/** Candidate − baseline of a proportion over the same rows. */
export interface PairedProportion {
  /** At the level of the options. Null without a row. */
  readonly ci95: [number, number] | null;
  /** Exact McNemar; the sign-flip test where several rows form a group or outcomes are shares. */
  readonly p: number;
  /** How many groups the rows form; null: every row is its own. */
  readonly groups: number | null;
}

export interface PairedOptions extends PermutationOptions {
  /** Of the interval; 0.95 in all figures. */
  readonly level?: number;
}

interface Cluster {
  rows: number;
  onlyBaseline: number;
  onlyCandidate: number;
}

/**
 * Interval and p of candidate − baseline. Independent rows: Tango's interval and the exact McNemar test. Where several
 * rows form a group: Tango's interval on the rows divided by their design effect, and the sign-flip test over groups.
 *
 * Shares of seeds: the same intervals on the averaged table, in which a row counts once however many seeds it has. That
 * is the design effect of seeds that all do the same, and the variance is overestimated where they don't, because a row
 * that differs by a share s is counted as s rows that differ wholly. It covers the choice of rows, not that of seeds.
 */
export function pairedProportion(
  outcomes: readonly PairedOutcome[],
  options: PairedOptions,
): PairedProportion {
  const clusters = clustersOf(outcomes);
  const total = (field: keyof Cluster): number => clusters.reduce((sum, one) => sum + one[field], 0);
  const [n, onlyBaseline, onlyCandidate] = [total("rows"), total("onlyBaseline"), total("onlyCandidate")];
  if (clusters.length === outcomes.length) {
    const ci95 = tangoPaired({ onlyBaseline, onlyCandidate, n }, options.level);
    const isWhole = clusters.every((one) => Number.isInteger(one.onlyBaseline + one.onlyCandidate));
    const p = isWhole ? mcnemarExact(onlyBaseline, onlyCandidate) : signFlip(clusters, options);
    return { ci95, p, groups: null };
  }
  const effect = effectOf(clusters);
  return {
    ci95: tangoPaired(
      { onlyBaseline: onlyBaseline / effect, onlyCandidate: onlyCandidate / effect, n: n / effect },
      options.level,
    ),
    p: signFlip(clusters, options),
    groups: clusters.length,
  };
}

function clustersOf(outcomes: readonly PairedOutcome[]): Cluster[] {
  const clusters = new Map<string, Cluster>();
  for (const { group, baseline, candidate } of outcomes) {
    const cluster = clusters.get(group) ?? { rows: 0, onlyBaseline: 0, onlyCandidate: 0 };
    cluster.rows += 1;
    cluster.onlyBaseline += Math.max(0, baseline - candidate);
    cluster.onlyCandidate += Math.max(0, candidate - baseline);
    clusters.set(group, cluster);
  }
  return [...clusters.values()];
}

const net = ({ onlyBaseline, onlyCandidate }: Cluster): number => onlyCandidate - onlyBaseline;

function effectOf(clusters: readonly Cluster[]): number {
  const sum = (of: (one: Cluster) => number): number => clusters.reduce((total, one) => total + of(one), 0);
  const [n, discordant] = [sum(({ rows }) => rows), sum((one) => one.onlyBaseline + one.onlyCandidate)];
  const independent = ((discordant - sum(net) ** 2 / n) * n) / (n - 1);
  const informative = clusters.filter((one) => one.onlyBaseline + one.onlyCandidate > 0).length;
  return designEffect(
    clusters.map((one) => ({ size: one.rows, sum: net(one) })),
    independent,
    informative,
  );
}

/** Two-sided p of candidate − baseline by the sign-flip test over groups. */
export function signFlipP(outcomes: readonly PairedOutcome[], options: PermutationOptions): number {
  return signFlip(clustersOf(outcomes), options);
}

function signFlip(clusters: readonly Cluster[], options: PermutationOptions): number {
  const column = (values: Float64Array) => ({ width: 1, groups: clusters.length, values });
  const sum = (totals: Float64Array): number => totals[0] as number;
  const zeros = column(new Float64Array(clusters.length));
  const [p] = exchangeTest(zeros, column(Float64Array.from(clusters, net)), [sum], options);
  return p ?? 1;
}
