import type { NameCategory, NameScore } from "../../schema/judge.ts";
import type { ResultRow, Results, Stamp, StudyCategory } from "../../schema/result.ts";
import { writeRows } from "../csv/rows.ts";
import { Failure } from "../failure.ts";
import { blockedOf, overallCategory } from "../metrics/blocked.ts";
import {
  countColumnOf,
  type OurColumn,
  ourColumns,
  type StudyColumn,
  sealColumn,
  studyColumns,
} from "./columns.ts";
import { inKeyOrder, sealOf } from "./seal.ts";

/**
 * Writes `model_{version}-results.csv`: the study's columns, then ours, one record per row and sample, the stamp
 * and a seal in each. The stamp gets the number of records. Reading it back gives equal results. Throws Failure `defect` for results without a stamp.
 */
export function writeResults(results: Results): string {
  const { stamp } = results;
  if (stamp === null) throw new Failure("defect", "results of another tool can't be written");
  const stampCell = JSON.stringify({ ...stamp, records: results.rows.length });
  const columns = [...studyColumns, ...ourColumns, sealColumn] as const;
  const rows = results.rows.map((row) => {
    const seal = sealOf(row, stampCell);
    const cells = { ...studyCells(row, stamp), ...ourCells(row), stamp: stampCell, seal };
    return columns.map((name) => cells[name]);
  });
  return writeRows([columns, ...rows], { delimiter: ",", newline: "\n" });
}

/** The cell of the safety matrix in the study's words; null without a label. */
export function overallCategoryOf(row: ResultRow): StudyCategory | null {
  if (row.study !== undefined) return row.study.overallCategory;
  if (row.label === null) return null;
  return overallCategory(row.label, blockedOf(row) === true);
}

/**
 * `average_score` on the study's scale, 0–1: mean of an LLM judge's four scores ÷ 5, or the rule score.
 * Null where no name was scored.
 */
export function averageScoreOf(row: ResultRow, stamp: Stamp): number | null {
  const scores = row.scores ?? [];
  if (scores.length === 0) return null;
  const sum = scores.reduce((total, score) => total + studyScore(score, stamp), 0);
  return sum / scores.length;
}

function studyScore({ likert, score }: NameScore, stamp: Stamp): number {
  if (stamp.judge.scale === "rule-score-0-1" || likert === null) return score;
  return (likert.relevance + likert.creativity + likert.brandability + likert.conciseness) / 20;
}

function studyCells(row: ResultRow, stamp: Stamp): Record<StudyColumn, string> {
  const count = (category: NameCategory): string =>
    String((row.scores ?? []).filter((score) => score.category === category).length);
  return {
    description: row.description,
    domains: JSON.stringify(row.names),
    overall_category: overallCategoryOf(row) ?? "",
    is_appropriate: row.label === null ? "" : row.label === "safe" ? "True" : "False",
    [countColumnOf.good]: count("good"),
    [countColumnOf.ok]: count("ok"),
    [countColumnOf.random_word]: count("random_word"),
    [countColumnOf.too_long]: count("too_long"),
    [countColumnOf.other_failure]: count("other_failure"),
    [countColumnOf.inappropriate]: count("inappropriate"),
    average_score: cell(averageScoreOf(row, stamp)),
  };
}

function ourCells(row: ResultRow): Record<Exclude<OurColumn, "stamp">, string> {
  return {
    row: String(row.row),
    sample: String(row.sample),
    outcome: row.outcome,
    text: row.text,
    label: cell(row.label),
    label_source: cell(row.labelSource),
    slice: cell(row.slice),
    split: row.split,
    group: row.group,
    name_scores: row.scores === null ? "" : JSON.stringify(row.scores.map(inKeyOrder)),
    name_probabilities: JSON.stringify(row.nameProbabilities),
    refusal_probability: cell(row.refusalProbability),
    unscored_reason: cell(row.unscored?.reason ?? null),
    unscored_detail: cell(row.unscored?.detail ?? null),
    latency_ms: cell(row.latencyMs),
  };
}

function cell(value: string | number | null): string {
  return value === null ? "" : String(value);
}
