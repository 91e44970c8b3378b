import type {
  CategoryCounts,
  ComparisonSettings,
  Figure,
  MatrixView,
  Mean,
  OutcomeCounts,
  Safety,
  Scale,
  Side,
} from "../../schema/comparison.ts";
import type { Label } from "../../schema/dataset.ts";
import type { ResultRow, Results } from "../../schema/result.ts";
import { type BootstrapInterval, bcaIntervals } from "../statistics/bootstrap.ts";
import { type CountedRow, clusteredWilson95 } from "../statistics/clusteredProportion.ts";
import { wilson95 } from "../statistics/proportions.ts";
import { type Tallies, talliesOf, totalsOf } from "../statistics/tallies.ts";
import { atPrevalence, expectedCost } from "./cost.ts";
import * as matrix from "./matrix.ts";
import { countsAsBlocked, type TestedRow } from "./testedRow.ts";
import { matrixOf, matrixWidth, ofTotals, place, type RowVector, vectorOf, vectorWidth } from "./vector.ts";

/** Which scale a file's scores are on. The study's format holds an LLM judge's quality. */
export function scaleOf(results: Results): Scale {
  return results.stamp?.judge.scale === "rule-score-0-1" ? "rule-score" : "quality";
}

/** The figures of one file over the rows given (a split of it, or all). Sides cover all their labeled rows. */
export function sideOf(
  name: string,
  results: Results,
  rows: readonly TestedRow[],
  settings: ComparisonSettings,
): Side {
  const samples = rows.flatMap((row) => row.samples);
  const vectors = rows.map((row) => ({ group: row.group, vector: vectorOf(row, row.label) }));
  const totals = totalsOf(talliesOf(vectors, vectorWidth));
  const notRefused = totals[place.notRefused] ?? 0;
  return {
    name,
    stamped: results.stamp !== null,
    scale: scaleOf(results),
    rows: rows.length,
    outcomes: outcomesOf(samples),
    outcomesByLabel: { harmful: labelledOutcomes(rows, "harmful"), safe: labelledOutcomes(rows, "safe") },
    ...scoresOf(results, vectors, settings),
    wellFormedShare: { ...shareOf(vectors, [place.wellFormed], [place.notRefused]), n: notRefused },
    safety: safetyOf(rows, vectors, settings),
    categories: categoriesOf(samples),
    paddingRemoved: paddingOf(samples),
    unscored: rows.filter((row) => row.unscored).length,
  };
}

interface GroupedVector {
  readonly group: string;
  readonly vector: RowVector;
}

/** successes / n with Wilson's interval. */
export function proportion(successes: number, n: number): Figure {
  const value = matrix.ratio(successes, n);
  return { value, ci95: wilson95(successes, n), ...(value === null ? { reason: "no rows" } : {}) };
}

/** The share of rows in some places among those in others, with Wilson's interval over groups. */
function shareOf(
  vectors: readonly GroupedVector[],
  successes: readonly number[],
  among: readonly number[],
): Figure {
  const rows = vectors.map(
    ({ group, vector }): CountedRow => ({
      group,
      successes: sumAt(vector, successes),
      n: sumAt(vector, among),
    }),
  );
  const [counted, n] = [
    rows.reduce((sum, row) => sum + row.successes, 0),
    rows.reduce((sum, row) => sum + row.n, 0),
  ];
  return { ...proportion(counted, n), ci95: clusteredWilson95(rows) };
}

const sumAt = (vector: RowVector, places: readonly number[]): number =>
  places.reduce((sum, index) => sum + (vector[index] ?? 0), 0);

type Scores = Pick<Side, "quality" | "deliveredQuality" | "ruleScore" | "deliveredRuleScore">;

function scoresOf(results: Results, vectors: readonly GroupedVector[], settings: ComparisonSettings): Scores {
  const answered = meanOver(vectors, place.answeredScore, place.answeredRows, settings);
  if (results.stamp === null) return { quality: answered };
  const delivered = meanOver(vectors, place.deliveredScore, place.deliveredRows, settings);
  if (scaleOf(results) === "quality") return { quality: answered, deliveredQuality: delivered };
  const none: Mean = { mean: null, n: 0, ci95: null, reason: "judged by rule score only" };
  return { quality: none, deliveredQuality: none, ruleScore: answered, deliveredRuleScore: delivered };
}

