import { z } from "zod";
import { LabelSchema } from "./dataset.ts";
import {
  costFields,
  HarmfulShareSchema,
  LimitsSchema,
  LookBudgetSchema,
  MarginsSchema,
  samplingFields,
} from "./decisionSettings.ts";
import { NameCategorySchema } from "./judge.ts";
import { Count, RowSum, Unit } from "./numbers.ts";

/** A 95 % interval [low, high]; null: undefined, with `reason` beside it where the figure itself is defined. */
export const IntervalSchema = z.tuple([z.number(), z.number()]).nullable();
export type Interval = z.infer<typeof IntervalSchema>;

/** A proportion or another single figure; null: its denominator is zero. */
export const FigureSchema = z.strictObject({
  value: z.number().nullable(),
  ci95: IntervalSchema,
  reason: z.string().optional(),
});
export type Figure = z.infer<typeof FigureSchema>;

/** A mean over n rows, on 0–1. */
export const MeanSchema = z.strictObject({
  mean: z.number().nullable(),
  n: Count,
  ci95: IntervalSchema,
  reason: z.string().optional(),
});
export type Mean = z.infer<typeof MeanSchema>;

/** The matrix seen from one positive class: `block` (harmful is positive) or `allow` (safe is positive). */
const MatrixViewSchema = z.strictObject({
  truePositive: RowSum,
  falsePositive: RowSum,
  falseNegative: RowSum,
  trueNegative: RowSum,
  precision: z.number().nullable(),
  precisionCi95: IntervalSchema,
  recall: z.number().nullable(),
  recallCi95: IntervalSchema,
  f1: z.number().nullable(),
  f1Ci95: IntervalSchema,
  f2: z.number().nullable(),
  specificity: z.number().nullable(),
});
export type MatrixView = z.infer<typeof MatrixViewSchema>;

/** Block precision and expected cost per row where `harmfulShare` of the traffic is harmful. */
const AtPrevalenceSchema = z.strictObject({
  harmfulShare: Unit,
  precision: z.number().nullable(),
  expectedCost: z.number().nullable(),
  /** Of the cost at the user's share. Absent elsewhere. */
  expectedCostCi95: IntervalSchema.optional(),
});
export type AtPrevalence = z.infer<typeof AtPrevalenceSchema>;

const SafetySchema = z.strictObject({
  /** Labeled rows in the matrix. */
  n: Count,
  /** Rows without a label: outside the matrix. */
  unlabelled: Count,
  /** Of these, rows whose description is labeled both safe and harmful; absent: none, or not counted then. */
  contradicted: Count.optional(),
  block: MatrixViewSchema,
  allow: MatrixViewSchema,
  accuracy: FigureSchema,
  errorRate: FigureSchema,
  balancedAccuracy: FigureSchema,
  mcc: FigureSchema,
  kappa: FigureSchema,
  /** Harmful rows answered / harmful rows. */
  missedHarmfulRate: FigureSchema,
  /** Safe rows blocked / safe rows. */
  falseRefusalRate: FigureSchema,
  /** Mean cost per row by the weights in `settings.costs`. */
  expectedCost: FigureSchema,
  prevalence: z.strictObject({ testSet: AtPrevalenceSchema.nullable(), user: AtPrevalenceSchema.nullable() }),
});
export type Safety = z.infer<typeof SafetySchema>;

export const CategoryCountsSchema = z.record(NameCategorySchema, Count);
export type CategoryCounts = z.infer<typeof CategoryCountsSchema>;

/** `quality`: an LLM judge or the study's own score. `rule-score`: the offline baseline, never called quality. */
export const ScaleSchema = z.enum(["quality", "rule-score"]);
export type Scale = z.infer<typeof ScaleSchema>;

/** The figures of one results file: `summary` of an evaluation, and a side of a comparison. */
const OutcomeCountsSchema = z.strictObject({ answered: RowSum, refused: RowSum, malformed: RowSum });
export type OutcomeCounts = z.infer<typeof OutcomeCountsSchema>;

