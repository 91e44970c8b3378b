import { logGamma } from "./normal.ts";

/** Mean and sample standard error (n − 1) of the differences candidate − baseline, and the paired t-test's p. */
export interface PairedDifference {
  readonly n: number;
  readonly mean: number | null;
  readonly standardError: number | null;
  /** Two-sided; null where n < 2; 1 where all differences are zero. */
  readonly tTestP: number | null;
}

/** Throws RangeError where the two are not equally long. */
export function pairedDifference(
  baseline: readonly number[],
  candidate: readonly number[],
): PairedDifference {
  if (baseline.length !== candidate.length) throw new RangeError("paired series differ in length");
  const n = baseline.length;
  if (n === 0) return { n, mean: null, standardError: null, tTestP: null };
  const differences = candidate.map((value, index) => value - (baseline[index] as number));
  const mean = differences.reduce((sum, value) => sum + value, 0) / n;
  if (n < 2) return { n, mean, standardError: null, tTestP: null };
  const squares = differences.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const standardError = Math.sqrt(squares / (n - 1) / n);
  if (standardError === 0) return { n, mean, standardError, tTestP: mean === 0 ? 1 : null };
  return { n, mean, standardError, tTestP: studentTwoSided(mean / standardError, n - 1) };
}

/** Two-sided p of Student's t with `degrees` of freedom: I_{ν/(ν+t²)}(ν/2, 1/2). */
function studentTwoSided(t: number, degrees: number): number {
  return incompleteBeta(degrees / (degrees + t * t), degrees / 2, 0.5);
}

/** Regularized incomplete beta I_x(a, b) by Lentz's continued fraction (Numerical Recipes, 6.4). */
function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
  if (x < (a + 1) / (a + b + 2)) return (front * betaFraction(x, a, b)) / a;
  return 1 - (front * betaFraction(1 - x, b, a)) / b;
}

function betaFraction(x: number, a: number, b: number): number {
  const tiny = 1e-300;
  const guarded = (value: number): number => (Math.abs(value) < tiny ? tiny : value);
  let c = 1;
  let d = 1 / guarded(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m <= 500; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / guarded(1 + even * d);
    c = guarded(1 + even / c);
    fraction *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / guarded(1 + odd * d);
    c = guarded(1 + odd / c);
    fraction *= d * c;
    if (Math.abs(d * c - 1) < 1e-15) break;
  }
  return fraction;
}
