import { z } from "zod";
import { CostsSchema, FigureSchema, IntervalSchema, WarningSchema } from "./comparison.ts";
import { Count, Unit } from "./numbers.ts";
import { StampSchema } from "./result.ts";
import { AppliedPointSchema, ResultsNameSchema, VersionSchema } from "./workspace.ts";

/**
 * A policy in traffic of the report's harmful share. `threshold`: rows are refused from this refusal probability on;
 * 0 refuses every row, and 1 only one whose probability is 1.
 */
const PolicySchema = z.strictObject({
  threshold: Unit,
  /** Mean cost per row; the interval is for this threshold, as if it hadn't been chosen on these rows. */
  expectedCost: FigureSchema,
  missedHarmfulRate: FigureSchema,
  falseRefusalRate: FigureSchema,
});
export type Policy = z.infer<typeof PolicySchema>;

/** How well the refusal probability ranks harmful rows above safe ones. */
const AurocSchema = FigureSchema.extend({ harmful: Count, safe: Count });
export type Auroc = z.infer<typeof AurocSchema>;

/** One bin of the reliability diagram: rows of neighboring refusal probabilities. */
const ReliabilityBinSchema = z.strictObject({
  from: Unit,
  to: Unit,
  n: Count,
  meanProbability: Unit,
  harmfulShare: FigureSchema,
});

/** How far the refusal probability is from the share of harmful rows. */
const CalibrationSchema = z.strictObject({
  brier: z.number().nullable(),
  /** Expected calibration error over `bins`. */
  ece: z.number().nullable(),
  bins: z.array(ReliabilityBinSchema),
});
export type Calibration = z.infer<typeof CalibrationSchema>;

/** A point of the ROC and precision–recall curves. */
const RocPointSchema = z.strictObject({
  threshold: Unit,
  falseRefusalRate: Unit,
  recall: Unit,
  /** Block precision among these rows, and at the report's harmful share; null: nothing is refused. */
  precision: Unit.nullable(),
  precisionAtShare: Unit.nullable(),
});
export type RocPoint = z.infer<typeof RocPointSchema>;

const CostPointSchema = z.strictObject({ threshold: Unit, expectedCost: z.number(), ci95: IntervalSchema });

/** The threshold of least expected cost on labeled rows with a refusal probability, and what it is chosen from. */
const ThresholdChoiceSchema = z.strictObject({
  costs: CostsSchema,
  /** The harmful share that costs are computed at, and that of the rows themselves. */
  harmfulShare: Unit,
  rowsShare: Unit,
  n: Count,
  harmful: Count,
  safe: Count,
  /** Null: a class is absent. */
  chosen: PolicySchema.extend({
    /** What resampling would choose in 95 % of the draws. */
    thresholdCi95: IntervalSchema,
    /** How much lower the cost looks because the threshold was chosen on the same rows: bootstrap estimate. */
    optimism: z.number().nullable(),
  }).nullable(),
  answerAll: PolicySchema.nullable(),
  refuseAll: PolicySchema.nullable(),
  costCurve: z.array(CostPointSchema),
});
export type ThresholdChoice = z.infer<typeof ThresholdChoiceSchema>;

/** What a version refuses by. `from`: its own operating point, the workspace's default, or asked for once. */
export const ThresholdUseSchema = z.strictObject({
  threshold: Unit.nullable(),
  from: StampSchema.shape.thresholdFrom.unwrap(),
});
export type ThresholdUse = z.infer<typeof ThresholdUseSchema>;

/** Everything about a version's refusal probability on the rows that may be studied. */
export const OperatingFiguresSchema = z.strictObject({
  /** `all`: a file without a stamp has no splits. */
  rows: z.enum(["dev", "all"]),
  /** Rows without a label or a refusal probability, which aren't used. */
  leftOut: Count,
  choice: ThresholdChoiceSchema,
  auroc: AurocSchema,
  calibration: CalibrationSchema,
  curve: z.array(RocPointSchema),
});
export type OperatingFigures = z.infer<typeof OperatingFiguresSchema>;

/** `OUT.operating-point.json`, which `export` writes next to a model that refuses by a threshold. */
export const ExportedThresholdSchema = z.strictObject({
  version: VersionSchema,
  threshold: Unit,
  from: ThresholdUseSchema.shape.from,
  /** What a refusal is, for people who run the model elsewhere. */
  refusal: z.string(),
  ...AppliedPointSchema.omit({ threshold: true }).partial().shape,
});
export type ExportedThreshold = z.infer<typeof ExportedThresholdSchema>;

export const OperatingRequestSchema = z.strictObject({
  version: ResultsNameSchema,
  /** Absent: the workspace's. */
  costs: CostsSchema.optional(),
  /** Null: the share among the dev rows. Absent: the workspace's `decision.prevalence`. */
  harmfulShare: Unit.nullable().optional(),
});
export type OperatingRequest = z.infer<typeof OperatingRequestSchema>;

/** One entry of `operating-point --json`. */
export const OperatingPointSchema = z.strictObject({
  version: ResultsNameSchema,
  ...OperatingFiguresSchema.shape,
  /** What the version refuses by now. */
  now: ThresholdUseSchema,
  /** The threshold of the results file, null: none; it can differ from `now`. */
  resultsThreshold: Unit.nullable(),
  results: z.strictObject({ runId: z.string().nullable(), hash: z.string() }),
  /** What changed since the results were written, and whether the applied point was chosen for another adapter. */
  warnings: z.array(WarningSchema),
});
export type OperatingPoint = z.infer<typeof OperatingPointSchema>;

export const OperatingReportSchema = z.strictObject({
  points: z.array(OperatingPointSchema),
  /** Versions whose threshold was written into namewright.json. */
  applied: z.array(VersionSchema),
});
export type OperatingReport = z.infer<typeof OperatingReportSchema>;
