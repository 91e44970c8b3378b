import type { Analysis, Threshold } from "../../schema/analysis.ts";
import { type ComparisonSettings, ComparisonSettingsSchema } from "../../schema/comparison.ts";
import type { Stale } from "../../schema/overview.ts";
import type { Results } from "../../schema/result.ts";
import { validityWarnings } from "../comparison/validity.ts";
import { nameConfidence } from "../metrics/nameConfidence.ts";
import { categoriesOf, scaleOf } from "../metrics/side.ts";
import type { TestedRow } from "../metrics/testedRow.ts";
import { labeledScore } from "../operatingPoint/scores.ts";
import { cheapestThreshold } from "../operatingPoint/thresholdChoice.ts";
import { sliceFailures, studiedRows } from "./slices.ts";
import { worstRows } from "./worst.ts";

export interface AnalyseOptions {
  /** How many of the worst rows to list. */
  readonly worst?: number;
  readonly settings?: Partial<ComparisonSettings>;
  readonly stale?: readonly Stale[];
}

/**
 * What went wrong and where: worst rows first, names by category, failures by slice. Of stamped results only the
 * `dev` rows are looked at, so that what is learnt here says nothing of the held-out ones.
 */
export function analyseResults(version: string, results: Results, options: AnalyseOptions = {}): Analysis {
  const rows = studiedRows(results);
  const settings = ComparisonSettingsSchema.parse(options.settings ?? {});
  const thresholds = thresholdsOf(rows, settings);
  return {
    version,
    analysedOn: results.stamp === null ? "all" : "dev",
    warnings: validityWarnings({ name: version, results, stale: options.stale ?? [] }),
    rows: rows.length,
    unlabelled: rows.filter(({ label }) => label === null).length,
    unscored: rows.filter(({ unscored }) => unscored).length,
    scale: scaleOf(results),
    worst: worstRows(rows).slice(0, options.worst ?? 50),
    categories: categoriesOf(rows.flatMap(({ samples }) => samples)),
    slices: sliceFailures(rows),
    nameConfidence: nameConfidence(rows, scaleOf(results), settings),
    thresholds: { costs: settings.costs, ...thresholds },
  };
}

function thresholdsOf(
  rows: readonly TestedRow[],
  { costs, prevalence }: ComparisonSettings,
): { testSet: Threshold | null; user: Threshold | null } {
  const scores = rows.flatMap((row) => labeledScore(row));
  return {
    testSet: cheapestThreshold(scores, { costs, harmfulShare: null }),
    user: prevalence === null ? null : cheapestThreshold(scores, { costs, harmfulShare: prevalence }),
  };
}
