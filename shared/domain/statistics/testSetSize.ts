import { normalQuantile } from "./normal.ts";

/**
 * A comparison that is planned before its rows exist. `discordant`: the share of rows on which the two versions differ
 * in being right, 0–1. `alpha`: two-sided, of one decision. `power`: the chance of showing what is true.
 */
export interface PlannedTest {
  readonly discordant: number;
  readonly alpha: number;
  readonly power: number;
}

/** The chance of a false decision over all looks together. Each look gets an equal part. */
export const familyAlpha = 0.05;

/** The largest budget that namewright.json takes. */
const mostLooks = 100;

/**
 * Returns the rows of a class at which a guard stays within `margin` with this power if the versions are equally good:
 * n = ((z₁₋α⸝₂·√v + z_power·√d) / margin)² (Nam, Biometrics 53, 1997, 1422–1430). d is the discordant share, the
 * variance of a row where the true difference is zero. v is the variance under which Tango's interval, the decision's,
 * tests the margin. The shorter n = (z₁₋α⸝₂ + z_power)²·d / margin² takes v for d and asks for 377 rows instead of 407
 * at d 0.12, margin 0.05 and α 0.05, but in simulations these keep the margin in 76 of 100 comparisons, not in 80.
 */
export function rowsForMargin(margin: number, test: PlannedTest): number {
  return Math.max(2, Math.ceil(rowsAt(margin, test)));
}

function rowsAt(margin: number, { discordant, alpha, power }: PlannedTest): number {
  const [z, zPower] = [normalQuantile(1 - alpha / 2), normalQuantile(power)];
  const root = z * Math.sqrt(varianceAt(margin, discordant)) + zPower * Math.sqrt(discordant);
  return (root / margin) ** 2;
}

/**
 * Returns the variance of a row's difference where the true difference is `margin`, as it is estimated from rows on
 * which half of the discordant share goes either way: 2q + margin·(1 − margin), with q, the smaller of the two shares,
 * by maximum likelihood (Tango, Statistics in Medicine 17, 1998, 891–908).
 */
function varianceAt(margin: number, discordant: number): number {
  const linear = 2 * margin - discordant;
  const q = (Math.sqrt(linear ** 2 + 4 * discordant * margin * (1 - margin)) - linear) / 4;
  return 2 * q + margin * (1 - margin);
}

/** Returns the smallest margin that `rows` rows would keep with this power; null: not even a margin of 1. */
export function provableMargin(rows: number, test: PlannedTest): number | null {
  if (rowsAt(1, test) > rows) return null;
  return smallest((margin) => rowsAt(margin, test) <= rows, 1);
}

/** Returns the smallest value in (0, most] from which on `enough` holds. It must hold at `most`. */
function smallest(enough: (value: number) => boolean, most: number): number {
  let [low, high] = [0, most];
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2;
    if (enough(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/**
 * Returns the smallest true difference that McNemar's test would show with this power on `rows` rows, by the formula of
 * Connor (Biometrics 43, 1987, 207–211). Null when not even a difference in one direction only, which is the discordant
 * share, would be shown.
 */
export function detectableDifference(rows: number, test: PlannedTest): number | null {
  const { discordant, alpha, power } = test;
  const [z, zPower] = [normalQuantile(1 - alpha / 2), normalQuantile(power)];
  const rowsFor = (difference: number) =>
    ((z * Math.sqrt(discordant) + zPower * Math.sqrt(discordant - difference ** 2)) / difference) ** 2;
  if (discordant === 0 || rowsFor(discordant) > rows) return null;
  return smallest((difference) => rowsFor(difference) <= rows, discordant);
}

/** Returns the largest look budget at which `rows` rows of a class still keep the margin with this power, up to 100. */
export function looksWithin(rows: number, margin: number, test: Omit<PlannedTest, "alpha">): number {
  const enough = (looks: number) => rowsForMargin(margin, { ...test, alpha: familyAlpha / looks }) <= rows;
  let looks = 0;
  while (looks < mostLooks && enough(looks + 1)) looks += 1;
  return looks;
}
