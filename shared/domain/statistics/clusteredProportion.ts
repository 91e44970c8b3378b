import type { Interval } from "../../schema/comparison.ts";
import { designEffect } from "./designEffect.ts";
import { wilson95 } from "./proportions.ts";

/** A row's successes among `n`, which is 0 or 1, or a share with sampled decoding. */
export interface CountedRow {
  readonly group: string;
  readonly successes: number;
  readonly n: number;
}

interface Counts {
  successes: number;
  n: number;
}

/** Wilson's interval of successes / n. Where rows form groups, both are divided by their design effect first. */
export function clusteredWilson95(rows: readonly CountedRow[]): Interval {
  const counted = rows.filter(({ n }) => n > 0);
  const clusters = clustersOf(counted);
  const successes = clusters.reduce((sum, one) => sum + one.successes, 0);
  const n = clusters.reduce((sum, one) => sum + one.n, 0);
  if (clusters.length === counted.length) return wilson95(successes, n);
  const effect = designEffect(
    clusters.map((one) => ({ size: one.n, sum: one.successes })),
    (successes * (1 - successes / n) * counted.length) / (counted.length - 1),
    Math.min(
      clusters.filter((one) => one.successes > 0).length,
      clusters.filter((one) => one.successes < one.n).length,
    ),
  );
  return wilson95(successes / effect, n / effect);
}

function clustersOf(rows: readonly CountedRow[]): Counts[] {
  const clusters = new Map<string, Counts>();
  for (const { group, successes, n } of rows) {
    const cluster = clusters.get(group) ?? { successes: 0, n: 0 };
    cluster.successes += successes;
    cluster.n += n;
    clusters.set(group, cluster);
  }
  return [...clusters.values()];
}
