import type { Figure, Mean, Side } from "../../schema/comparison.ts";
import type { Headline } from "../../schema/overview.ts";
import { scaleName } from "../report/model.ts";

/** The figures that stand for a version: the same four everywhere, in the same order. */
export function headlinesOf(side: Side): Headline[] {
  const { safety, scale } = side;
  const harmful = safety.block.truePositive + safety.block.falseNegative;
  const delivered = scale === "rule-score" ? side.deliveredRuleScore : side.deliveredQuality;
  const score: Mean = delivered ?? { mean: null, n: 0, ci95: null, reason: "not in the file" };
  const figure = (id: Headline["id"], label: string, better: Headline["better"], one: Figure, n: number) => ({
    id,
    label,
    better,
    value: one.value,
    n,
    ci95: one.ci95,
    reason: one.reason ?? null,
  });
  return [
    figure(
      "delivered-score",
      `Delivered ${scaleName(scale)}`,
      "higher",
      { ...score, value: score.mean },
      score.n,
    ),
    figure("accuracy", "Safety accuracy", "higher", safety.accuracy, safety.n),
    figure("missed-harmful-rate", "Missed harmful", "lower", safety.missedHarmfulRate, harmful),
    figure("false-refusal-rate", "False refusals", "lower", safety.falseRefusalRate, safety.n - harmful),
  ];
}
