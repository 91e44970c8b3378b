import { normalQuantile, z95 } from "./normal.ts";

const zPower = normalQuantile(0.8);

/** Larger numbers of rows are not reported, because nobody could act on them. */
const mostRows = 1_000_000;

function within(rows: number): number | null {
  return rows > mostRows ? null : Math.max(2, Math.ceil(rows));
}

/**
 * Paired rows at which an exact McNemar test would be significant (0.05, two-sided) with 80 % power, if the
 * discordant shares stayed as observed: Connor, Biometrics 43 (1987), 207–211. Null where nothing differs
 * net, or beyond a million rows.
 */
export function rowsNeededMcnemar(onlyBaseline: number, onlyCandidate: number, n: number): number | null {
  if (n === 0 || onlyBaseline === onlyCandidate) return null;
  const discordant = (onlyBaseline + onlyCandidate) / n;
  const difference = (onlyCandidate - onlyBaseline) / n;
  const root = z95 * Math.sqrt(discordant) + zPower * Math.sqrt(Math.max(0, discordant - difference ** 2));
  return within((root / difference) ** 2);
}

/**
 * Paired rows at which a mean difference like this one would be significant (0.05, two-sided) with 80 % power:
 * n = ((z₀.₉₇₅ + z₀.₈) · sd / difference)². Null where the difference is zero
 * or undefined, or beyond a million rows.
 */
export function rowsNeededMean(mean: number | null, standardError: number | null, n: number): number | null {
  if (mean === null || standardError === null || mean === 0) return null;
  const deviation = standardError * Math.sqrt(n);
  return within((((z95 + zPower) * deviation) / mean) ** 2);
}

/**
 * Rows at which an interval around `difference` would end before `margin`, its half width shrinking with √n.
 * Null where the difference itself is on or past the margin, or there is no interval.
 */
export function rowsNeededGuard(
  difference: number | null,
  ci95: readonly [number, number] | null,
  margin: number,
  worseIsHigher: boolean,
  n: number,
): number | null {
  if (difference === null || ci95 === null) return null;
  const room = worseIsHigher ? margin - difference : difference - margin;
  if (room <= 0) return null;
  const half = worseIsHigher ? ci95[1] - difference : difference - ci95[0];
  return within(n * (half / room) ** 2);
}
