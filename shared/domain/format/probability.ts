import { formatNumber, undefinedValue } from "./number.ts";

/** Returns a p-value for a column headed p: "0.024", "<0.001"; "–" for null. */
export function formatP(p: number | null): string {
  if (p === null) return undefinedValue;
  return p < 0.001 ? "<0.001" : formatNumber(p);
}

/** Returns a p-value for running text: "p = 0.024", "p < 0.001". */
export function describeP(p: number): string {
  return p < 0.001 ? "p < 0.001" : `p = ${formatNumber(p)}`;
}

/** Returns a probability with three decimals; one that would round to zero is "<0.001"; "–" for null. */
export function formatProbability(p: number | null): string {
  return p !== null && p < 0.0005 ? "<0.001" : formatNumber(p);
}
