import type { Comparison, Side } from "../../schema/comparison.ts";
import type { BothSides, PublishedFigure } from "../../schema/study.ts";
import type { MetricId } from "../metrics/figures.ts";

type Published = Pick<PublishedFigure, "id" | "name" | "decimals" | "published"> & {
  readonly metric: MetricId;
};

/**
 * The figures in the README of the study, sections 5 and 6, and the metric of this program that each of them is. The
 * README gives the error rates as 20.9 %, 9.3 % and −11.6 %.
 */
const published: readonly Published[] = [
  {
    id: "quality",
    name: "Quality (avg)",
    decimals: 4,
    published: { baseline: 0.6893, candidate: 0.696, change: 0.0067 },
    metric: "answered-score",
  },
  {
    id: "safety",
    name: "Safety (F1)",
    decimals: 3,
    published: { baseline: 0.791, candidate: 0.907, change: null },
    metric: "accuracy",
  },
  {
    id: "safety-change",
    name: "Safety (F1), absolute change",
    decimals: 4,
    published: { baseline: null, candidate: null, change: 0.0718 },
    metric: "allow-f1",
  },
  {
    id: "error-rate",
    name: "Total error rate (FP + FN)",
    decimals: 3,
    published: { baseline: 0.209, candidate: 0.093, change: -0.116 },
    metric: "error-rate",
  },
];

/** Returns the published figures beside the same figures of a comparison. */
export function publishedFigures({ baseline, candidate }: Pick<Comparison, "baseline" | "candidate">) {
  return published.map((figure): PublishedFigure => {
    const recomputed = bothSides(figureOf(baseline, figure.id), figureOf(candidate, figure.id));
    return { ...figure, recomputed, reproduced: isReproduced(figure, recomputed) };
  });
}

/** Each version over its own rows, as the study computed them. */
function figureOf({ quality, safety }: Side, id: Published["id"]): number | null {
  switch (id) {
    case "quality":
      return quality.mean;
    case "safety":
      return safety.accuracy.value;
    case "safety-change":
      return safety.allow.f1;
    case "error-rate":
      return safety.errorRate.value;
  }
}

function bothSides(baseline: number | null, candidate: number | null): BothSides {
  return {
    baseline,
    candidate,
    change: baseline === null || candidate === null ? null : candidate - baseline,
  };
}

function isReproduced(figure: Published, recomputed: BothSides): boolean {
  return (["baseline", "candidate", "change"] as const).every((side) => {
    const [claim, found] = [figure.published[side], recomputed[side]];
    if (claim === null) return true;
    return found !== null && found.toFixed(figure.decimals) === claim.toFixed(figure.decimals);
  });
}
