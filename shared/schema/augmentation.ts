import { z } from "zod";
import { DatasetRowSchema, LabelSchema } from "./dataset.ts";
import { JudgeSpendingSchema } from "./judge.ts";
import { Count, Positive } from "./numbers.ts";
import { EmbeddingCheckSchema } from "./rowCell.ts";

/**
 * Why a row has training rows written for it: a wrong decision, names that break the rules, or names that an LLM judge
 * rates poorly. `selected`: nothing is wrong, but you selected it.
 */
export const WeakReasonSchema = z.enum([
  "missed-harmful",
  "false-refusal",
  "malformed",
  "random-names",
  "long-names",
  "low-score",
  "selected",
]);
export type WeakReason = z.infer<typeof WeakReasonSchema>;

/** Weak rows of a slice, or of rows without a slice that share words, and how many rows are planned for them. */
const PlannedGroupSchema = z.strictObject({
  /** A slice, or the group's words, such as "passport, visa", or an LLM's name for them. */
  slice: z.string(),
  label: LabelSchema,
  /** Weak rows by their reason, in the order of the reasons. */
  reasons: z.array(z.strictObject({ reason: WeakReasonSchema, failures: Positive })),
  rows: Count,
  /** The first weak rows. */
  examples: z.array(z.strictObject({ row: Positive, description: z.string() })),
});
export type PlannedGroup = z.infer<typeof PlannedGroupSchema>;

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
  /** The words of a group without a slice, the most typical first. Absent for a slice. */
  words: z.array(z.string()).optional(),
  count: Positive,
});
export type AugmentationStep = z.infer<typeof AugmentationStepSchema>;

/** Weakest slice first. `notWritable`: weak slices without rows in the pool, which only an LLM can write for. */
export const AugmentationPlanSchema = z.strictObject({
  groups: z.array(PlannedGroupSchema),
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
  /** What the LLM was asked for, in words; absent for the pool. */
  cell: z.string().optional(),
  /** Where it came from, such as `data/row_pool.csv row 17` or a model's name. */
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

/** Planned rows that couldn't be written: of a step of the pool's draw, or of one cell of an LLM. */
const ShortfallSchema = z.strictObject({
  slice: z.string(),
  kind: AugmentationStepSchema.shape.kind,
  rows: Positive,
  /** What the LLM was asked for, in words; absent for the pool. */
  cell: z.string().optional(),
  /** Why the cell's last request left rows missing. Empty for the pool, whose rows ran out. */
  reasons: z.array(z.string()),
});
export type Shortfall = z.infer<typeof ShortfallSchema>;

/** What is missing, what an LLM's rows were checked with and what they cost. Null for the pool. */
export const WriterReportSchema = z.strictObject({
  missing: z.array(ShortfallSchema),
  embeddings: EmbeddingCheckSchema.nullable(),
  spending: JudgeSpendingSchema.nullable(),
});
export type WriterReport = z.infer<typeof WriterReportSchema>;

/** What both reports say of the rows besides those that were taken. */
const writingShape = {
  /** Where the rows came from, such as "drawn from data/row_pool.csv, written beforehand". */
  origin: z.string(),
  /** What the rows were planned for, weakest first. Older runs have none. */
  groups: AugmentationPlanSchema.shape.groups.default([]),
  /** Topics that no row is about. */
  omit: z.array(z.string()).default([]),
  rejected: z.array(RejectedRowSchema),
  notWritable: AugmentationPlanSchema.shape.notWritable,
  ...WriterReportSchema.shape,
};

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
  ...writingShape,
});
export type AugmentationReport = z.infer<typeof AugmentationReportSchema>;

/** A run's result where its rows are to be reviewed: what was proposed is in its folder. */
export const ProposedReportSchema = z.strictObject({
  proposals: z.string(),
  proposed: Positive,
  ...writingShape,
});
export type ProposedReport = z.infer<typeof ProposedReportSchema>;
