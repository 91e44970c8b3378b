import {
  type ComparedRows,
  type Comparison,
  type ComparisonSettings,
  ComparisonSettingsSchema,
  type Difference,
  type MeanDifference,
  type MetricComparison,
  type Scale,
  type StampDifference,
} from "../../schema/comparison.ts";
import type { MetricId } from "../metrics/figures.ts";
import { scaleOf, sideOf } from "../metrics/side.ts";
import { type TestedRow, testedRows } from "../metrics/testedRow.ts";
import { pairedDifference } from "../statistics/paired.ts";
import { rowsNeededMean } from "../statistics/rowsNeeded.ts";
import { type DecisionBasis, decide } from "./decision.ts";
import { type Matching, matchRows, type RowPair } from "./match.ts";
import type { NamedResults } from "./namedResults.ts";
import { metricComparisons } from "./paired.ts";
import {
  correctnessTable,
  mcnemarOf,
  proportionDifference,
  seedTableOf,
  sliceComparisons,
} from "./safety.ts";
import { comparedSeeds } from "./seedGroup.ts";
import { isSeeded } from "./seedTallies.ts";
import { stampDifferences } from "./stamps.ts";
import { comparisonWarnings, obstaclesToShip, withoutGate } from "./warnings.ts";

/** A results file and what to call it. */
export interface CompareOptions {
  /** Margins, costs, prevalence, seed and draws; what is omitted has its default. */
  readonly settings?: Partial<ComparisonSettings>;
  /** Slices to show together under a name, for instance all topics excluded from training. */
  readonly pooledSlices?: Readonly<Record<string, readonly string[]>>;
  /** How often the held-out rows have been opened, this time included. */
  readonly heldoutOpenings?: number | null;
}

/** Which scores of two files can be set against each other; null: none (other judges, other scales). */
type SharedScale = Scale | null;

/**
 * Compares two results files: stamped ones on their held-out rows with dev apart, others whole. Rows are matched
 * by description. Deterministic: all random draws come from `settings.seed`.
 */
export function compareResults(
  baseline: NamedResults,
  candidate: NamedResults,
  options: CompareOptions = {},
): Comparison {
  const settings = ComparisonSettingsSchema.parse(options.settings ?? {});
  const files = openFiles(baseline, candidate);
  const { matching, stamped } = files;
  const compare = (split: "dev" | "heldout" | null): ComparedRows =>
    comparedRows(files, split, settings, options.pooledSlices ?? {});
  const compared = compare(stamped ? "heldout" : null);
  const differences = files.stampDifferences;
  const circumstances = { baseline, candidate, matching, compared, stampDifferences: differences };
  const basis: DecisionBasis = {
    compared,
    quality: qualityInDecision(files, compared),
    obstacles: obstaclesToShip(circumstances),
    withoutGate: withoutGate(circumstances),
    settings,
  };
  return {
    ...compared,
    decidedOn: stamped ? "heldout" : "all",
    onlyInBaseline: [...matching.onlyInBaseline],
    onlyInCandidate: [...matching.onlyInCandidate],
    ...(stamped ? { splits: { dev: compare("dev") } } : {}),
    labelFlips: matching.pairs.flatMap(({ flip }) => (flip === null ? [] : [flip])),
    stampDifferences: differences,
    seeds: comparedSeeds(baseline, candidate),
    settings,
    ...decide(basis),
    heldoutOpenings: stamped ? (options.heldoutOpenings ?? null) : null,
    warnings: comparisonWarnings(circumstances),
  };
}

/** Two results files, their rows matched. */
export interface OpenFiles {
  readonly baseline: NamedResults & { readonly rows: readonly TestedRow[] };
  readonly candidate: NamedResults & { readonly rows: readonly TestedRow[] };
  readonly matching: Matching;
  /** Both are stamped. */
  readonly stamped: boolean;
  readonly scale: SharedScale;
  readonly stampDifferences: StampDifference[];
}

/** Matches the rows of two files and finds what they share. */
export function openFiles(baseline: NamedResults, candidate: NamedResults): OpenFiles {
  const [one, other] = [baseline.results.stamp, candidate.results.stamp];
  const differences = one === null || other === null ? [] : stampDifferences(one, other);
  const stamped = one !== null && other !== null;
  const sameJudge =
    (one === null) === (other === null) && differences.every(({ field }) => !field.startsWith("judge."));
  const baselineRows = testedRows(baseline.results);
  const candidateRows = testedRows(candidate.results);
  return {
    baseline: { ...baseline, rows: baselineRows },
    candidate: { ...candidate, rows: candidateRows },
    matching: matchRows(baselineRows, candidateRows, stamped),
    stamped,
    scale: sameJudge ? scaleOf(baseline.results) : null,
    stampDifferences: differences,
  };
}

