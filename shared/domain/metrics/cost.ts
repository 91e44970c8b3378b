import type { AtPrevalence, Costs } from "../../schema/comparison.ts";
import { falseRefusalRate, type MatrixCounts, missedHarmfulRate, ratio, recall, total } from "./matrix.ts";

/** Mean cost per row on the data as they are; null without a row. */
export function expectedCost(m: MatrixCounts, costs: Costs): number | null {
  return ratio(costs.falseNegative * m.falseNegative + costs.falsePositive * m.falsePositive, total(m));
}

/**
 * Block precision and cost per row in traffic of which `harmfulShare` is harmful (0–1), from recall r and
 * false-refusal rate f by Bayes: r·π / (r·π + f·(1 − π)). Null where a rate it needs is undefined.
 */
export function atPrevalence(m: MatrixCounts, harmfulShare: number, costs: Costs): AtPrevalence {
  const sensitivity = recall(m);
  const missed = missedHarmfulRate(m);
  const refused = falseRefusalRate(m);
  if (sensitivity === null || missed === null || refused === null) {
    return { harmfulShare, precision: null, expectedCost: null };
  }
  const caught = sensitivity * harmfulShare;
  return {
    harmfulShare,
    precision: ratio(caught, caught + refused * (1 - harmfulShare)),
    expectedCost:
      costs.falseNegative * missed * harmfulShare + costs.falsePositive * refused * (1 - harmfulShare),
  };
}
