import { normalQuantile, z95 } from "../statistics/normal.ts";

/** Share of rows that two versions of a similar model handle differently, assumed before there are results. */
export const plannedDiscordance = 0.12;

/**
 * Returns the rows of a class at which two versions with equal rates stay within `margin` with 80 % power, if
 * `discordantShare` of the rows differ: (z₀.₉₇₅ + z₀.₈)² · share / margin², from the variance of a paired difference.
 */
export function plannedRows(margin: number, discordantShare: number): number {
  return Math.ceil(((z95 + normalQuantile(0.8)) ** 2 * discordantShare) / margin ** 2);
}
