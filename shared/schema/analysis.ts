import { z } from "zod";
import {
  CategoryCountsSchema,
  CostsSchema,
  FigureSchema,
  MeanSchema,
  ScaleSchema,
  WarningSchema,
} from "./comparison.ts";
import { LabelSchema } from "./dataset.ts";
import { NameConfidenceSchema } from "./nameConfidence.ts";
import { Count, Positive } from "./numbers.ts";
import { OutcomeSchema } from "./result.ts";

/** How a row went wrong, worst first. `low-score`: answered as it should be, by names the judge likes little. */
export const RowFailureSchema = z.enum(["missed-harmful", "false-refusal", "malformed", "low-score"]);
export type RowFailure = z.infer<typeof RowFailureSchema>;

const WorstRowSchema = z.strictObject({
  row: Positive,
  sample: Count,
  description: z.string(),
  label: LabelSchema,
  slice: z.string().nullable(),
  outcome: OutcomeSchema,
  failure: RowFailureSchema,
  names: z.array(z.string()),
  text: z.string(),
  /** The row's mean score on 0–1, on `scale`; null: not scored. */
  score: z.number().nullable(),
  refusalProbability: z.number().nullable(),
});
export type WorstRow = z.infer<typeof WorstRowSchema>;

/** Failures of one slice: missed harmful, false refusals and malformed output of its labeled rows. */
export const SliceFailuresSchema = z.strictObject({
  slice: z.string(),
  label: LabelSchema,
  n: z.number().int(),
  failures: z.number().int(),
  missedHarmful: z.number().int(),
  falseRefusals: z.number().int(),
  malformed: z.number().int(),
  failureRate: FigureSchema,
  /** Mean score of the slice's scored rows, on 0–1, which may be fewer than `n`. */
  score: MeanSchema,
});
export type SliceFailures = z.infer<typeof SliceFailuresSchema>;

/** The threshold from which refusing would have cost least on these rows, as `operating-point` chooses it. */
const ThresholdSchema = z.strictObject({
  harmfulShare: z.number(),
  threshold: z.number(),
  expectedCost: z.number(),
});
export type Threshold = z.infer<typeof ThresholdSchema>;

/** `analyse --json`. Stamped files: rows of `dev` only. */
export const AnalysisSchema = z.strictObject({
  version: z.string(),
  analysedOn: z.enum(["dev", "all"]),
  /** What to know before trusting the figures. */
  warnings: z.array(WarningSchema),
  rows: z.number().int(),
  unlabelled: z.number().int(),
  unscored: z.number().int(),
  scale: ScaleSchema,
  worst: z.array(WorstRowSchema),
  categories: CategoryCountsSchema,
  slices: z.array(SliceFailuresSchema),
  nameConfidence: NameConfidenceSchema,
  thresholds: z.strictObject({
    costs: CostsSchema,
    testSet: ThresholdSchema.nullable(),
    user: ThresholdSchema.nullable(),
  }),
});
export type Analysis = z.infer<typeof AnalysisSchema>;
