import { logGamma } from "./normal.ts";

/**
 * Exact two-sided McNemar test: twice the binomial(b + c, ½) tail of the smaller count, at most 1;
 * 1 without a discordant pair.
 */
export function mcnemarExact(onlyBaselineCorrect: number, onlyCandidateCorrect: number): number {
  const discordant = onlyBaselineCorrect + onlyCandidateCorrect;
  if (discordant === 0) return 1;
  const smaller = Math.min(onlyBaselineCorrect, onlyCandidateCorrect);
  // The binomial terms one from the other: exact to rounding, and 2⁻ⁿ does not vanish before n = 1,074.
  const step = discordant <= 1_000 ? 2 ** -discordant : null;
  let tail = 0;
  let term = step ?? 0;
  for (let count = 0; count <= smaller; count++) {
    tail += step === null ? binomialHalf(discordant, count) : term;
    term *= (discordant - count) / (count + 1);
  }
  return Math.min(1, 2 * tail);
}

/** C(n, k) / 2ⁿ by logarithms, for large n. */
function binomialHalf(n: number, k: number): number {
  return Math.exp(logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1) - n * Math.LN2);
}
