import { sideOf } from "../../../shared/domain/metrics/side.ts";
import { testedRows } from "../../../shared/domain/metrics/testedRow.ts";
import {
  ComparisonSettingsSchema,
  type DecisionSettings,
  type Side,
} from "../../../shared/schema/comparison.ts";
import type { Results } from "../../../shared/schema/result.ts";

/** Returns the figures of one results file over all its labeled rows, by the workspace's costs and prevalence. */
export function versionFigures(name: string, results: Results, preset: DecisionSettings): Side {
  return sideOf(name, results, testedRows(results), ComparisonSettingsSchema.parse(preset));
}
