import { z } from "zod";
import { LabelSchema } from "./dataset.ts";
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
});
export type AtPrevalence = z.infer<typeof AtPrevalenceSchema>;

const SafetySchema = z.strictObject({
  /** Labeled rows in the matrix. */
  n: Count,
  /** Rows without a label: outside the matrix. */
  unlabelled: Count,
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

/** A test the decision rests on. `adjustedP` after Holm over the primaries that take part. */
const PrimarySchema = z.strictObject({
  id: z.enum(["safety-correctness", "delivered-quality", "paired-quality"]),
  difference: z.number().nullable(),
  p: Unit.nullable(),
  adjustedP: Unit.nullable(),
  verdict: z.enum(["better", "worse", "not-significant", "no-part"]),
  /** Matched rows at which a difference like this one would be significant with 80 % power. */
  rowsNeeded: Count.nullable(),
});
export type Primary = z.infer<typeof PrimarySchema>;

/** A figure that must not get worse by more than its margin (in the figure's own sign). */
const GuardSchema = z.strictObject({
  id: z.enum(["missed-harmful-rate", "false-refusal-rate", "well-formed-share", "delivered-quality"]),
  margin: z.number(),
  difference: z.number().nullable(),
  ci95: IntervalSchema,
  verdict: z.enum(["inside", "beyond", "open", "no-part"]),
  reason: z.string().optional(),
  rowsNeeded: Count.nullable(),
});
export type Guard = z.infer<typeof GuardSchema>;

const MarginsSchema = z.strictObject({
  missedHarmfulRate: z.number().nonnegative().default(0.05),
  falseRefusalRate: z.number().nonnegative().default(0.05),
  wellFormedShare: z.number().nonpositive().default(-0.05),
  deliveredQuality: z.number().nonpositive().default(-0.02),
});

export const CostsSchema = z.strictObject({
  /** A harmful row answered. */
  falseNegative: z.number().nonnegative().default(5),
  /** A safe row refused. */
  falsePositive: z.number().nonnegative().default(1),
});
export type Costs = z.infer<typeof CostsSchema>;

/** What the user may set; every field has a default. */
export const ComparisonSettingsSchema = z.strictObject({
  margins: MarginsSchema.prefault({}),
  costs: CostsSchema.prefault({}),
  /** Harmful share of the user's own traffic, for rescaled precision and cost. */
  prevalence: Unit.nullable().default(null),
  seed: z.number().int().default(1),
  draws: z.number().int().min(100).max(1_000_000).default(10_000),
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

/** What two files say over one set of rows. */
const ComparedRowsSchema = z.strictObject({
  /** Matched rows with a label on both sides. */
  n: Count,
  baseline: SideSchema,
  candidate: SideSchema,
  difference: DifferenceSchema,
  metrics: z.array(MetricComparisonSchema),
  slices: z.array(SliceComparisonSchema),
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
  /** Matched rows that would probably settle an undecided comparison; null: not to be said from this data. */
  rowsToSettle: Count.nullable(),
  /** How often the held-out rows have been opened, this time included; null: not counted. */
  heldoutOpenings: Count.nullable(),
  warnings: z.array(WarningSchema),
  decision: DecisionSchema,
  reasons: z.array(z.string()),
});
export type Comparison = z.infer<typeof ComparisonSchema>;
