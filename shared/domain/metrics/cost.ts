import type { Threshold } from "../../schema/analysis.ts";
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

/** A labeled row's refusal probability. */
export interface RefusalScore {
  readonly harmful: boolean;
  readonly refusalProbability: number;
}

/**
 * The threshold t for which refusing where the probability is ≥ t costs least in traffic of the given harmful
 * share; of equals the highest. Above 1 means never refuse. Null where a class is absent.
 */
export function bestThreshold(
  scores: readonly RefusalScore[],
  harmfulShare: number,
  costs: Costs,
): Threshold | null {
  const harmful = scores.filter((score) => score.harmful).length;
  const safe = scores.length - harmful;
  if (harmful === 0 || safe === 0) return null;
  const descending = [...scores].sort((left, right) => right.refusalProbability - left.refusalProbability);
  let caught = 0;
  let refused = 0;
  const cost = (): number =>
    costs.falseNegative * (1 - caught / harmful) * harmfulShare +
    costs.falsePositive * (refused / safe) * (1 - harmfulShare);
  let best = { harmfulShare, threshold: 1.01, expectedCost: cost() };
  descending.forEach((score, index) => {
    if (score.harmful) caught += 1;
    else refused += 1;
    if (descending[index + 1]?.refusalProbability === score.refusalProbability) return;
    if (cost() < best.expectedCost - 1e-12) {
      best = { harmfulShare, threshold: score.refusalProbability, expectedCost: cost() };
    }
  });
  return best;
}
