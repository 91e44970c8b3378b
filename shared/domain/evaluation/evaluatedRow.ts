import type { EvaluatedRow } from "../../schema/evaluationRows.ts";
import type { OverallCategory } from "../../schema/report.ts";
import type { ResultRow, Results } from "../../schema/result.ts";
import { failureOf, scoreOf } from "../analysis/worst.ts";
import { scaleOf } from "../metrics/side.ts";
import { testedRows } from "../metrics/testedRow.ts";
import { type Corrections, scoreOverrideOf } from "../overrides/apply.ts";
import { cellOf } from "../report/shift.ts";

/** Every sample of results whose corrections are applied, in file order. Its cell is its row's: most samples decide. */
export function evaluatedRows(results: Results, corrections: Corrections): EvaluatedRow[] {
  const scale = scaleOf(results);
  return testedRows(results).flatMap((tested) => {
    const cell = cellOf(tested, tested.label);
    return tested.samples.map((row) => evaluatedRow(row, cell, corrections, scale));
  });
}

function evaluatedRow(
  row: ResultRow,
  cell: OverallCategory | null,
  corrections: Corrections,
  scale: ReturnType<typeof scaleOf>,
): EvaluatedRow {
  const names = [...new Set(row.names)];
  return {
    row: row.row,
    sample: row.sample,
    description: row.description,
    label: row.label,
    labelSource: row.labelSource,
    slice: row.slice,
    split: row.split,
    outcome: row.outcome,
    names: row.names,
    cell,
    failure: failureOf(row),
    score: scoreOf(row),
    categories: [...new Set((row.scores ?? []).map(({ category }) => category))],
    unscored: row.unscored,
    refusalProbability: row.refusalProbability,
    latencyMs: row.latencyMs,
    overridden: {
      label: row.labelSource === "override",
      scores:
        row.label === "harmful"
          ? 0
          : names.filter((name) => scoreOverrideOf(corrections, row.description, name, scale) !== null)
              .length,
    },
  };
}
