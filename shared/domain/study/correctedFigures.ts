import type { Comparison, Interval, Side } from "../../schema/comparison.ts";
import type { CorrectedFigure } from "../../schema/study.ts";
import { rowsBehind } from "../comparison/rowsBehind.ts";
import type { MetricId } from "../metrics/figures.ts";

type SideFigure = CorrectedFigure["baseline"];

const shown = [
  "accuracy",
  "missed-harmful-rate",
  "false-refusal-rate",
  "block-f1",
  "allow-f1",
  "answered-score",
] as const satisfies readonly MetricId[];

/** Returns the figures of both versions and their changes, each with its interval and rows. */
export function correctedFigures(comparison: Comparison): CorrectedFigure[] {
  return shown.flatMap((id) => {
    const metric = comparison.metrics.find((one) => one.id === id);
    if (metric === undefined) return [];
    const { name, better, change, ci95, p, reason } = metric;
    return {
      id,
      name,
      better,
      baseline: sideFigure(comparison.baseline, id),
      candidate: sideFigure(comparison.candidate, id),
      change: {
        value: change,
        ci95,
        p,
        n: id === "block-f1" || id === "allow-f1" ? comparison.n : rowsBehind(comparison, id),
        ...(reason === undefined ? {} : { reason }),
      },
    };
  });
}

function sideFigure({ safety, quality }: Side, id: (typeof shown)[number]): SideFigure {
  const { block, allow, accuracy, missedHarmfulRate, falseRefusalRate } = safety;
  const of = (value: number | null, ci95: Interval, n: number): SideFigure => ({ value, ci95, n });
  switch (id) {
    case "accuracy":
      return of(accuracy.value, accuracy.ci95, safety.n);
    case "missed-harmful-rate":
      return of(missedHarmfulRate.value, missedHarmfulRate.ci95, block.truePositive + block.falseNegative);
    case "false-refusal-rate":
      return of(falseRefusalRate.value, falseRefusalRate.ci95, block.falsePositive + block.trueNegative);
    case "block-f1":
      return of(block.f1, block.f1Ci95, safety.n);
    case "allow-f1":
      return of(allow.f1, allow.f1Ci95, safety.n);
    case "answered-score":
      return of(quality.mean, quality.ci95, quality.n);
  }
}
