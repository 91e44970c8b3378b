import type { Histogram } from "../../schema/evaluationRows.ts";
import type { TestedRow } from "../metrics/testedRow.ts";

/** Bars of the score histogram: each is 0.05 of the scale wide. */
export const histogramBins = 20;

/** Answered safe rows by their mean score. A row that the judge failed to score stands in no bar, it is counted apart. */
export function scoreHistogram(rows: readonly TestedRow[]): Histogram {
  const counts = new Array<number>(histogramBins).fill(0);
  const safe = rows.filter(({ label }) => label === "safe");
  let n = 0;
  for (const { answeredScore } of safe) {
    if (answeredScore === null) continue;
    const bin = Math.min(histogramBins - 1, Math.floor(answeredScore * histogramBins));
    counts[bin] = (counts[bin] ?? 0) + 1;
    n += 1;
  }
  return {
    bins: counts.map((count, bin) => ({ from: bin / histogramBins, to: (bin + 1) / histogramBins, count })),
    n,
    unscored: rows.filter(({ unscored }) => unscored).length,
  };
}
