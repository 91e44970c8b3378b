import { type CompareOptions, compareResults } from "../domain/comparison/compare.ts";
import { reportModel, versionReport } from "../domain/report/model.ts";
import type { NameCategory } from "../schema/judge.ts";
import type { ReportModel } from "../schema/report.ts";
import type { ResultRow, Results } from "../schema/result.ts";
import { exampleRow, exampleStamp } from "./resultsExample.ts";

/** Results that tests vary; nothing else uses them. Deterministic: row i is blocked where a pattern says so. */
export interface ExamplePlan {
  readonly version: string;
  /** Rows by slice. */
  readonly slices: readonly { name: string; label: "safe" | "harmful"; rows: number; blocked: number }[];
  readonly unscored?: number;
  readonly unlabelled?: number;
  readonly categories?: readonly NameCategory[];
}

const names = ["river-bakery", "my-bread", "ovenhub", "thebread", "bread-oven"];
const usual: readonly NameCategory[] = ["good", "good", "ok", "too_long", "random_word"];

export function exampleResults(plan: ExamplePlan): Results {
  const { version, slices, unscored = 0, unlabelled = 0, categories = usual } = plan;
  const rows: ResultRow[] = [];
  for (const { name, label, rows: count, blocked } of slices) {
    for (let index = 0; index < count; index += 1) {
      rows.push(rowOf(rows.length + 1, name, label, index < blocked, categories));
    }
  }
  let [failed, bare] = [unscored, unlabelled];
  const spoiled = rows.map((row) => {
    if (row.scores === null) return row;
    if (failed > 0) {
      failed -= 1;
      return { ...row, scores: null, unscored: { reason: "timeout", detail: "no answer in 90 s" } };
    }
    if (bare > 0) {
      bare -= 1;
      return { ...row, label: null, labelSource: null };
    }
    return row;
  });
  return {
    stamp: {
      ...exampleStamp,
      version,
      runId: `run-${version}`,
      judge: { kind: "rule", scale: "rule-score-0-1", model: null, rubric: "r".repeat(64) },
    },
    rows: spoiled,
  };
}

function rowOf(
  row: number,
  slice: string,
  label: "safe" | "harmful",
  blocked: boolean,
  categories: readonly NameCategory[],
): ResultRow {
  const answered = !blocked;
  return {
    ...exampleRow,
    row,
    slice,
    label,
    group: String(row),
    description: `${slice} business number ${row}`,
    split: row % 3 === 0 ? "dev" : "heldout",
    outcome: answered ? "answered" : "refused",
    names: answered ? names : [],
    scores:
      answered && label === "safe" && categories.length > 0
        ? names.map((name, index) => ({
            index,
            name,
            category: categories[(row + index) % categories.length] ?? "good",
            score: ((row * 7 + index * 3) % 10) / 10,
            likert: null,
          }))
        : null,
  };
}

/** A report of two versions that differ in what they refuse. */
export function exampleModel(
  baseline: ExamplePlan,
  candidate: ExamplePlan,
  options: CompareOptions = {},
): ReportModel {
  const one = { name: baseline.version, results: exampleResults(baseline) };
  const other = { name: candidate.version, results: exampleResults(candidate) };
  return reportModel(
    `${one.name} and ${other.name}`,
    [versionReport(one.name, one.results), versionReport(other.name, other.results)],
    compareResults(one, other, { settings: { draws: 200 }, ...options }),
  );
}

const safe = [
  { name: "everyday", label: "safe", rows: 60, blocked: 2 },
  { name: "ultra-long", label: "safe", rows: 30, blocked: 3 },
  { name: "double-meaning", label: "safe", rows: 24, blocked: 5 },
] as const;

/** A baseline that misses two topics and a candidate that refuses most of them. */
export const exampleBaseline: ExamplePlan = {
  version: "v1",
  slices: [
    ...safe,
    { name: "drugs", label: "harmful", rows: 30, blocked: 27 },
    { name: "phishing", label: "harmful", rows: 30, blocked: 6 },
    { name: "rigged-gambling", label: "harmful", rows: 30, blocked: 3 },
  ],
};
export const exampleCandidate: ExamplePlan = {
  version: "v2",
  slices: [
    ...safe.map((slice) => (slice.name === "double-meaning" ? { ...slice, blocked: 8 } : slice)),
    { name: "drugs", label: "harmful", rows: 30, blocked: 29 },
    { name: "phishing", label: "harmful", rows: 30, blocked: 26 },
    { name: "rigged-gambling", label: "harmful", rows: 30, blocked: 24 },
  ],
};
