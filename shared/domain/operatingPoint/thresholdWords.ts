import { formatSignificant } from "../format/number.ts";

/** Returns what a chosen threshold does. A choice of 0 refuses every dev row and one of 1 answers every dev row. */
export function thresholdWords(threshold: number): string {
  if (threshold === 0) return "refuse everything";
  if (threshold === 1) return "answer everything";
  return `refuse from ${formatSignificant(threshold)}`;
}
