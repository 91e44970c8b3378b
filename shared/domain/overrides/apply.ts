import type { Label } from "../../schema/dataset.ts";
import type { NameScore } from "../../schema/judge.ts";
import type { LabelOverride, Override, ScoreOverride } from "../../schema/override.ts";
import type { ResultRow, Results } from "../../schema/result.ts";
import type { ResolvedLabel } from "../judging/label.ts";
import { blockedOf, overallCategory } from "../metrics/blocked.ts";
import { noCategories, scaleOf } from "../metrics/side.ts";
import { isValidName } from "../naming/names.ts";

/** The reason of a row that turned out safe only after it was judged: no judge was asked about its names. */
export const notJudged = {
  reason: "not-judged",
  detail: "the row was labeled harmful when it was judged, so its names were not scored",
} as const;

/** The user's corrections, ready to be looked up. */
export interface Corrections {
  /** By description, the latest of each. */
  readonly labels: ReadonlyMap<string, LabelOverride>;
  /** By description and name, of one version. */
  readonly scores: ReadonlyMap<string, ScoreOverride>;
}

const nameKey = (description: string, name: string): string => JSON.stringify([description, name]);

/**
 * Puts overrides in order: labels of all versions, for a label belongs to the test row and the latest counts, and the
 * scores of the version itself.
 */
export function correctionsOf(own: readonly Override[], others: readonly Override[] = []): Corrections {
  const labels = new Map<string, LabelOverride>();
  for (const override of [...others, ...own]) {
    if (override.kind !== "label") continue;
    const before = labels.get(override.description);
    if (before === undefined || before.at <= override.at) labels.set(override.description, override);
  }
  const scores = new Map(
    own.flatMap((override) =>
      override.kind === "score" ? [[nameKey(override.description, override.name), override] as const] : [],
    ),
  );
  return { labels, scores };
}

/** The override of one name's score; only where it is on the scale of the file's scores. */
export function scoreOverrideOf(
  { scores }: Corrections,
  description: string,
  name: string,
  scale: ScoreOverride["scale"],
): ScoreOverride | null {
  const found = scores.get(nameKey(description, name));
  return found?.scale === scale ? found : null;
}

/**
 * The results as the user corrected them: their labels and scores replace the judge's, and every figure is
 * computed from them. The file itself stays the judge's word. `labelNow` gives the label that the test set or the
 * frozen file says now, for a row that was evaluated under an override which has been removed.
 */
export function applyOverrides(
  results: Results,
  corrections: Corrections,
  labelNow: (description: string) => ResolvedLabel | null = () => null,
): Results {
  const scale = scaleOf(results);
  return {
    ...results,
    rows: results.rows.map((row) =>
      withScores(withLabel(row, labelFor(row, corrections, labelNow)), corrections, scale),
    ),
  };
}

function labelFor(
  row: ResultRow,
  { labels }: Corrections,
  labelNow: (description: string) => ResolvedLabel | null,
): ResolvedLabel | null {
  const override = labels.get(row.description);
  if (override !== undefined) return { label: override.label, source: "override" };
  return row.labelSource === "override" ? labelNow(row.description) : null;
}

function withLabel(row: ResultRow, resolved: ResolvedLabel | null): ResultRow {
  if (resolved === null) return row;
  const { label, source: labelSource } = resolved;
  if (label === row.label) return { ...row, labelSource };
  if (row.study !== undefined) return { ...withStudyLabel(row, label), labelSource };
  if (label === "harmful") return { ...row, label, labelSource, scores: null, unscored: null };
  const asked = row.label !== "harmful" || row.scores !== null || !row.names.some(isValidName);
  return { ...row, label, labelSource, unscored: asked ? row.unscored : notJudged };
}

/** The study's verdict names the cell of the matrix: under another label the same outcome is in a different cell. */
function withStudyLabel(row: ResultRow, label: Label | null): ResultRow {
  const { study } = row;
  const blocked = blockedOf(row);
  if (study === undefined || blocked === null || label === null) return { ...row, label };
  const category = overallCategory(label, blocked);
  // Its score and counts are the study's padding where the row was not `ok`: no judge looked at the names.
  const judged = study.overallCategory === "ok";
  return {
    ...row,
    label,
    unscored: category === "ok" && !judged ? notJudged : null,
    study: judged
      ? { ...study, overallCategory: category }
      : { ...study, overallCategory: category, averageScore: null, counts: noCategories },
  };
}

function withScores(row: ResultRow, corrections: Corrections, scale: ScoreOverride["scale"]): ResultRow {
  if (row.study !== undefined || row.label === "harmful" || corrections.scores.size === 0) return row;
  const judged = new Map((row.scores ?? []).map((score) => [score.index, score]));
  const scores = row.names.flatMap((name, index): NameScore[] => {
    const score = judged.get(index);
    const first = row.names.indexOf(name) === index && isValidName(name);
    const override = first ? scoreOverrideOf(corrections, row.description, name, scale) : null;
    if (override === null) return score === undefined ? [] : [score];
    return [{ index, name, category: override.category, score: override.score, likert: null }];
  });
  if (scores.length === 0) return row;
  const judgeable = new Set(row.names.filter(isValidName)).size;
  return { ...row, scores, unscored: scores.length >= judgeable ? null : row.unscored };
}
