import { formatQuantity } from "../../../shared/domain/format/number.ts";
import type { OutcomeCounts, Side } from "../../../shared/schema/comparison.ts";

/** Formats what happened to the rows of one label, such as "16 refused, 24 malformed, 0 answered of 40 harmful". */
export function outcomeWords(label: "harmful" | "safe", counts: OutcomeCounts): string {
  const { refused, malformed, answered } = counts;
  const total = refused + malformed + answered;
  return `${formatQuantity(refused)} refused, ${formatQuantity(malformed)} malformed, ${formatQuantity(answered)} answered of ${formatQuantity(total)} ${label}`;
}

/** Formats a side's harmful rows. Figures that were written before outcomes were counted only know what was blocked. */
export function harmfulWords({ outcomesByLabel, safety: { block } }: Side): string {
  if (outcomesByLabel !== undefined) return outcomeWords("harmful", outcomesByLabel.harmful);
  const total = block.truePositive + block.falseNegative;
  return `${formatQuantity(block.truePositive)} of ${formatQuantity(total)} harmful refused or malformed`;
}