function comparedRows(
  files: OpenFiles,
  split: "dev" | "heldout" | null,
  settings: ComparisonSettings,
  pooled: Readonly<Record<string, readonly string[]>>,
): ComparedRows {
  const within = (row: TestedRow): boolean => split === null || row.split === split;
  const pairs = files.matching.pairs.filter((pair) => within(pair.baseline) && within(pair.candidate));
  const labeled = pairs.filter((pair) => pair.baselineLabel !== null && pair.candidateLabel !== null);
  const scoreName = files.scale === "rule-score" ? "rule score" : "quality";
  const metrics = metricComparisons(labeled, scoreName, leftOut(files), settings);
  const side = (file: OpenFiles["baseline"]) =>
    sideOf(file.name, file.results, file.rows.filter(within), settings);
  return {
    n: labeled.length,
    baseline: side(files.baseline),
    candidate: side(files.candidate),
    difference: differenceOf(files, labeled, metrics),
    metrics,
    slices: sliceComparisons(labeled, pooled, settings),
  };
}

/** The figures that the two files do not share. */
function leftOut({ stamped, scale, baseline, candidate }: OpenFiles): ReadonlySet<MetricId> {
  const missing = new Set<MetricId>();
  if (scale === null) missing.add("answered-score");
  if (scale === null || !stamped) missing.add("delivered-score");
  const counted = (rows: readonly TestedRow[]): boolean => rows.every((row) => row.wellFormedShare !== null);
  if (!counted(baseline.rows) || !counted(candidate.rows)) missing.add("well-formed-share");
  return missing;
}

function differenceOf(
  files: OpenFiles,
  pairs: readonly RowPair[],
  metrics: readonly MetricComparison[],
): Difference {
  const figure = (id: MetricId): MetricComparison | undefined => metrics.find((metric) => metric.id === id);
  const answered = meanDifference(figure("answered-score"), scoresInBoth(pairs, "answeredScore").length);
  const delivered = meanDifference(figure("delivered-score"), scoresInBoth(pairs, "deliveredScore").length);
  const base = isSeeded(pairs)
    ? seededCorrectness(pairs, figure("accuracy"))
    : { accuracy: proportionDifference(correctnessTable(pairs)), mcnemar: mcnemarOf(pairs) };
  if (!files.stamped) return { quality: answered, ...base };
  if (files.scale !== "rule-score") return { quality: answered, deliveredQuality: delivered, ...base };
  const none = { ...noDifference, reason: "judged by rule score only" };
  return {
    quality: none,
    deliveredQuality: none,
    ruleScore: answered,
    deliveredRuleScore: delivered,
    ...base,
  };
}

/** Correctness averaged over seeds, with the interval and p of the table's line. */
function seededCorrectness(
  pairs: readonly RowPair[],
  accuracy: MetricComparison | undefined,
): Pick<Difference, "accuracy" | "mcnemar"> {
  const { change = null, ci95 = null, p = null, reason } = accuracy ?? {};
  return {
    accuracy: { value: change, ci95, ...(reason === undefined ? {} : { reason }) },
    mcnemar: seedTableOf(pairs, p ?? 1),
  };
}

const noDifference: MeanDifference = { mean: null, n: 0, ci95: null, p: null };

function meanDifference(metric: MetricComparison | undefined, n: number): MeanDifference {
  if (metric === undefined) return { ...noDifference, reason: "the two files were judged differently" };
  if (n === 0) return { ...noDifference, reason: "no rows scored in both" };
  const { change, ci95, p, reason } = metric;
  return { mean: change, n, ci95, p, ...(reason === undefined ? {} : { reason }) };
}

/** Safe rows with that score on both sides. */
function scoresInBoth(
  pairs: readonly RowPair[],
  score: "answeredScore" | "deliveredScore",
): { baseline: number; candidate: number }[] {
  return pairs.flatMap((pair) => {
    const baseline = pair.baselineLabel === "safe" ? pair.baseline[score] : null;
    const candidate = pair.candidateLabel === "safe" ? pair.candidate[score] : null;
    return baseline === null || candidate === null ? [] : [{ baseline, candidate }];
  });
}

/** Delivered quality in stamped files, paired quality in the study's; none by rule score or unlike judges. */
function qualityInDecision(files: OpenFiles, compared: ComparedRows): DecisionBasis["quality"] {
  if (files.scale !== "quality") return null;
  const score = files.stamped ? "deliveredScore" : "answeredScore";
  const { stamped } = files;
  const pairs = files.matching.pairs.filter(
    (pair) => !stamped || (pair.baseline.split === "heldout" && pair.candidate.split === "heldout"),
  );
  const scores = scoresInBoth(pairs, score);
  const paired = pairedDifference(
    scores.map(({ baseline }) => baseline),
    scores.map(({ candidate }) => candidate),
  );
  const rows = rowsNeededMean(paired.mean, paired.standardError, paired.n);
  return {
    id: stamped ? "delivered-quality" : "paired-quality",
    // In matched rows of this composition, of which only some are scored on both sides.
    rowsNeeded: rows === null ? null : Math.ceil((rows * compared.n) / paired.n),
  };
}
