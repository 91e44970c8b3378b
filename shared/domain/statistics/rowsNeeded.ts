import type { Interval, RowsRange } from "../../schema/comparison.ts";
import { normalQuantile } from "./normal.ts";

const zPower = normalQuantile(0.8);
/** z of a two-sided test at a level. */
const zOf = (alpha: number): number => normalQuantile(1 - alpha / 2);

/** Larger numbers of rows are not reported, because nobody could act on them. */
const mostRows = 1_000_000;

function within(rows: number): number | null {
  return rows > mostRows ? null : Math.max(2, Math.ceil(rows));
}

/** What rows would be needed, and what the present ones can show, each with 80 % power. */
export interface Power {
  readonly rowsNeeded: number | null;
  readonly rowsNeededRange: RowsRange;
  readonly smallestDifference: number | null;
}

export const noPower: Power = { rowsNeeded: null, rowsNeededRange: null, smallestDifference: null };

/** The fewest and the most rows over an interval of the difference; no finite most where the interval holds 0. */
function rangeOver(ci95: Interval, rowsAt: (difference: number) => number | null): RowsRange {
  if (ci95 === null) return null;
  const ends = ci95.map(Math.abs).sort((one, other) => other - one) as [number, number];
  const holdsZero = ci95[0] <= 0 && ci95[1] >= 0;
  return [rowsAt(ends[0]), holdsZero ? null : rowsAt(ends[1])];
}

/** Discordant pairs of n, the interval of their difference, and the level of the test. */
export interface McNemarPlan {
  readonly onlyBaseline: number;
  readonly onlyCandidate: number;
  readonly n: number;
  readonly ci95: Interval;
  readonly alpha: number;
}

/**
 * For McNemar's test, if the share of discordant pairs stays as observed: Connor, Biometrics 43 (1987), 207–211. No
 * finite number where nothing differs net, or beyond a million rows.
 */
export function mcnemarPower({ onlyBaseline, onlyCandidate, n, ci95, alpha }: McNemarPlan): Power {
  if (n === 0) return noPower;
  const z = zOf(alpha);
  const discordant = (onlyBaseline + onlyCandidate) / n;
  const rootAt = (difference: number): number => {
    // A difference takes at least as many discordant pairs.
    const share = Math.max(discordant, difference);
    return z * Math.sqrt(share) + zPower * Math.sqrt(share - difference ** 2);
  };
  const rowsAt = (difference: number): number | null =>
    difference === 0 ? null : within((rootAt(Math.abs(difference)) / difference) ** 2);
  return {
    rowsNeeded: rowsAt((onlyCandidate - onlyBaseline) / n),
    rowsNeededRange: rangeOver(ci95, rowsAt),
    smallestDifference: smallestWhere((difference) => rootAt(difference) <= difference * Math.sqrt(n)),
  };
}

/** The smallest difference up to 1 that is enough, by bisection; null: none is. */
function smallestWhere(enough: (difference: number) => boolean): number | null {
  if (!enough(1)) return null;
  let [low, high] = [0, 1];
  for (let step = 0; step < 50; step++) {
    const middle = (low + high) / 2;
    if (enough(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** For a mean over n rows with a standard error: n′ = n · ((z + zPower) · standardError / difference)². */
export function meanPower(
  mean: number | null,
  standardError: number | null,
  n: number,
  ci95: Interval,
  alpha: number,
): Power {
  if (mean === null || standardError === null || n === 0) return noPower;
  const smallest = (zOf(alpha) + zPower) * standardError;
  const rowsAt = (difference: number): number | null =>
    difference === 0 ? null : within(n * (smallest / difference) ** 2);
  return {
    rowsNeeded: rowsAt(mean),
    rowsNeededRange: rangeOver(ci95, rowsAt),
    smallestDifference: smallest,
  };
}

/** The change of a guarded figure over n rows, and its margin. `interval`: at 1 − alpha, by which the guard is judged. */
export interface GuardPlan {
  readonly difference: number | null;
  readonly ci95: Interval;
  readonly interval: Interval;
  readonly alpha: number;
  readonly margin: number;
  readonly worseIsHigher: boolean;
  readonly n: number;
}

/**
 * For a guard: rows at which its interval would end before the margin with 80 % power, its half width shrinking with √n.
 * The interval just fits at n · (half / room)², which is 50 % power; the factor (z + zPower)² / z² makes it 80 %. No
 * finite number where the difference itself is on or past the margin. The range is over the 95 % interval.
 */
export function guardPower({
  difference,
  ci95,
  interval,
  alpha,
  margin,
  worseIsHigher,
  n,
}: GuardPlan): Power {
  if (difference === null || ci95 === null || interval === null) return noPower;
  const [favorable, unfavorable] = worseIsHigher ? ci95 : [ci95[1], ci95[0]];
  const half = Math.abs(interval[worseIsHigher ? 1 : 0] - difference);
  const z = zOf(alpha);
  const smallest = (half * (z + zPower)) / z;
  const rowsAt = (at: number): number | null => {
    const room = worseIsHigher ? margin - at : at - margin;
    return room <= 0 ? null : within(n * (smallest / room) ** 2);
  };
  return {
    rowsNeeded: rowsAt(difference),
    rowsNeededRange: [rowsAt(favorable), rowsAt(unfavorable)],
    smallestDifference: smallest,
  };
}
