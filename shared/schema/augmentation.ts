import { z } from "zod";
import { DatasetRowSchema } from "./dataset.ts";
import { JudgeSpendingSchema } from "./judge.ts";
import { Positive } from "./numbers.ts";
import { EmbeddingCheckSchema, ShortfallSchema } from "./rowCell.ts";

/**
 * Rows to write for one slice: `refusal` on a harmful topic, `neighbour` safe in that topic's words, `safe` an
 * ordinary business. `topic` null: any.
 */
const AugmentationStepSchema = z.strictObject({
  slice: z.string(),
  kind: z.enum(["safe", "neighbour", "refusal"]),
  topic: z.string().nullable(),
  constraint: z.enum(["no-hyphens", "numbers"]).nullable(),
  length: z.enum(["short", "medium", "long", "ultra-long"]).nullable(),
  count: Positive,
});
export type AugmentationStep = z.infer<typeof AugmentationStepSchema>;

/** Weakest slice first. `notWritable`: weak slices that the row generator knows nothing of and only an LLM can write for. */
export const AugmentationPlanSchema = z.strictObject({
  steps: z.array(AugmentationStepSchema),
  notWritable: z.array(
    z.strictObject({ slice: z.string(), failures: z.number().int(), n: z.number().int() }),
  ),
});
export type AugmentationPlan = z.infer<typeof AugmentationPlanSchema>;

/** A row that was written and taken. */
const WrittenForSliceSchema = z.strictObject({
  row: DatasetRowSchema,
  slice: z.string(),
  /** What the LLM was asked for, in words; absent for other writers. */
  cell: z.string().optional(),
  /** What wrote it, such as `generator/refusal/phishing/17` or a model's name. */
  source: z.string(),
});
export type WrittenForSlice = z.infer<typeof WrittenForSliceSchema>;

/** A row that was written and turned down, and why: lint, a leak, a repetition. */
export const RejectedRowSchema = z.strictObject({
  reason: z.string(),
  slice: z.string(),
  source: z.string(),
  description: z.string(),
  suggestions: z.array(z.string()),
});
export type RejectedRow = z.infer<typeof RejectedRowSchema>;

/** What the LLM's rows were checked with and what they cost. Null and empty for other writers. */
export const WriterReportSchema = z.strictObject({
  shortfall: z.array(ShortfallSchema).default([]),
  embeddings: EmbeddingCheckSchema.nullable().default(null),
  spending: JudgeSpendingSchema.nullable().default(null),
});
export type WriterReport = z.infer<typeof WriterReportSchema>;

/** `augment --json`. `row` counts data rows of `dataset` from 1. */
export const AugmentationReportSchema = z.strictObject({
  dataset: z.string(),
  added: z.array(
    z.strictObject({
      row: Positive,
      slice: z.string(),
      source: z.string(),
      description: z.string(),
      suggestions: z.array(z.string()),
    }),
  ),
  rejected: z.array(RejectedRowSchema),
  notWritable: AugmentationPlanSchema.shape.notWritable,
  ...WriterReportSchema.shape,
});
export type AugmentationReport = z.infer<typeof AugmentationReportSchema>;

/** A run's result where its rows are to be reviewed: what was proposed is in its folder. */
export const ProposedReportSchema = z.strictObject({
  proposals: z.string(),
  proposed: Positive,
  rejected: z.array(RejectedRowSchema),
  notWritable: AugmentationPlanSchema.shape.notWritable,
  ...WriterReportSchema.shape,
});
export type ProposedReport = z.infer<typeof ProposedReportSchema>;
