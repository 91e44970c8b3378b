import type { Threshold } from "../../schema/analysis.ts";
import type { Costs } from "../../schema/comparison.ts";
import type { Policy, ThresholdChoice } from "../../schema/operatingPoint.ts";
import { proportion } from "../metrics/side.ts";
import {
  type ClassCounts,
  type Cuts,
  cheapestCut,
  costsOfCuts,
  countsOf,
  curveCuts,
  cutsOf,
  thresholdOfCut,
} from "./cuts.ts";
import type { LabeledScore } from "./scores.ts";
import { type DrawnCosts, drawCosts, percentiles95 } from "./thresholdDraws.ts";

export interface ChoiceOptions {
  readonly costs: Costs;
  /** Null: the share among the rows. */
  readonly harmfulShare: number | null;
  readonly seed: number;
  readonly draws: number;
}

/** Answering or refusing all costs what the harmful share says, whatever the rows. */
const exact = "exact: the rows don't matter";

/** More points of the cost curve can't be told apart on a screen, and each has an interval. */
const mostCurvePoints = 80;

/**
 * Returns the threshold of least expected cost on the rows, beside answering all and refusing all, each with a
 * percentile bootstrap interval over groups. Deterministic: the draws come from `seed`.
 */
export function chooseThreshold(rows: readonly LabeledScore[], options: ChoiceOptions): ThresholdChoice {
  const cuts = cutsOf(rows);
  const counts = countsOf(rows, cuts);
  const harmful = rows.filter((row) => row.harmful).length;
  const rowsShare = rows.length === 0 ? 0 : harmful / rows.length;
  const harmfulShare = options.harmfulShare ?? rowsShare;
  const { costs: weights } = options;
  const costs = new Float64Array(cuts.scores.length + 1);
  const counted = {
    costs: weights,
    harmfulShare,
    rowsShare,
    n: rows.length,
    harmful,
    safe: rows.length - harmful,
  };
  if (!costsOfCuts(counts, { harmfulShare, costs: weights }, costs)) {
    return { ...counted, chosen: null, answerAll: null, refuseAll: null, costCurve: [] };
  }
  const best = cheapestCut(cuts, costs);
  const last = cuts.scores.length;
  const curve = curveCuts(cuts.scores.length, best, mostCurvePoints);
  const watched = [best, ...curve];
  const drawn = drawCosts({ ...options, rows, cuts, costs, watched, weights, harmfulShare });
  const intervalOf = (cut: number) => drawn.ci95[watched.indexOf(cut)] ?? null;
  const policy = (cut: number): Policy => ({
    threshold: thresholdOfCut(cuts, cut),
    expectedCost:
      cut === 0 || cut === last
        ? { value: costs[cut] as number, ci95: null, reason: exact }
        : withReason(costs[cut] as number, intervalOf(cut), drawn.reason),
    ...ratesOf(counts, cut),
  });
  return {
    ...counted,
    chosen: { ...policy(best), ...choiceOf(drawn, cuts) },
    answerAll: policy(0),
    refuseAll: policy(last),
    costCurve: curve.map((cut) => ({
      threshold: thresholdOfCut(cuts, cut),
      expectedCost: costs[cut] as number,
      ci95: cut === 0 || cut === last ? null : intervalOf(cut),
    })),
  };
}

/** Returns the threshold and its cost without intervals; null where a class is absent. */
export function cheapestThreshold(
  rows: readonly LabeledScore[],
  { costs: weights, harmfulShare }: Pick<ChoiceOptions, "costs" | "harmfulShare">,
): Threshold | null {
  const cuts = cutsOf(rows);
  const costs = new Float64Array(cuts.scores.length + 1);
  const share = harmfulShare ?? rows.filter(({ harmful }) => harmful).length / rows.length;
  if (!costsOfCuts(countsOf(rows, cuts), { costs: weights, harmfulShare: share }, costs)) return null;
  const best = cheapestCut(cuts, costs);
  return {
    harmfulShare: share,
    threshold: thresholdOfCut(cuts, best),
    expectedCost: costs[best] as number,
  };
}

function withReason(value: number, ci95: Policy["expectedCost"]["ci95"], reason: string | null) {
  return { value, ci95, ...(reason === null ? {} : { reason }) };
}

/** Where draws put the threshold, and the optimism of the cost at it. */
function choiceOf({ cuts: drawnCuts, optimism }: DrawnCosts, cuts: Cuts) {
  const thresholds = Float64Array.from(drawnCuts, (cut) => thresholdOfCut(cuts, cut));
  return { thresholdCi95: percentiles95(thresholds), optimism };
}

function ratesOf({ harmful, safe }: ClassCounts, cut: number) {
  const sum = (counts: Float64Array, from: number, to: number) =>
    counts.subarray(from, to).reduce((all, count) => all + count, 0);
  const end = harmful.length;
  return {
    missedHarmfulRate: proportion(sum(harmful, cut, end), sum(harmful, 0, end)),
    falseRefusalRate: proportion(sum(safe, 0, cut), sum(safe, 0, end)),
  };
}
