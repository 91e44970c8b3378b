/**
 * Logarithm of the gamma function for x > 0: Lanczos' approximation with g = 7 and 9 terms
 * (Godfrey's coefficients), relative error below 1e-14.
 */
export function logGamma(x: number): number {
  const coefficients = [
    676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406, 12.507343278686905,
    -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7,
  ];
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const shifted = x - 1;
  let sum = 0.9999999999998099;
  coefficients.forEach((coefficient, index) => {
    sum += coefficient / (shifted + index + 1);
  });
  const t = shifted + 7.5;
  return 0.5 * Math.log(2 * Math.PI) + (shifted + 0.5) * Math.log(t) - t + Math.log(sum);
}

/**
 * Cumulative probability of the standard normal. For |z| < 3 the series of Marsaglia ("Evaluating the Normal
 * Distribution", 2004, eq. 3), beyond it a continued fraction of the tail; absolute error below 1e-14.
 */
export function normalCdf(z: number): number {
  if (z === Number.POSITIVE_INFINITY) return 1;
  if (z === Number.NEGATIVE_INFINITY) return 0;
  const density = Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);
  if (Math.abs(z) < 3) {
    let term = z;
    let sum = z;
    for (let k = 3; Math.abs(term) > 1e-17 * Math.abs(sum); k += 2) {
      term *= (z * z) / k;
      sum += term;
    }
    return 0.5 + density * sum;
  }
  const x = Math.abs(z);
  let fraction = x;
  for (let k = 120; k >= 1; k--) fraction = x + k / fraction;
  const tail = density / fraction;
  return z > 0 ? 1 - tail : tail;
}

/**
 * The z below which a standard normal falls with probability `p`; ±Infinity at 0 and 1. Acklam's rational
 * approximation (2003) made exact by two steps of Halley's method.
 */
export function normalQuantile(p: number): number {
  if (p <= 0) return Number.NEGATIVE_INFINITY;
  if (p >= 1) return Number.POSITIVE_INFINITY;
  let z = approximateQuantile(p);
  for (let step = 0; step < 2; step++) {
    const error = normalCdf(z) - p;
    const u = error * Math.sqrt(2 * Math.PI) * Math.exp(0.5 * z * z);
    z -= u / (1 + (z * u) / 2);
  }
  return z;
}

function polynomial(coefficients: readonly number[], x: number): number {
  return coefficients.reduce((sum, coefficient) => sum * x + coefficient, 0);
}

const central = [
  -39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716,
  2.506628277459239,
];
const centralBelow = [
  -54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572, 1,
];
const tail = [
  -0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734, 4.374664141464968,
  2.938163982698783,
];
const tailBelow = [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416, 1];

function approximateQuantile(p: number): number {
  if (p > 0.5) return -approximateQuantile(1 - p);
  if (p < 0.02425) {
    const q = Math.sqrt(-2 * Math.log(p));
    return polynomial(tail, q) / polynomial(tailBelow, q);
  }
  const q = p - 0.5;
  const r = q * q;
  return (polynomial(central, r) * q) / polynomial(centralBelow, r);
}

/** z of a two-sided 95 % interval. */
export const z95 = 1.959963984540054;

/** z of a two-sided interval at a level, such as 0.99. */
export function intervalZ(level: number): number {
  return level === 0.95 ? z95 : normalQuantile((1 + level) / 2);
}
