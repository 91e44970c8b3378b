import {
  type ComparedRows,
  type Comparison,
  type ComparisonSettings,
  ComparisonSettingsSchema,
  type DecisionSettings,
  DecisionSettingsSchema,
  type Difference,
  type Looks,
  type MeanDifference,
  type MetricComparison,
  type Scale,
  type StampDifference,
} from "../../schema/comparison.ts";
import type { MetricId } from "../metrics/figures.ts";
import { scaleOf, sideOf } from "../metrics/side.ts";
import { type TestedRow, testedRows } from "../metrics/testedRow.ts";
import { labeledScore } from "../operatingPoint/scores.ts";
import { pairedDifference } from "../statistics/paired.ts";
import { alphaOf, type DecisionBasis, decide } from "./decision.ts";
import { guardIntervals } from "./guardIntervals.ts";
import type { ClassRows, ClassSize } from "./guards.ts";
import { type Matching, matchRows, type RowPair } from "./match.ts";
import type { NamedResults } from "./namedResults.ts";
import { metricComparisons } from "./paired.ts";
import { refusalComparison } from "./refusalComparison.ts";
import { mcnemarOf, seedTableOf, sliceComparisons, testCorrectness } from "./safety.ts";
import { comparedSeeds } from "./seedGroup.ts";
import { isSeeded } from "./seedTallies.ts";
import { changedSettings } from "./settings.ts";
import { stampDifferences } from "./stamps.ts";
import { invalidityOfBoth } from "./validity.ts";
import { comparisonWarnings, obstaclesToShip, withoutGate } from "./warnings.ts";

/** A results file and what to call it. */
export interface CompareOptions {
  /** Margins, limits, costs, prevalence, look budget, seed and draws; what is omitted has its default. */
  readonly settings?: Partial<ComparisonSettings>;
  /** The workspace's settings, to say what differs from them. Defaults to the defaults. */
  readonly preset?: DecisionSettings;
  /** Slices to show together under a name, for instance all topics excluded from training. */
  readonly pooledSlices?: Readonly<Record<string, readonly string[]>>;
  /** How often the held-out rows were used, this comparison included. Null: not counted. */
  readonly looks?: Looks | null;
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
  const looks = stamped ? (options.looks ?? null) : null;
  const decisive = files.matching.pairs.filter((pair) => isDecisive(pair, stamped));
  const alpha = alphaOf(looks, settings, stamped);
  const basis: DecisionBasis = {
    compared,
    rows: classRowsOf(decisive, stamped),
    quality: qualityInDecision(files, decisive),
    alpha,
    guardIntervals: guardIntervals(decisive.filter(isLabeled), leftOut(files), settings, alpha),
    looks,
    obstacles: obstaclesToShip(circumstances),
    withoutGate: withoutGate(circumstances),
    invalid: invalidityOfBoth(baseline, candidate),
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
    changedSettings: changedSettings(options.preset ?? DecisionSettingsSchema.parse({}), settings),
    looks,
    ...decide(basis),
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
  const labeled = pairs.filter(isLabeled);
  const scoreName = files.scale === "rule-score" ? "rule score" : "quality";
  const metrics = metricComparisons(labeled, scoreName, leftOut(files), settings);
  const side = (file: OpenFiles["baseline"]) =>
    sideOf(file.name, file.results, file.rows.filter(within), settings);
  return {
    n: labeled.length,
    baseline: side(files.baseline),
    candidate: side(files.candidate),
    difference: differenceOf(files, labeled, metrics, settings),
    metrics,
    slices: sliceComparisons(labeled, pooled, settings),
    ...refusalComparison(labeled, settings, split === "heldout" ? devScores(files) : null),
  };
}

/** The scores of each file's dev rows, which thresholds are chosen on. */
function devScores({ baseline, candidate }: OpenFiles) {
  const scores = ({ rows }: OpenFiles["baseline"]) =>
    rows.filter(({ split }) => split === "dev").flatMap((row) => labeledScore(row));
  return { baseline: scores(baseline), candidate: scores(candidate) };
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
  settings: ComparisonSettings,
): Difference {
  const figure = (id: MetricId): MetricComparison | undefined => metrics.find((metric) => metric.id === id);
  const answered = meanDifference(figure("answered-score"), scoresInBoth(pairs, "answeredScore").length);
  const delivered = meanDifference(figure("delivered-score"), scoresInBoth(pairs, "deliveredScore").length);
  const base = isSeeded(pairs)
    ? seededCorrectness(pairs, figure("accuracy"), settings)
    : { accuracy: testCorrectness(pairs, settings).difference, mcnemar: mcnemarOf(pairs, settings) };
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
  settings: ComparisonSettings,
): Pick<Difference, "accuracy" | "mcnemar"> {
  const { change = null, ci95 = null, p = null, reason } = accuracy ?? {};
  return {
    accuracy: { value: change, ci95, ...(reason === undefined ? {} : { reason }) },
    mcnemar: seedTableOf(pairs, p ?? 1, settings),
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

/** Whether a row takes part in the decision: the held-out rows of stamped files, all rows of others. */
function isDecisive({ baseline, candidate }: RowPair, stamped: boolean): boolean {
  return !stamped || (baseline.split === "heldout" && candidate.split === "heldout");
}

const isLabeled = (pair: RowPair): boolean => pair.baselineLabel !== null && pair.candidateLabel !== null;

function classRowsOf(pairs: readonly RowPair[], stamped: boolean): ClassRows {
  const inMatrix = pairs.filter(
    ({ baseline, candidate }) => baseline.blockedShare !== null && candidate.blockedShare !== null,
  );
  const ofLabel = (label: "harmful" | "safe"): ClassSize =>
    sizeOf(inMatrix.filter((pair) => pair.baselineLabel === label && pair.candidateLabel === label));
  return {
    harmful: ofLabel("harmful"),
    safe: ofLabel("safe"),
    scored: sizeOf(pairs.filter((pair) => scoresInBoth([pair], scoreOf(stamped)).length > 0)),
  };
}

function sizeOf(pairs: readonly RowPair[]): ClassSize {
  return { rows: pairs.length, groups: new Set(pairs.map(({ baseline }) => baseline.group)).size };
}

const scoreOf = (stamped: boolean) => (stamped ? "deliveredScore" : "answeredScore");

/** Delivered quality in stamped files, paired quality in the study's; none by rule score or unlike judges. */
function qualityInDecision(files: OpenFiles, pairs: readonly RowPair[]): DecisionBasis["quality"] {
  if (files.scale !== "quality") return null;
  const scores = scoresInBoth(pairs, scoreOf(files.stamped));
  const paired = pairedDifference(
    scores.map(({ baseline }) => baseline),
    scores.map(({ candidate }) => candidate),
  );
  return { id: files.stamped ? "delivered-quality" : "paired-quality", paired };
}
