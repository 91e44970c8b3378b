import { ComparisonSettingsSchema, type DecisionSettings, type Warning } from "../../schema/comparison.ts";
import type { SummaryFigures } from "../../schema/evaluationRows.ts";
import type { Histogram } from "../../schema/histogram.ts";
import type { Results } from "../../schema/result.ts";
import { sliceFailures, studiedRows } from "../analysis/slices.ts";
import { warn } from "../comparison/warnings.ts";
import { nameConfidence } from "../metrics/nameConfidence.ts";
import { scaleOf, sideOf } from "../metrics/side.ts";
import { type TestedRow, testedRows } from "../metrics/testedRow.ts";
import { histogramOf } from "../report/histogram.ts";
import { scaleName } from "../report/model.ts";

/** Figures over the dev rows, or over all. Without a stamp there are no splits: always over all. */
export function summaryFigures(
  version: string,
  results: Results,
  asked: "dev" | "all",
  preset: DecisionSettings,
): SummaryFigures {
  const split = results.stamp === null ? "all" : asked;
  const rows = split === "all" ? testedRows(results) : studiedRows(results);
  const settings = ComparisonSettingsSchema.parse(preset);
  return {
    stamp: results.stamp,
    split,
    side: sideOf(version, results, rows, settings),
    histogram: answeredHistogram(version, results, rows),
    slices: sliceFailures(studiedRows(results)),
    nameConfidence: nameConfidence(rows, scaleOf(results), settings),
  };
}

/** Bars of the score histogram: each is 0.05 of the scale wide. */
const bins = 20;

/** Safe rows that were answered, by their mean score; rows that the judge failed to score are in no bar. */
function answeredHistogram(version: string, results: Results, rows: readonly TestedRow[]): Histogram {
  const name = scaleName(scaleOf(results));
  const scores = rows
    .filter(({ label, unscored, answeredScore }) => label === "safe" && (unscored || answeredScore !== null))
    .map(({ answeredScore }) => answeredScore);
  return histogramOf(scores, { title: `${version}: ${name} of answered rows`, scoreName: name, bins });
}

/** What a reader must know before trusting the figures of a results file. */
export function resultsWarnings({ stamp }: Results): Warning[] {
  const alarms = stamp?.canaryAlarms?.join(", ");
  return [
    ...warn(
      stamp === null,
      "unstamped",
      "This file has no stamp, so its model, test set and judge are unknown.",
    ),
    ...warn(
      stamp?.gate === "failed",
      "gate-failed",
      "The adapter didn't pass the parity gate, so the engine may not run the model as trained.",
    ),
    ...warn(
      stamp?.gate === "none",
      "no-gate",
      "No gate: this version was adopted from a GGUF file, so nothing proves that the engine runs it as trained.",
    ),
    ...warn(
      stamp?.tunedOnTest === true,
      "tuned-on-test",
      "Training rows were written from this test set, which has no split column.",
    ),
    ...warn(
      alarms !== undefined,
      "canary",
      `The judge scored canary rows on the wrong side (${alarms}). Don't trust these scores.`,
    ),
  ];
}
