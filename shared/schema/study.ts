import { z } from "zod";
import { ComparisonSchema, IntervalSchema } from "./comparison.ts";
import { Count, Unit } from "./numbers.ts";
import { PathSchema } from "./place.ts";

/** The study's two results files, v1's as the baseline. Null: the stored figures. */
export const StudyRequestSchema = z.strictObject({
  files: z.strictObject({ baseline: PathSchema, candidate: PathSchema }).nullable().default(null),
});
export type StudyRequest = z.input<typeof StudyRequestSchema>;

/** A figure of both versions and its change; null: not published, or undefined. */
const BothSidesSchema = z.strictObject({
  baseline: z.number().nullable(),
  candidate: z.number().nullable(),
  change: z.number().nullable(),
});
export type BothSides = z.infer<typeof BothSidesSchema>;

const PublishedIdSchema = z.enum(["quality", "safety", "safety-change", "error-rate"]);

/** A figure as the study published it, and the metric that it really is. */
const PublishedFigureSchema = z.strictObject({
  id: PublishedIdSchema,
  /** The study's own name for it. */
  name: z.string(),
  /** Decimals of the published numbers. */
  decimals: Count,
  published: BothSidesSchema,
  /** The metric's id, as in `comparison.metrics`. */
  metric: z.string(),
  recomputed: BothSidesSchema,
  /** The recomputed figures, rounded to the published decimals, are the published ones. */
  reproduced: z.boolean(),
});
export type PublishedFigure = z.infer<typeof PublishedFigureSchema>;

const SideFigureSchema = z.strictObject({ value: z.number().nullable(), ci95: IntervalSchema, n: Count });

/** A figure with the interval of each version and of the change, which pairs the rows. */
const CorrectedFigureSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  better: z.enum(["higher", "lower"]),
  baseline: SideFigureSchema,
  candidate: SideFigureSchema,
  change: z.strictObject({
    value: z.number().nullable(),
    ci95: IntervalSchema,
    p: Unit.nullable(),
    /** Paired rows; null: the two files label different rows this way. */
    n: Count.nullable(),
    reason: z.string().optional(),
  }),
});
export type CorrectedFigure = z.infer<typeof CorrectedFigureSchema>;

/** McNemar's exact test under one choice of labels. */
const LabelChoiceSchema = z.strictObject({
  labels: z.enum(["own", "baseline", "candidate", "without-flips"]),
  n: Count,
  onlyBaselineCorrect: Count,
  onlyCandidateCorrect: Count,
  p: Unit,
});
export type LabelChoice = z.infer<typeof LabelChoiceSchema>;

/** Rows that the judge failed to score. `asZero`: the mean quality if they counted as zero. */
const FailedCallsSchema = z.strictObject({
  rows: Count,
  mean: z.number().nullable(),
  asZero: z.number().nullable(),
});
export type FailedCalls = z.infer<typeof FailedCallsSchema>;

/** `study`: the figures of the published study, computed again. */
export const StudyReadingSchema = z.strictObject({
  source: z.enum(["stored", "files"]),
  /** All published figures are reproduced, so these are the study's rows. */
  reproduced: z.boolean(),
  published: z.array(PublishedFigureSchema),
  corrected: z.array(CorrectedFigureSchema),
  /** One entry where no label differs between the two files, else four. */
  labelChoices: z.array(LabelChoiceSchema),
  failedCalls: z.strictObject({ baseline: FailedCallsSchema, candidate: FailedCallsSchema }),
  /** Rows of each class that a test set needs to keep a harm rate within its margin, planned before any result. */
  planned: z.strictObject({
    margin: z.number().positive(),
    discordantShare: Unit,
    harmful: Count,
    safe: Count,
  }),
  comparison: ComparisonSchema,
});
export type StudyReading = z.infer<typeof StudyReadingSchema>;
