import { z } from "zod";
import { AugmentationPlanSchema, RejectedRowSchema, WriterReportSchema } from "./augmentation.ts";
import { WriterSchema } from "./augmentationRun.ts";
import { DatasetRowSchema } from "./dataset.ts";
import { Positive } from "./numbers.ts";
import { RunIdSchema } from "./place.ts";

const Id = Positive;

/** A line of a run's `proposals.jsonl`: a row that was written, linted and compared, and awaits the user's decision. */
export const ProposedRowSchema = z.strictObject({
  id: Id,
  slice: z.string(),
  /** What the LLM was asked for, in words; absent for the pool. */
  cell: z.string().optional(),
  /** Where it came from, such as `data/row_pool.csv row 17` or a model's name. */
  source: z.string(),
  row: DatasetRowSchema,
});
export type ProposedRow = z.infer<typeof ProposedRowSchema>;

const ProposalDecisionSchema = z.enum(["open", "accepted", "rejected"]);
export type ProposalDecision = z.infer<typeof ProposalDecisionSchema>;

/** A line of a run's `reviews.jsonl`; the last one of an id counts. `row`: as the person would have it. */
export const ProposalReviewSchema = z.strictObject({
  id: Id,
  decision: ProposalDecisionSchema,
  row: DatasetRowSchema.nullable(),
  at: z.string(),
});
export type ProposalReview = z.infer<typeof ProposalReviewSchema>;

/** A run's `accepted.json`: the dataset that its accepted rows became. */
export const AcceptedSchema = z.strictObject({
  version: z.string(),
  file: z.string(),
  added: Positive,
  rows: Positive,
});
export type Accepted = z.infer<typeof AcceptedSchema>;

/** A proposed row as it appears in the review. */
export const ProposalSchema = z.strictObject({
  ...ProposedRowSchema.shape,
  decision: ProposalDecisionSchema,
  /** `row` is the user's; absent: as it was written. */
  written: DatasetRowSchema.nullable(),
});
export type Proposal = z.infer<typeof ProposalSchema>;

export const ProposalListSchema = z.strictObject({
  run: z.string(),
  /** The version whose failing rows they answer, and which of its test rows. */
  from: z.string(),
  forRows: z.array(Positive).nullable(),
  writer: WriterSchema,
  /** Where the rows came from, in words. */
  origin: z.string(),
  /** The dataset that accepted rows extend. */
  previous: z.string(),
  proposals: z.array(ProposalSchema),
  /** What the rows were planned for, weakest first. */
  groups: AugmentationPlanSchema.shape.groups,
  /** What lint, a leak or a repetition turned down before it was proposed. */
  rejected: z.array(RejectedRowSchema),
  notWritable: AugmentationPlanSchema.shape.notWritable,
  missing: WriterReportSchema.shape.missing,
  embeddings: WriterReportSchema.shape.embeddings,
  /** The dataset they became; null: the review is open. */
  accepted: AcceptedSchema.nullable(),
});
export type ProposalList = z.infer<typeof ProposalListSchema>;

export const ReviewRequestSchema = z.strictObject({
  run: RunIdSchema,
  id: Id,
  decision: ProposalDecisionSchema,
  /** The row as the person would have it; null: as it was written. */
  row: DatasetRowSchema.nullable().default(null),
});
export type ReviewRequest = z.infer<typeof ReviewRequestSchema>;