export const SideSchema = z.strictObject({
  name: z.string(),
  stamped: z.boolean(),
  /** Which scale the judge's scores are on. */
  scale: ScaleSchema,
  /** Test rows covered, labeled or not. */
  rows: Count,
  outcomes: OutcomeCountsSchema,
  /**
   * Labeled rows of the safety matrix by what happened to them, so that refused and malformed add up to the blocked
   * ones: text without one valid name reaches nobody. Absent in what was written before it was counted.
   */
  outcomesByLabel: z.strictObject({ harmful: OutcomeCountsSchema, safe: OutcomeCountsSchema }).optional(),
  /** Quality of answered rows: safe rows answered and scored. Null mean under the rule judge. */
  quality: MeanSchema,
  /** Over all safe rows, five slots each. Stamped files judged by an LLM only. */
  deliveredQuality: MeanSchema.optional(),
  /** The rule judge's figure over answered rows, and over all safe rows: baselines, no part of a decision. */
  ruleScore: MeanSchema.optional(),
  deliveredRuleScore: MeanSchema.optional(),
  /**
   * Answered well-formed / safe rows not refused. Null: the file does not say what was malformed. `n`: the rows not
   * refused, a sum of shares where they were sampled; absent in what was written before it was counted.
   */
  wellFormedShare: FigureSchema.extend({ n: z.number().nonnegative().optional() }),
  safety: SafetySchema,
  categories: CategoryCountsSchema,
  /** Counts that the study padded on rows other than `ok`, excluded from `categories`. */
  paddingRemoved: Count,
  /** Rows that the judge failed to score: counted, never averaged. */
  unscored: Count,
});
export type Side = z.infer<typeof SideSchema>;

/** The paired table of correctness and its test. With seeds, sums of shares of rows, tested by sign flip over rows. */
const McNemarSchema = z.strictObject({
  bothCorrect: RowSum,
  onlyBaselineCorrect: RowSum,
  onlyCandidateCorrect: RowSum,
  neitherCorrect: RowSum,
  p: Unit,
  /** Only where several rows form a group: the sign-flip test over groups, which the decision uses instead of `p`. */
  clustered: z.strictObject({ groups: Count, p: Unit }).optional(),
  /** Absent: McNemar's exact test. */
  test: z.literal("sign-flip").optional(),
  /** The same test by the one file's labels, by the other's and without the flipped rows. Only where labels flip. */
  sensitivity: z.strictObject({ baselineLabels: Unit, candidateLabels: Unit, withoutFlips: Unit }).optional(),
});
export type McNemar = z.infer<typeof McNemarSchema>;

const MeanDifferenceSchema = z.strictObject({
  mean: z.number().nullable(),
  n: Count,
  ci95: IntervalSchema,
  p: Unit.nullable(),
  reason: z.string().optional(),
});
export type MeanDifference = z.infer<typeof MeanDifferenceSchema>;

/** Candidate − baseline over matched rows. */
const DifferenceSchema = z.strictObject({
  /** Paired over rows answered and scored in both. */
  quality: MeanDifferenceSchema,
  deliveredQuality: MeanDifferenceSchema.optional(),
  ruleScore: MeanDifferenceSchema.optional(),
  deliveredRuleScore: MeanDifferenceSchema.optional(),
  accuracy: FigureSchema,
  mcnemar: McNemarSchema,
});
export type Difference = z.infer<typeof DifferenceSchema>;

/** How a figure differs between the seeds of one version. */
const SeedSpreadSchema = z.strictObject({
  seeds: Count,
  /** Sample standard deviation; null: one seed, or the figure is undefined for a seed. */
  sd: z.number().nullable(),
  min: z.number().nullable(),
  max: z.number().nullable(),
});
export type SeedSpread = z.infer<typeof SeedSpreadSchema>;

/** The spread between the seeds of either side. Only where a side has several. */
const SpreadSchema = z.strictObject({ baseline: SeedSpreadSchema, candidate: SeedSpreadSchema });
export type Spread = z.infer<typeof SpreadSchema>;

/** One line of the table: matched rows on both sides, so `change` is candidate − baseline. */
export const MetricComparisonSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  better: z.enum(["higher", "lower"]),
  baseline: z.number().nullable(),
  candidate: z.number().nullable(),
  change: z.number().nullable(),
  /** change / baseline; null where the baseline is zero or undefined. */
  relativeChange: z.number().nullable(),
  ci95: IntervalSchema,
  p: Unit.nullable(),
  reason: z.string().optional(),
  spread: SpreadSchema.optional(),
});
export type MetricComparison = z.infer<typeof MetricComparisonSchema>;

/** Safety correctness within one slice, or within several pooled under one name. */
const SliceComparisonSchema = z.strictObject({
  slice: z.string(),
  /** The slices that are together under this name; absent: it is one slice. */
  pools: z.array(z.string()).optional(),
  n: Count,
  harmful: Count,
  baseline: FigureSchema,
  candidate: FigureSchema,
  difference: FigureSchema,
  p: Unit,
  spread: SpreadSchema.optional(),
});
export type SliceComparison = z.infer<typeof SliceComparisonSchema>;

/**
 * How often the held-out rows may decide. `used` counts this comparison. Above the budget, the decision is undecided.
 */
export const LooksSchema = z.strictObject({ used: Count, budget: z.number().int().positive() });
export type Looks = z.infer<typeof LooksSchema>;

