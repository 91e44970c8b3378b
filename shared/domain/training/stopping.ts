import type { RunStatus } from "../../schema/run.ts";
import type { EvaluationSpec } from "../../schema/training.ts";
import type { TrainingCurves } from "../../schema/trainingCurves.ts";
import { pluralize } from "../format/count.ts";
import { formatNumber } from "../format/number.ts";

/** The settings that early stopping uses. */
export type StoppingRule = Pick<EvaluationSpec, "strategy" | "patience" | "metric">;

/** Returns what an evaluation is counted in: epochs if it runs after each epoch. */
function unitOf({ strategy }: StoppingRule): string {
  return strategy === "epoch" ? "epoch" : "evaluation";
}

/** Evaluations since the best one. */
function withoutImprovement({ evaluations }: Pick<TrainingCurves, "evaluations">): number {
  const best = evaluations.findLastIndex((evaluation) => evaluation.best);
  return evaluations.length - 1 - best;
}

/** Describes the state of early stopping for a training. */
export function stoppingWords(curves: TrainingCurves, rule: StoppingRule, status: RunStatus): string {
  const unit = unitOf(rule);
  const best = curves.evaluations.findLast((evaluation) => evaluation.best);
  if (best === undefined) {
    return status === "running" || status === "queued"
      ? `No evaluations yet. The first runs after ${rule.strategy === "epoch" ? "epoch 1" : "some steps"}.`
      : "Training ended before the first evaluation.";
  }
  const bestWords = `Best at ${placeOf(best, rule)} (${metricWords(best, rule)})`;
  const idle = withoutImprovement(curves);
  if (curves.stoppedEarlyAt !== null) {
    return `Stopped early after ${pluralize(idle, unit)} without improvement. ${bestWords}. The adapter uses that checkpoint.`;
  }
  if (status === "succeeded") return `Completed all epochs. ${bestWords}. The adapter uses that checkpoint.`;
  if (idle === 0) return `${bestWords}, the latest.`;
  return `${bestWords}. ${idle} of ${pluralize(rule.patience, unit)} without improvement.`;
}

/** An expected cost that is undefined fell back to the eval loss. */
function metricWords(best: TrainingCurves["evaluations"][number], { metric }: StoppingRule): string {
  if (metric === "mean_of_losses") return `mean of both losses ${formatNumber(best.meanOfLosses, 4)}`;
  if (metric === "expected_cost" && best.expectedCost !== null)
    return `expected cost ${formatNumber(best.expectedCost, 4)}`;
  return `eval loss ${formatNumber(best.evalLoss, 4)}`;
}

function placeOf({ epoch, step }: { epoch: number; step: number }, rule: StoppingRule): string {
  return rule.strategy === "epoch" ? `epoch ${Math.round(epoch)}` : `step ${step}`;
}
