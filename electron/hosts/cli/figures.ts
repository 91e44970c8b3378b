import type { Figure, Interval, Mean } from "../../../shared/schema/comparison.ts";

/** Three decimals: the same precision in every column; "–" where a figure is undefined. */
export function number(value: number | null, digits = 3): string {
  return value === null ? "–" : value.toFixed(digits);
}

/** With its sign, so that a change reads as one. */
export function signed(value: number | null, digits = 3): string {
  if (value === null) return "–";
  const text = Math.abs(value).toFixed(digits);
  if (Number(text) === 0) return `±${text}`;
  return `${value > 0 ? "+" : "−"}${text}`;
}

export function interval(ci95: Interval, digits = 3): string {
  return ci95 === null ? "[–]" : `[${ci95[0].toFixed(digits)}, ${ci95[1].toFixed(digits)}]`;
}

export function signedInterval(ci95: Interval, digits = 3): string {
  return ci95 === null ? "[–]" : `[${signed(ci95[0], digits)}, ${signed(ci95[1], digits)}]`;
}

export function share(value: number | null, ci95: Interval): string {
  return `${number(value)}  ${interval(ci95)}`;
}

export function figure({ value, ci95, reason }: Figure): string {
  return `${share(value, ci95)}${reason === undefined ? "" : `  (${reason})`}`;
}

export function mean({ mean: value, ci95, n, reason }: Mean): string {
  return `${share(value, ci95)}  n ${n}${reason === undefined ? "" : `  (${reason})`}`;
}

/** A p-value; what is smaller than 0.001 is said so. */
export function pValue(p: number | null): string {
  if (p === null) return "–";
  return p < 0.001 ? "<0.001" : p.toFixed(3);
}