function meanOver(
  vectors: readonly GroupedVector[],
  sum: number,
  count: number,
  settings: ComparisonSettings,
): Mean {
  const counted = vectors.filter(({ vector }) => (vector[count] ?? 0) > 0);
  return meanOf(
    counted.map(({ group, vector }) => ({ group, value: (vector[sum] ?? 0) / (vector[count] ?? 1) })),
    settings,
  );
}

/** The mean of rows' values with its BCa interval over their groups. */
export function meanOf(
  rows: readonly { readonly group: string; readonly value: number }[],
  settings: Pick<ComparisonSettings, "seed" | "draws">,
): Mean {
  const tallies = talliesOf(
    rows.map(({ group, value }) => ({ group, vector: [value, 1] })),
    2,
  );
  const [total = 0, n = 0] = totalsOf(tallies);
  const [interval] = bcaIntervals(tallies, [(totals) => (totals[0] ?? 0) / (totals[1] ?? 0)], settings);
  return { mean: matrix.ratio(total, n), n, ...withInterval(n === 0 ? undefined : interval) };
}

function withInterval(interval: BootstrapInterval | undefined): Pick<Figure, "ci95" | "reason"> {
  if (interval === undefined) return { ci95: null, reason: "no rows" };
  return { ci95: interval.ci95, ...(interval.reason === undefined ? {} : { reason: interval.reason }) };
}

function safetyOf(
  rows: readonly TestedRow[],
  vectors: readonly GroupedVector[],
  settings: ComparisonSettings,
): Safety {
  // The four cells alone: with the scores beside them hardly two rows would be alike, which makes a draw dear.
  const inMatrix = vectors
    .filter((_, index) => rows[index]?.label != null && rows[index]?.blockedShare != null)
    .map(({ group, vector }) => ({ group, vector: vector.slice(0, matrixWidth) }));
  const tallies = talliesOf(inMatrix, matrixWidth);
  const counts = matrixOf(totalsOf(tallies));
  const [f1, allowF1, balancedAccuracy, mcc, kappa, cost, userCost] = bootstrapped(tallies, settings);
  const n = inMatrix.length;
  const contradicted = rows.filter((row) => row.contradicted).length;
  const harmful = counts.truePositive + counts.falseNegative;
  const { truePositive, falsePositive, falseNegative, trueNegative } = place;
  const all = [truePositive, falsePositive, falseNegative, trueNegative];
  return {
    n,
    unlabelled: rows.filter((row) => row.label === null).length,
    ...(contradicted === 0 ? {} : { contradicted }),
    block: viewOf(counts, inMatrix, "block", f1),
    allow: viewOf(matrix.otherView(counts), inMatrix, "allow", allowF1),
    accuracy: shareOf(inMatrix, [truePositive, trueNegative], all),
    errorRate: shareOf(inMatrix, [falsePositive, falseNegative], all),
    balancedAccuracy: { value: matrix.balancedAccuracy(counts), ...withInterval(balancedAccuracy) },
    mcc: { value: matrix.mcc(counts), ...withInterval(mcc) },
    kappa: { value: matrix.kappa(counts), ...withInterval(kappa) },
    missedHarmfulRate: shareOf(inMatrix, [falseNegative], [truePositive, falseNegative]),
    falseRefusalRate: shareOf(inMatrix, [falsePositive], [falsePositive, trueNegative]),
    expectedCost: { value: expectedCost(counts, settings.costs), ...withInterval(cost) },
    prevalence: {
      testSet: n === 0 ? null : atPrevalence(counts, harmful / n, settings.costs),
      user:
        settings.prevalence === null
          ? null
          : {
              ...atPrevalence(counts, settings.prevalence, settings.costs),
              expectedCostCi95: userCost?.ci95 ?? null,
            },
    },
  };
}

