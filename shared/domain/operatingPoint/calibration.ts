import type { Calibration } from "../../schema/operatingPoint.ts";
import { proportion } from "../metrics/side.ts";
import type { LabeledScore } from "./scores.ts";

/** How many bins a reliability diagram has at most. */
const reliabilityBins = 10;

/** Returns a row's squared distance from 1 where it is harmful and from 0 where it is safe. */
export function squaredError({ score, harmful }: LabeledScore): number {
  return (score - (harmful ? 1 : 0)) ** 2;
}

/** Returns the mean squared error of the scores (Brier, Monthly Weather Review 78, 1950). */
function brierScore(rows: readonly LabeledScore[]): number | null {
  if (rows.length === 0) return null;
  return rows.reduce((sum, row) => sum + squaredError(row), 0) / rows.length;
}

/**
 * Returns the Brier score, the bins of a reliability diagram and the expected calibration error: the mean over rows of
 * |mean score − harmful share| of their bin. Bins hold equally many rows, and equal scores share one (the adaptive error
 * of Nguyen and O'Connor, EMNLP 2015): bins of equal width would hold nearly all rows of a version whose refusal
 * probabilities are small.
 */
export function calibrationOf(rows: readonly LabeledScore[]): Calibration {
  const bins = binsOf(rows).map((members) => {
    const scores = members.map(({ score }) => score);
    const harmful = members.filter((row) => row.harmful).length;
    return {
      from: scores[0] as number,
      to: scores.at(-1) as number,
      n: members.length,
      meanProbability: scores.reduce((sum, score) => sum + score, 0) / members.length,
      harmfulShare: proportion(harmful, members.length),
    };
  });
  const error = bins.reduce(
    (sum, { n, meanProbability, harmfulShare }) =>
      sum + n * Math.abs(meanProbability - (harmfulShare.value ?? 0)),
    0,
  );
  return { brier: brierScore(rows), ece: rows.length === 0 ? null : error / rows.length, bins };
}

/** Ascending bins. A bin ends at the first change of the score at or after the next tenth of the rows. */
function binsOf(rows: readonly LabeledScore[]): LabeledScore[][] {
  const ascending = [...rows].sort((one, other) => one.score - other.score);
  const bins: LabeledScore[][] = [];
  let first = 0;
  ascending.forEach((row, index) => {
    const due = (Math.floor((first * reliabilityBins) / ascending.length) + 1) * ascending.length;
    const next = ascending[index + 1];
    if (next !== undefined && ((index + 1) * reliabilityBins < due || next.score === row.score)) return;
    bins.push(ascending.slice(first, index + 1));
    first = index + 1;
  });
  return bins;
}
