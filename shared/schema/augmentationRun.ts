import { z } from "zod";
import { RejectedRowSchema, WriterReportSchema } from "./augmentation.ts";
import { Count, Positive } from "./numbers.ts";
import { LabelConfirmationSchema } from "./rowCell.ts";
import { VersionSchema } from "./workspace.ts";

/** Test rows by number: only `dev` rows may have rows written for them. */
const TestRowsSchema = z.array(Positive).min(1).max(500).nullable().default(null);

/** Where the rows come from: an LLM at the endpoint, or the workspace's pool of rows written beforehand. */
export const WriterSchema = z.enum(["llm", "pool"]);
export type Writer = z.infer<typeof WriterSchema>;

/** Topics that no row may be about, in English words. */
const OmittedTopicsSchema = z.array(z.string());

/** Limits on what the LLM may cost, as in an evaluation. `maxCost` in US dollars; null: no limit. */
const limits = {
  maxCalls: Positive.nullable().default(null),
  maxCost: z.number().positive().nullable().default(null),
};

export const AugmentationRequestSchema = z.strictObject({
  from: VersionSchema,
  /** Null: as many as the plan asks for. */
  rows: Positive.nullable().default(null),
  /** Null: `llm` where a key is set, else `pool` where the workspace has one. */
  writer: WriterSchema.nullable().default(null),
  seed: Count.default(1),
  /** Writes for these rows; null: for every weak row. */
  forRows: TestRowsSchema,
  /** Proposes the rows for the user to accept one by one, instead of writing the next dataset. */
  review: z.boolean().default(false),
  /** Null: those that the extended dataset was written without. */
  omit: OmittedTopicsSchema.nullable().default(null),
  ...limits,
});
export type AugmentationRequest = z.infer<typeof AugmentationRequestSchema>;

export const AugmentationSpecSchema = z.strictObject({
  from: VersionSchema,
  /** The version of the dataset it extends, and of the one it writes. */
  previous: z.string(),
  next: z.string(),
  rows: Positive,
  writer: WriterSchema,
  seed: Count,
  forRows: TestRowsSchema,
  review: z.boolean().default(false),
  omit: OmittedTopicsSchema.default([]),
  ...limits,
  /** SHA-256 hashes. `pool` null: the rows don't come from it. */
  inputs: z.strictObject({
    results: z.string(),
    previous: z.string(),
    testSet: z.string(),
    pool: z.string().nullable(),
  }),
});
export type AugmentationSpec = z.infer<typeof AugmentationSpecSchema>;

export const GenerationRequestSchema = z.strictObject({
  rows: Positive,
  refusals: Count,
  omit: OmittedTopicsSchema,
  testSet: z.boolean(),
  seed: Count,
  ...limits,
});
export type GenerationRequest = z.infer<typeof GenerationRequestSchema>;

export const GenerationResultSchema = z.strictObject({
  runId: z.string(),
  file: z.string(),
  written: Count,
  refusals: Count,
  rejected: z.array(RejectedRowSchema),
  /** Rows by slice, the most first. */
  slices: z.array(z.strictObject({ slice: z.string(), rows: Positive })),
  /** Null for a dataset, whose rows have no labels. */
  labels: LabelConfirmationSchema.nullable(),
  ...WriterReportSchema.shape,
});
export type GenerationResult = z.infer<typeof GenerationResultSchema>;
