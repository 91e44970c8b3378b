import type { Generator } from "./generator.ts";

/** Below this many expected successes the distribution function is walked from 0; above it, BTRS. */
const fewExpected = 10;

/**
 * A number of successes in `n` trials of probability `p`, exactly distributed: by inversion for small n·p, else by
 * Hörmann's transformed rejection with decomposition (BTRS, "The generation of binomial random variates", Journal of
 * Statistical Computation and Simulation 46, 1993).
 */
export function drawBinomial(generator: Generator, n: number, p: number): number {
  if (n <= 0 || p <= 0) return 0;
  if (p >= 1) return n;
  if (p > 0.5) return n - drawBinomial(generator, n, 1 - p);
  return n * p < fewExpected ? byInversion(generator, n, p) : byRejection(generator, n, p);
}

function byInversion(generator: Generator, n: number, p: number): number {
  const odds = p / (1 - p);
  let term = (1 - p) ** n;
  let left = generator.unit();
  let successes = 0;
  while (left > term && successes < n) {
    left -= term;
    successes += 1;
    term *= (odds * (n - successes + 1)) / successes;
  }
  return successes;
}

function byRejection(generator: Generator, n: number, p: number): number {
  const odds = p / (1 - p);
  const spread = Math.sqrt(n * p * (1 - p));
  const b = 1.15 + 2.53 * spread;
  const a = -0.0873 + 0.0248 * b + 0.01 * p;
  const center = n * p + 0.5;
  const inside = 0.92 - 4.2 / b;
  const alpha = (2.83 + 5.1 / b) * spread;
  const mode = Math.floor((n + 1) * p);
  for (;;) {
    const u = generator.unit() - 0.5;
    const v = generator.unit();
    const us = 0.5 - Math.abs(u);
    // A small integer, which Math.floor alone does not promise the compiler.
    const k = Math.floor(((2 * a) / us + b) * u + center) | 0;
    if (us >= 0.07 && v <= inside) return k;
    if (k < 0 || k > n) continue;
    const bound =
      (mode + 0.5) * Math.log((mode + 1) / (odds * (n - mode + 1))) +
      (n + 1) * Math.log((n - mode + 1) / (n - k + 1)) +
      (k + 0.5) * Math.log((odds * (n - k + 1)) / (k + 1)) +
      (stirlingTail(mode) + stirlingTail(n - mode) - stirlingTail(k) - stirlingTail(n - k));
    if (Math.log((v * alpha) / (a / (us * us) + b)) <= bound) return k;
  }
}

const smallTails = [
  0.0810614667953272, 0.0413406959554092, 0.0276779256849983, 0.020790672103765, 0.0166446911898211,
  0.0138761288230707, 0.0118967099458917, 0.010411265261972, 0.00925546218271273, 0.00833056343336287,
];

/** ln k! minus Stirling's approximation of it in k + 1. */
function stirlingTail(k: number): number {
  const known = smallTails[k];
  if (known !== undefined) return known;
  const square = (k + 1) ** 2;
  return (1 / 12 - (1 / 360 - 1 / 1260 / square) / square) / (k + 1);
}
