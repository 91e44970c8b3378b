import type { OperatingFigures, RocPoint } from "../../schema/operatingPoint.ts";
import type { Results } from "../../schema/result.ts";
import { studiedRows } from "../analysis/slices.ts";
import { ratio } from "../metrics/matrix.ts";
import { aurocOf } from "./auroc.ts";
import { calibrationOf } from "./calibration.ts";
import { countsOf, curveCuts, cutsOf, thresholdOfCut } from "./cuts.ts";
import { type LabeledScore, labeledScore } from "./scores.ts";
import { type ChoiceOptions, chooseThreshold } from "./thresholdChoice.ts";

/** Returns every figure of a version's refusal probability, on the dev rows, or on all of a file without a stamp. */
export function operatingFigures(results: Results, options: ChoiceOptions): OperatingFigures {
  const studied = studiedRows(results);
  const scores = studied.flatMap((row) => labeledScore(row));
  const choice = chooseThreshold(scores, options);
  return {
    rows: results.stamp === null ? "all" : "dev",
    leftOut: studied.length - scores.length,
    choice,
    auroc: aurocOf(scores),
    calibration: calibrationOf(scores),
    curve: rocCurve(scores, choice.harmfulShare, choice.chosen?.threshold ?? 1),
  };
}

/** Points of the ROC curve. They are evenly spaced by rows, so a rare class needs more of them than the cost curve. */
const mostRocPoints = 400;

/**
 * Returns the points of the ROC and precision–recall curves, from answering all rows to refusing all of them, the one
 * at the `chosen` threshold among them. Precision at another harmful share is rescaled from recall and false-refusal
 * rate. None where a class is absent.
 */
export function rocCurve(rows: readonly LabeledScore[], harmfulShare: number, chosen: number): RocPoint[] {
  const cuts = cutsOf(rows);
  const { harmful, safe } = countsOf(rows, cuts);
  const allHarmful = rows.filter((row) => row.harmful).length;
  const allSafe = rows.length - allHarmful;
  if (allHarmful === 0 || allSafe === 0) return [];
  const best = cuts.scores.filter((score) => score >= chosen).length;
  const shown = new Set(curveCuts(cuts.scores.length, best, mostRocPoints));
  const points: RocPoint[] = [];
  let [caught, wrong] = [0, 0];
  for (let cut = 0; cut <= cuts.scores.length; cut++) {
    const [recall, falseRefusalRate] = [caught / allHarmful, wrong / allSafe];
    const blocked = recall * harmfulShare;
    if (shown.has(cut)) {
      points.push({
        threshold: thresholdOfCut(cuts, cut),
        falseRefusalRate,
        recall,
        precision: ratio(caught, caught + wrong),
        precisionAtShare: ratio(blocked, blocked + falseRefusalRate * (1 - harmfulShare)),
      });
    }
    caught += harmful[cut] ?? 0;
    wrong += safe[cut] ?? 0;
  }
  return points;
}
