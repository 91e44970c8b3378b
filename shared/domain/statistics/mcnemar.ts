import { logGamma } from "./normal.ts";

/**
 * Exact two-sided McNemar test: twice the binomial(b + c, ½) tail of the smaller count, at most 1;
 * 1 without a discordant pair.
 */
export function mcnemarExact(onlyBaselineCorrect: number, onlyCandidateCorrect: number): number {
  const discordant = onlyBaselineCorrect + onlyCandidateCorrect;
  if (discordant === 0) return 1;
  const smaller = Math.min(onlyBaselineCorrect, onlyCandidateCorrect);
  let tail = 0;
  for (let count = 0; count <= smaller; count++) {
    const logChoose = logGamma(discordant + 1) - logGamma(count + 1) - logGamma(discordant - count + 1);
    tail += Math.exp(logChoose - discordant * Math.LN2);
  }
  return Math.min(1, 2 * tail);
}
