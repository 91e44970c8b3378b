import type { AxisScale } from "../../schema/curves.ts";

export type Domain = readonly [number, number];

/** 1, 2 or 5 times a power of ten: the least such step that gives at most `most` intervals. */
function niceStep(span: number, most: number): number {
  const rough = span / Math.max(1, most);
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 5, 10].find((one) => one * power >= rough * (1 - 1e-9)) ?? 10;
  return factor * power;
}

/** Multiples of a round step within a domain, ends included. Empty where the domain isn't an interval. */
export function linearTicks([low, high]: Domain, most = 5): number[] {
  if (!(high > low)) return Number.isFinite(low) ? [low] : [];
  const step = niceStep(high - low, most);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  // Rounded to the step's own digits: 3 × 0.1 is to read 0.3.
  const digits = Math.max(0, -Math.floor(Math.log10(step)) + 1);
  const rounded = Array.from({ length: Math.max(0, last - first + 1) }, (_, index) =>
    Number(((first + index) * step).toFixed(digits)),
  );
  // Rounding moves a tick out of an interval that is only some floating-point steps long.
  const slack = (high - low) * 1e-9;
  return rounded.filter((tick) => tick >= low - slack && tick <= high + slack);
}

/** 1, 2 and 5 times powers of ten within a domain, or the powers alone where those are many. */
export function logTicks([low, high]: Domain, most = 7): number[] {
  if (!(low > 0 && high > low)) return [];
  const [from, to] = [Math.floor(Math.log10(low)), Math.ceil(Math.log10(high))];
  const within = (factors: readonly number[]): number[] =>
    Array.from({ length: to - from + 1 }, (_, index) =>
      factors.map((factor) => Number((factor * 10 ** (from + index)).toPrecision(3))),
    )
      .flat()
      .filter((tick) => tick >= low * (1 - 1e-9) && tick <= high * (1 + 1e-9));
  const fine = within([1, 2, 5]);
  if (fine.length < 3) return linearTicks([low, high], most - 2);
  return fine.length <= most ? fine : within([1]);
}

export function ticksOf(domain: Domain, scale: AxisScale): number[] {
  return scale === "log" ? logTicks(domain) : linearTicks(domain);
}

/**
 * The domain that holds all values with a little air, on the scale's own terms. One value alone gets a domain
 * around it; no value gives [0, 1], or [0.1, 1] for logarithms. Values that have no logarithm are skipped there.
 */
export function domainOf(values: readonly number[], scale: AxisScale): [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (!Number.isFinite(value) || (scale === "log" && value <= 0)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (low > high) return scale === "log" ? [0.1, 1] : [0, 1];
  if (scale === "log") {
    const air = high === low ? 2 : (high / low) ** 0.05;
    return [low / air, high * air];
  }
  const air = high === low ? Math.max(Math.abs(high) * 0.1, 1e-9) : (high - low) * 0.05;
  // A measurement that is never negative does not get an axis that is.
  return [low >= 0 ? Math.max(0, low - air) : low - air, high + air];
}