/** Numbers of rows at the favorable and the unfavorable end of an interval; null: no finite number of rows. */
const RowsRangeSchema = z.tuple([Count.nullable(), Count.nullable()]).nullable();
export type RowsRange = z.infer<typeof RowsRangeSchema>;

/** What a test or guard would need, and what the present rows can show. In matched rows of this composition. */
const powerFields = {
  /** Rows at which a difference like the observed one would be decided with 80 % power; null: no finite number. */
  rowsNeeded: Count.nullable(),
  /** The same over the interval of the difference. Null without an interval. */
  rowsNeededRange: RowsRangeSchema,
  /**
   * The smallest difference that the present rows would show with 80 % power. Of a guard: the smallest room between
   * the true difference and the margin.
   */
  smallestDifference: z.number().nonnegative().nullable(),
};

/** A test the decision rests on. `adjustedP` after Holm over the primaries that take part. */
const PrimarySchema = z.strictObject({
  id: z.enum(["safety-correctness", "delivered-quality", "paired-quality"]),
  difference: z.number().nullable(),
  p: Unit.nullable(),
  adjustedP: Unit.nullable(),
  verdict: z.enum(["better", "worse", "not-significant", "no-part"]),
  ...powerFields,
});
export type Primary = z.infer<typeof PrimarySchema>;

/** A figure that must not get worse by more than its margin (in the figure's own sign). */
const GuardSchema = z.strictObject({
  id: z.enum(["missed-harmful-rate", "false-refusal-rate", "well-formed-share", "delivered-quality"]),
  margin: z.number(),
  difference: z.number().nullable(),
  ci95: IntervalSchema,
  /** The interval at the decision's own level, 1 − `alpha`, that the verdict is by. */
  interval: IntervalSchema,
  /** Matched rows of the class that the guard is about: harmful or safe ones. */
  rows: Count,
  /**
   * `open`: the rows don't show on which side of the margin the difference is, or there are too few of them.
   * `not-applicable`: the baseline is no yardstick for this figure. `no-part`: the files don't measure it.
   */
  verdict: z.enum(["inside", "beyond", "open", "not-applicable", "no-part"]),
  reason: z.string().optional(),
  ...powerFields,
});
export type Guard = z.infer<typeof GuardSchema>;

/** The candidate's own figure against an absolute limit. */
const LimitSchema = z.strictObject({
  id: z.enum(["missed-harmful-rate", "false-refusal-rate", "well-formed-share", "expected-cost"]),
  limit: z.number(),
  value: z.number().nullable(),
  ci95: IntervalSchema,
  /** Matched rows of the class that the figure is about; of the cost, the smaller class. */
  rows: Count,
  /** By the 95 % interval: `met` and `exceeded` with all of it. */
  verdict: z.enum(["met", "exceeded", "open"]),
  reason: z.string().optional(),
});
export type Limit = z.infer<typeof LimitSchema>;

export const CostsSchema = z.strictObject({
  falseNegative: costFields.falseNegative.default(5),
  falsePositive: costFields.falsePositive.default(1),
});
export type Costs = z.infer<typeof CostsSchema>;

/** The `decision` block of namewright.json. Every field has a default. */
export const DecisionSettingsSchema = z.strictObject({
  margins: MarginsSchema.prefault({}),
  limits: LimitsSchema.prefault({}),
  costs: CostsSchema.prefault({}),
  prevalence: HarmfulShareSchema.default(null),
  lookBudget: LookBudgetSchema.default(5),
});
export type DecisionSettings = z.infer<typeof DecisionSettingsSchema>;

/** What a comparison was made with. */
export const ComparisonSettingsSchema = z.strictObject({
  ...DecisionSettingsSchema.shape,
  seed: samplingFields.seed.default(1),
  draws: samplingFields.draws.default(10_000),
});
export type ComparisonSettings = z.infer<typeof ComparisonSettingsSchema>;

export const WarningSchema = z.strictObject({ code: z.string(), message: z.string() });
export type Warning = z.infer<typeof WarningSchema>;

const StampDifferenceSchema = z.strictObject({
  field: z.string(),
  baseline: z.string().nullable(),
  candidate: z.string().nullable(),
});
export type StampDifference = z.infer<typeof StampDifferenceSchema>;

const LabelFlipSchema = z.strictObject({
  description: z.string(),
  baseline: LabelSchema,
  candidate: LabelSchema,
});
export type LabelFlip = z.infer<typeof LabelFlipSchema>;

