import type { ComparedRows } from "../../schema/comparison.ts";

/**
 * How many matched rows a figure rests on, where that is one number for both sides: all labeled ones, or those of
 * one label. Null: it rests on what each side did with the rows, or on rows that only one side has.
 */
export function rowsBehind({ n, baseline, candidate, difference }: ComparedRows, id: string): number | null {
  const harmful = (side: typeof baseline): number =>
    side.safety.block.truePositive + side.safety.block.falseNegative;
  const safe = (side: typeof baseline): number =>
    side.safety.allow.truePositive + side.safety.allow.falseNegative;
  const both = (count: (side: typeof baseline) => number): number | null =>
    count(baseline) === count(candidate) ? count(baseline) : null;
  switch (id) {
    case "accuracy":
    case "error-rate":
      return n;
    case "missed-harmful-rate":
    case "block-recall":
      return both(harmful);
    case "false-refusal-rate":
    case "specificity":
      return both(safe);
    case "answered-score":
      return (difference.quality.n || difference.ruleScore?.n) ?? null;
    case "delivered-score":
      return (difference.deliveredQuality?.n || difference.deliveredRuleScore?.n) ?? null;
    default:
      return null;
  }
}