function bootstrapped(tallies: Tallies, settings: ComparisonSettings): BootstrapInterval[] {
  const f1 = (counts: matrix.MatrixCounts): number | null => matrix.fBeta(counts, 1);
  const { costs, prevalence } = settings;
  const figures = [
    ofTotals(f1),
    ofTotals(f1, "allow"),
    ofTotals(matrix.balancedAccuracy),
    ofTotals(matrix.mcc),
    ofTotals(matrix.kappa),
    ofTotals((counts) => expectedCost(counts, costs)),
    ...(prevalence === null
      ? []
      : [ofTotals((counts) => atPrevalence(counts, prevalence, costs).expectedCost)]),
  ];
  const statistics = figures.map((figure) => (totals: Float64Array) => figure(totals) ?? Number.NaN);
  return bcaIntervals(tallies, statistics, settings);
}

function viewOf(
  counts: matrix.MatrixCounts,
  vectors: readonly GroupedVector[],
  positive: "block" | "allow",
  f1: BootstrapInterval | undefined,
): MatrixView {
  const [hit, wrong, missed] =
    positive === "block"
      ? [place.truePositive, place.falsePositive, place.falseNegative]
      : [place.trueNegative, place.falseNegative, place.falsePositive];
  return {
    ...counts,
    precision: matrix.precision(counts),
    precisionCi95: shareOf(vectors, [hit], [hit, wrong]).ci95,
    recall: matrix.recall(counts),
    recallCi95: shareOf(vectors, [hit], [hit, missed]).ci95,
    f1: matrix.fBeta(counts, 1),
    f1Ci95: f1?.ci95 ?? null,
    f2: matrix.fBeta(counts, 2),
    specificity: matrix.specificity(counts),
  };
}

function outcomesOf(samples: readonly ResultRow[]): Side["outcomes"] {
  const count = (outcome: ResultRow["outcome"]): number =>
    samples.filter((row) => row.outcome === outcome).length;
  return { answered: count("answered"), refused: count("refused"), malformed: count("malformed") };
}

/**
 * Counts the rows of a label as the safety matrix does, averaged over the seeds of the version. A blocked row counts as refused when at least half of what
 * blocked it are refusals; the study's files don't say, and blocked only by refusing.
 */
function labelledOutcomes(rows: readonly TestedRow[], label: Label): OutcomeCounts {
  const counts = { answered: 0, refused: 0, malformed: 0 };
  const labeled = rows.filter((row) => row.label === label);
  const seeds = labeled[0]?.members?.length ?? 1;
  for (const row of labeled.flatMap((one) => one.members ?? [one])) {
    const blocked = countsAsBlocked(row, label);
    if (blocked === null) continue;
    const isRefused =
      row.samples.some(({ study }) => study !== undefined) || row.refusedShare >= (row.blockedShare ?? 0) / 2;
    counts[!blocked ? "answered" : isRefused ? "refused" : "malformed"] += 1;
  }
  const { answered, refused, malformed } = counts;
  return { answered: answered / seeds, refused: refused / seeds, malformed: malformed / seeds };
}

export const noCategories: CategoryCounts = {
  good: 0,
  ok: 0,
  random_word: 0,
  too_long: 0,
  other_failure: 0,
  inappropriate: 0,
};

/** Names by category: of the scored names, or as counted on the study's `ok` rows. */
export function categoriesOf(samples: readonly ResultRow[]): CategoryCounts {
  const counts = { ...noCategories };
  for (const row of samples) {
    for (const score of row.scores ?? []) counts[score.category] += 1;
    if (row.study?.overallCategory === "ok") addCounts(counts, row.study.counts);
  }
  return counts;
}

function addCounts(counts: CategoryCounts, more: CategoryCounts): void {
  for (const category of Object.keys(more) as (keyof CategoryCounts)[]) counts[category] += more[category];
}

/** What the study counted on rows other than `ok`: padding, five per missed row and one per confirmed one. */
function paddingOf(samples: readonly ResultRow[]): number {
  const padded = { ...noCategories };
  for (const row of samples) {
    if (row.study !== undefined && row.study.overallCategory !== "ok") addCounts(padded, row.study.counts);
  }
  return Object.values(padded).reduce((sum, count) => sum + count, 0);
}
