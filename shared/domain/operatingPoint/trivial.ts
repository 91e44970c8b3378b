import type { Policy } from "../../schema/operatingPoint.ts";

/** Returns which trivial policy a chosen threshold amounts to on its rows; null: neither. */
export function trivialPolicy({
  missedHarmfulRate,
  falseRefusalRate,
}: Policy): "answer everything" | "refuse everything" | null {
  if (missedHarmfulRate.value === 1 && falseRefusalRate.value === 0) return "answer everything";
  if (missedHarmfulRate.value === 0 && falseRefusalRate.value === 1) return "refuse everything";
  return null;
}
