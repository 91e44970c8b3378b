import type { Histogram } from "../../schema/histogram.ts";
import { formatCount, pluralize } from "../format/count.ts";
import { formatNumber } from "../format/number.ts";

export interface HistogramOptions {
  readonly title: string;
  /** "quality" or "rule score". */
  readonly scoreName: string;
  readonly bins?: number;
}

/** How row scores on 0–1 are spread. `null`: the judge failed on that row; it is counted apart, in no bin. */
export function histogramOf(
  scores: readonly (number | null)[],
  { title, scoreName, bins: count = 10 }: HistogramOptions,
): Histogram {
  const bins = Array.from({ length: count }, (_, index) => ({
    from: index / count,
    to: (index + 1) / count,
    count: 0,
  }));
  let sum = 0;
  let scored = 0;
  for (const score of scores) {
    if (score === null) continue;
    // 0.3 × 10 is 3 but 0.29999… as a mean of names may be: rounded before it is put into its bin.
    const bin = bins[Math.max(0, Math.min(count - 1, Math.floor(Number((score * count).toFixed(9)))))];
    if (bin !== undefined) bin.count += 1;
    sum += score;
    scored += 1;
  }
  const mean = scored === 0 ? null : sum / scored;
  return {
    title,
    scoreWords: `${scoreName} of a row, mean ${formatNumber(mean)}, n ${formatCount(scored)}; ${pluralize(scores.length - scored, "row")} unscored`,
    bins,
    scored,
    unscored: scores.length - scored,
    mean,
  };
}
