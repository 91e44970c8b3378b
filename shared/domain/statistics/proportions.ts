import type { Interval } from "../../schema/comparison.ts";
import { z95 } from "./normal.ts";

/**
 * Wilson's score interval (1927) of successes / n at 95 %; null where n is zero. `n` may be a sum of shares
 * (sampled decoding).
 */
export function wilson95(successes: number, n: number): Interval {
  if (n <= 0) return null;
  const z2 = z95 * z95;
  const p = successes / n;
  const middle = (p + z2 / (2 * n)) / (1 + z2 / n);
  const half = (z95 / (1 + z2 / n)) * Math.sqrt((p * (1 - p)) / n + z2 / (4 * n * n));
  return [p <= 0 ? 0 : Math.max(0, middle - half), p >= 1 ? 1 : Math.min(1, middle + half)];
}

/** A paired two-by-two table of something true or false of each row on both sides. */
export interface PairedTable {
  readonly both: number;
  readonly onlyBaseline: number;
  readonly onlyCandidate: number;
  readonly neither: number;
}

/**
 * Counts the pairs. Each side is the share of seeds of which it is true, 0 or 1 with one seed. A pair of other shares is
 * split between the cells, as little as possible to those that differ.
 */
export function pairedTable(pairs: readonly { baseline: number; candidate: number }[]): PairedTable {
  let both = 0;
  let onlyBaseline = 0;
  let onlyCandidate = 0;
  for (const { baseline, candidate } of pairs) {
    both += Math.min(baseline, candidate);
    onlyBaseline += Math.max(0, baseline - candidate);
    onlyCandidate += Math.max(0, candidate - baseline);
  }
  const neither = pairs.length - both - onlyBaseline - onlyCandidate;
  return {
    both: tidy(both),
    onlyBaseline: tidy(onlyBaseline),
    onlyCandidate: tidy(onlyCandidate),
    neither: tidy(neither),
  };
}

/** Three thirds of a row are one. */
const tidy = (rows: number): number => Math.round(rows * 1e9) / 1e9;
