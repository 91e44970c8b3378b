import { formatInterval, formatNumber, formatQuantity } from "../../../shared/domain/format/number.ts";
import type { Figure, Interval, Mean } from "../../../shared/schema/comparison.ts";

/** Formats a value with its interval. */
export function share(value: number | null, ci95: Interval): string {
  return `${formatNumber(value)}  ${formatInterval(ci95)}`;
}

export function figure({ value, ci95, reason }: Figure): string {
  return `${share(value, ci95)}${reason === undefined ? "" : `  (${reason})`}`;
}

export function mean({ mean: value, ci95, n, reason }: Mean): string {
  return `${share(value, ci95)}  n ${formatQuantity(n)}${reason === undefined ? "" : `  (${reason})`}`;
}
