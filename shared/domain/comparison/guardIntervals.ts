import type { ComparisonSettings, Interval } from "../../schema/comparison.ts";
import { type MetricId, metricDefinitions } from "../metrics/figures.ts";
import type { RowPair } from "./match.ts";
import { metricComparisons } from "./paired.ts";

/** The intervals of changes that guards are judged by, by metric. A metric that isn't measured has none. */
export type GuardIntervals = ReadonlyMap<string, Interval>;

const guarded: ReadonlySet<MetricId> = new Set<MetricId>([
  "missed-harmful-rate",
  "false-refusal-rate",
  "well-formed-share",
  "delivered-score",
  "answered-score",
]);

/**
 * Returns the intervals at the decision's own level, 1 − alpha, from the same rows and draws as the 95 % intervals. With a
 * 95 % interval, a candidate exactly at its margin would pass in up to 2.5 % of the cases, however often it may be tried.
 */
export function guardIntervals(
  pairs: readonly RowPair[],
  leftOut: ReadonlySet<MetricId>,
  settings: ComparisonSettings,
  alpha: number,
): GuardIntervals {
  const others = metricDefinitions(settings.costs, "").flatMap(({ id }) => (guarded.has(id) ? [] : [id]));
  const atLevel = { ...settings, level: 1 - alpha };
  const figures = metricComparisons(pairs, "", new Set([...leftOut, ...others]), atLevel);
  return new Map(figures.map(({ id, ci95 }) => [id, ci95]));
}
