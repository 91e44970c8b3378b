import { mcnemarExact } from "./mcnemar.ts";
import { exchangeTest, type PermutationOptions } from "./permutation.ts";
import { tangoPaired } from "./tango.ts";

/** Whether something is true of a row on each side, and which rows belong together. */
export interface PairedOutcome {
  readonly group: string;
  readonly baseline: boolean;
  readonly candidate: boolean;
}

/** Candidate − baseline of a proportion over the same rows. */
export interface PairedProportion {
  /** At the level of the options. Null without a row. */
  readonly ci95: [number, number] | null;
  /** Exact McNemar, or the sign-flip test over groups. */
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
    return { ci95, p: mcnemarExact(onlyBaseline, onlyCandidate), groups: null };
  }
  const effect = designEffect(clusters);
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
    if (baseline && !candidate) cluster.onlyBaseline += 1;
    if (candidate && !baseline) cluster.onlyCandidate += 1;
    clusters.set(group, cluster);
  }
  return [...clusters.values()];
}

const net = ({ onlyBaseline, onlyCandidate }: Cluster): number => onlyCandidate - onlyBaseline;

/**
 * How many times larger the variance of the difference is than with independent rows, at least 1: the clustered
 * variance of Obuchowski (Statistics in Medicine 17, 1998, 1495–1507), by which Rao and Scott (Biometrics 48, 1992,
 * 577–585) divide the counts. Where the rows show no variance: as if all rows of a group were one.
 */
function designEffect(clusters: readonly Cluster[]): number {
  const n = clusters.reduce((sum, { rows }) => sum + rows, 0);
  const difference = clusters.reduce((sum, cluster) => sum + net(cluster), 0) / n;
  const discordant = clusters.reduce((sum, one) => sum + one.onlyBaseline + one.onlyCandidate, 0);
  const independent = ((discordant - n * difference ** 2) * n) / (n - 1);
  const count = clusters.length;
  if (count < 2 || independent <= 1e-12) return clusters.reduce((sum, { rows }) => sum + rows ** 2, 0) / n;
  const squares = clusters.reduce((sum, one) => sum + (net(one) - one.rows * difference) ** 2, 0);
  return Math.max(1, (squares * count) / (count - 1) / independent);
}

function signFlip(clusters: readonly Cluster[], options: PermutationOptions): number {
  const column = (values: Float64Array) => ({ width: 1, groups: clusters.length, values });
  const sum = (totals: Float64Array): number => totals[0] as number;
  const zeros = column(new Float64Array(clusters.length));
  const [p] = exchangeTest(zeros, column(Float64Array.from(clusters, net)), [sum], options);
  return p ?? 1;
}
