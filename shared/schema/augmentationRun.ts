import { z } from "zod";
import { RejectedRowSchema } from "./augmentation.ts";
import { Count, Positive } from "./numbers.ts";
import { VersionSchema } from "./workspace.ts";

/** Test rows by number: only `dev` rows may have rows written for them. */
const TestRowsSchema = z.array(Positive).min(1).max(500).nullable().default(null);

/** Where the rows come from: an LLM at the endpoint, or the workspace's pool of rows written beforehand. */
export const WriterSchema = z.enum(["llm", "pool"]);
export type Writer = z.infer<typeof WriterSchema>;

export const AugmentationRequestSchema = z.strictObject({
  from: VersionSchema,
  /** Null: as many as the plan asks for. */
  rows: Positive.nullable().default(null),
  /** Null: `llm` where a key is set, else `pool` where the workspace has one. */
  writer: WriterSchema.nullable().default(null),
  seed: Count.default(1),
  /** Writes for these failing rows; null: for the weakest slices. */
  forRows: TestRowsSchema,
  /** Proposes the rows for the user to accept one by one, instead of writing the next dataset. */
  review: z.boolean().default(false),
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
  omit: z.array(z.string()),
  testSet: z.boolean(),
  seed: Count,
});
export type GenerationRequest = z.infer<typeof GenerationRequestSchema>;

export const GenerationResultSchema = z.strictObject({
  runId: z.string(),
  file: z.string(),
  written: Count,
  refusals: Count,
  rejected: z.array(RejectedRowSchema),
});
export type GenerationResult = z.infer<typeof GenerationResultSchema>;
