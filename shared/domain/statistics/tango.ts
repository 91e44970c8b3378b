import { intervalZ } from "./normal.ts";

/** Pairs in which only one side is true, of n pairs. Numbers may be fractions of rows. */
export interface DiscordantPairs {
  readonly onlyBaseline: number;
  readonly onlyCandidate: number;
  readonly n: number;
}

/**
 * Interval of candidate − baseline for paired proportions: Tango's score interval (Statistics in Medicine 17, 1998,
 * 891–908). Keeps its width where no pair differs. Null without a pair.
 */
export function tangoPaired(pairs: DiscordantPairs, level = 0.95): [number, number] | null {
  if (pairs.n <= 0) return null;
  const z = intervalZ(level);
  const swapped = { ...pairs, onlyBaseline: pairs.onlyCandidate, onlyCandidate: pairs.onlyBaseline };
  // The lower end is the mirrored upper end of the swapped sides, so that swapping mirrors the interval exactly.
  return [-upperEnd(swapped, z), upperEnd(pairs, z)];
}

/** The largest difference whose score statistic isn't below −z, by bisection to the last bit. */
function upperEnd(pairs: DiscordantPairs, z: number): number {
  let low = (pairs.onlyCandidate - pairs.onlyBaseline) / pairs.n;
  let high = 1;
  for (let middle = (low + high) / 2; middle > low && middle < high; middle = (low + high) / 2) {
    if (score(pairs, middle) < -z) high = middle;
    else low = middle;
  }
  return low;
}

/** The score statistic at a difference, with the variance at the likeliest shares that have this difference. */
function score({ onlyBaseline, onlyCandidate, n }: DiscordantPairs, difference: number): number {
  const linear = (2 * n - onlyCandidate + onlyBaseline) * difference - onlyCandidate - onlyBaseline;
  const root = Math.sqrt(Math.max(0, linear ** 2 + 8 * n * onlyBaseline * difference * (1 - difference)));
  const baselineShare = Math.max(0, (root - linear) / (4 * n));
  const variance = n * (2 * baselineShare + difference * (1 - difference));
  const distance = onlyCandidate - onlyBaseline - n * difference;
  return variance <= 0 ? Math.sign(distance) * Number.POSITIVE_INFINITY : distance / Math.sqrt(variance);
}