/** The refusal probability as a score, whatever threshold the version refuses by. */
const RefusalFiguresSchema = z.strictObject({
  /** Probability that a harmful row has a higher one than a safe row, with DeLong's interval. */
  auroc: FigureSchema,
  /** Mean squared distance from 1 for harmful and 0 for safe rows. */
  brier: MeanSchema,
  /** Expected calibration error, without an interval: resampling biases it upward. */
  ece: Unit.nullable(),
});

/** A version that refuses from `threshold` on. */
const AtThresholdSchema = z.strictObject({
  threshold: Unit,
  expectedCost: FigureSchema,
  missedHarmfulRate: FigureSchema,
  falseRefusalRate: FigureSchema,
});
export type AtThreshold = z.infer<typeof AtThresholdSchema>;

/**
 * Each side at the threshold of least expected cost on its own dev rows, estimated on the compared rows from their
 * stored probabilities: text that refuses or breaks the rules at that threshold may differ.
 */
const AtDevThresholdsSchema = z.strictObject({
  harmfulShare: Unit,
  baseline: AtThresholdSchema,
  candidate: AtThresholdSchema,
  /** Candidate − baseline. */
  costDifference: FigureSchema,
  answerAllCost: z.number(),
  refuseAllCost: z.number(),
});
export type AtDevThresholds = z.infer<typeof AtDevThresholdsSchema>;

/** Matched rows with a label and a refusal probability in both files. */
const RefusalComparisonSchema = z.strictObject({
  n: Count,
  harmful: Count,
  safe: Count,
  baseline: RefusalFiguresSchema,
  candidate: RefusalFiguresSchema,
  /** Candidate − baseline; DeLong's paired test for the areas. */
  difference: z.strictObject({
    auroc: FigureSchema.extend({ p: Unit.nullable() }),
    brier: MeanDifferenceSchema,
    ece: z.number().nullable(),
  }),
  /** Held-out rows of stamped files whose dev rows have both classes. */
  atDevThresholds: AtDevThresholdsSchema.optional(),
});
export type RefusalComparison = z.infer<typeof RefusalComparisonSchema>;

/** What two files say over one set of rows. */
const ComparedRowsSchema = z.strictObject({
  /** Matched rows with a label on both sides. */
  n: Count,
  baseline: SideSchema,
  candidate: SideSchema,
  difference: DifferenceSchema,
  metrics: z.array(MetricComparisonSchema),
  slices: z.array(SliceComparisonSchema),
  /** Absent: a file has no refusal probabilities. */
  refusalProbability: RefusalComparisonSchema.optional(),
});
export type ComparedRows = z.infer<typeof ComparedRowsSchema>;

export const DecisionSchema = z.enum(["ship", "do-not-ship", "undecided"]);
export type Decision = z.infer<typeof DecisionSchema>;

/** The versions that were averaged on each side; empty: that side isn't a trained version, or its file doesn't say. */
const ComparedSeedsSchema = z.strictObject({
  baseline: z.array(z.string()),
  candidate: z.array(z.string()),
  /** What a side with one seed can't show; null: no side was trained with one seed. */
  note: z.string().nullable(),
});
export type ComparedSeeds = z.infer<typeof ComparedSeedsSchema>;

/** `compare A B --json`. Stamped files: the held-out rows; `splits.dev` shows the others apart. */
export const ComparisonSchema = z.strictObject({
  ...ComparedRowsSchema.shape,
  /** Which rows the top level and the decision cover. */
  decidedOn: z.enum(["heldout", "all"]),
  onlyInBaseline: z.array(z.string()),
  onlyInCandidate: z.array(z.string()),
  splits: z.strictObject({ dev: ComparedRowsSchema }).optional(),
  labelFlips: z.array(LabelFlipSchema),
  stampDifferences: z.array(StampDifferenceSchema),
  seeds: ComparedSeedsSchema,
  settings: ComparisonSettingsSchema,
  primaries: z.array(PrimarySchema),
  guards: z.array(GuardSchema),
  /** One for each limit that is set. */
  limits: z.array(LimitSchema),
  /** Fields of `settings` that aren't as in the workspace's namewright.json, such as `margins.missedHarmfulRate`. */
  changedSettings: z.array(z.string()),
  /** The level at which this decision was taken: 0.05 / look budget. 0.05 for files that were compared whole. */
  alpha: Unit,
  /** Null: not counted, as in the sample and for files without a stamp. */
  looks: LooksSchema.nullable(),
  /** Matched rows that would settle an undecided comparison with 80 % power; null: no finite number. */
  rowsToSettle: Count.nullable(),
  /** The same over the intervals of the differences. */
  rowsToSettleRange: RowsRangeSchema,
  warnings: z.array(WarningSchema),
  decision: DecisionSchema,
  reasons: z.array(z.string()),
});
export type Comparison = z.infer<typeof ComparisonSchema>;
