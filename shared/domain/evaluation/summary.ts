import { ComparisonSettingsSchema, type Warning } from "../../schema/comparison.ts";
import type { SummaryFigures } from "../../schema/evaluationRows.ts";
import type { Results } from "../../schema/result.ts";
import { sliceFailures, studiedRows } from "../analysis/slices.ts";
import { sideOf } from "../metrics/side.ts";
import { testedRows } from "../metrics/testedRow.ts";
import { scoreHistogram } from "./histogram.ts";

/** Figures over the dev rows, or over all. Without a stamp there are no splits: always over all. */
export function summaryFigures(version: string, results: Results, asked: "dev" | "all"): SummaryFigures {
  const split = results.stamp === null ? "all" : asked;
  const rows = split === "all" ? testedRows(results) : studiedRows(results);
  return {
    stamp: results.stamp,
    split,
    side: sideOf(version, results, rows, ComparisonSettingsSchema.parse({})),
    histogram: scoreHistogram(rows),
    slices: sliceFailures(studiedRows(results)),
  };
}

/** What a reader must know before trusting the figures of a results file. */
export function resultsWarnings({ stamp }: Results): Warning[] {
  if (stamp === null) {
    return [
      {
        code: "unstamped",
        message: "This file has no stamp: nothing says which model, test set or judge it came from.",
      },
    ];
  }
  return [
    ...(stamp.gate === "failed"
      ? [
          {
            code: "gate-failed",
            message: "The adapter did not pass the parity gate: the engine may not run what was trained.",
          },
        ]
      : []),
    ...(stamp.tunedOnTest
      ? [
          {
            code: "tuned-on-test",
            message: "Training rows were written from this test set, which has no split column.",
          },
        ]
      : []),
    ...(stamp.canaryAlarms === undefined
      ? []
      : [
          {
            code: "canary",
            message: `The judge scored canary rows on the wrong side (${stamp.canaryAlarms.join(", ")}): do not trust these scores.`,
          },
        ]),
  ];
}
