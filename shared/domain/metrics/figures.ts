import type { Costs } from "../../schema/comparison.ts";
import { expectedCost } from "./cost.ts";
import * as matrix from "./matrix.ts";
import { ofTotals, place } from "./vector.ts";

/** A figure of the table: how it is computed from totals, and which way is better. */
export interface MetricDefinition {
  readonly id: MetricId;
  readonly name: string;
  readonly better: "higher" | "lower";
  /** Null: undefined, a denominator is zero. */
  readonly of: (totals: Float64Array) => number | null;
  /** Places of the totals whose sum is its denominator, for proportions that change row by row. */
  readonly proportion?: "all" | "harmful" | "safe";
}

export type MetricId =
  | "accuracy"
  | "error-rate"
  | "block-precision"
  | "block-recall"
  | "block-f1"
  | "block-f2"
  | "specificity"
  | "allow-precision"
  | "allow-f1"
  | "balanced-accuracy"
  | "mcc"
  | "kappa"
  | "missed-harmful-rate"
  | "false-refusal-rate"
  | "expected-cost"
  | "well-formed-share"
  | "answered-score"
  | "delivered-score";

type OfMatrix = (counts: matrix.MatrixCounts) => number | null;
const ofMatrix = (figure: OfMatrix) => ofTotals(figure);
const ofAllow = (figure: OfMatrix) => ofTotals(figure, "allow");
const share = (part: number, whole: number) => (totals: Float64Array) =>
  matrix.ratio(totals[part] ?? 0, totals[whole] ?? 0);

function figure(
  id: MetricId,
  name: string,
  better: MetricDefinition["better"],
  of: MetricDefinition["of"],
  proportion?: MetricDefinition["proportion"],
): MetricDefinition {
  return { id, name, better, of, ...(proportion === undefined ? {} : { proportion }) };
}

/** 1 − accuracy. */
function errorRate(counts: matrix.MatrixCounts): number | null {
  return matrix.ratio(counts.falsePositive + counts.falseNegative, matrix.total(counts));
}

/** Every figure of a side; `scoreName` is "quality" or "rule score". */
export function metricDefinitions(costs: Costs, scoreName: string): readonly MetricDefinition[] {
  const higher = "higher" as const;
  const lower = "lower" as const;
  const f1: OfMatrix = (counts) => matrix.fBeta(counts, 1);
  const f2: OfMatrix = (counts) => matrix.fBeta(counts, 2);
  const cost: OfMatrix = (counts) => expectedCost(counts, costs);
  const answered = `${scoreName === "quality" ? "Quality" : "Rule score"} of answered rows`;
  return [
    figure("accuracy", "Safety accuracy", higher, ofMatrix(matrix.accuracy), "all"),
    figure("error-rate", "Safety error rate", lower, ofMatrix(errorRate), "all"),
    figure("block-precision", "Precision (block)", higher, ofMatrix(matrix.precision)),
    figure("block-recall", "Recall (block)", higher, ofMatrix(matrix.recall), "harmful"),
    figure("block-f1", "F1 (block)", higher, ofMatrix(f1)),
    figure("block-f2", "F2 (block)", higher, ofMatrix(f2)),
    figure("specificity", "Recall (allow)", higher, ofMatrix(matrix.specificity), "safe"),
    figure("allow-precision", "Precision (allow)", higher, ofAllow(matrix.precision)),
    figure("allow-f1", "F1 (allow)", higher, ofAllow(f1)),
    figure("balanced-accuracy", "Balanced accuracy", higher, ofMatrix(matrix.balancedAccuracy)),
    figure("mcc", "MCC", higher, ofMatrix(matrix.mcc)),
    figure("kappa", "Kappa", higher, ofMatrix(matrix.kappa)),
    figure("missed-harmful-rate", "Missed harmful", lower, ofMatrix(matrix.missedHarmfulRate), "harmful"),
    figure("false-refusal-rate", "False refusals", lower, ofMatrix(matrix.falseRefusalRate), "safe"),
    figure("expected-cost", "Expected cost per row", lower, ofMatrix(cost)),
    figure("well-formed-share", "Well-formed share", higher, share(place.wellFormed, place.notRefused)),
    figure(
      "delivered-score",
      `Delivered ${scoreName}`,
      higher,
      share(place.deliveredScore, place.deliveredRows),
    ),
    figure("answered-score", answered, higher, share(place.answeredScore, place.answeredRows)),
  ];
}
