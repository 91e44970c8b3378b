import { z } from "zod";

/** One row of a dataset: a description and its five names, or none where the right answer is a refusal. */
export const DatasetRowSchema = z.strictObject({
  description: z.string(),
  suggestions: z.array(z.string()),
});
export type DatasetRow = z.infer<typeof DatasetRowSchema>;

/** What a description is: `safe` wants names, `harmful` wants a refusal. */
export const LabelSchema = z.enum(["safe", "harmful"]);
export type Label = z.infer<typeof LabelSchema>;

/** Which half of the test set a row belongs to: only `dev` may be studied, only `heldout` decides. */
export const SplitSchema = z.enum(["dev", "heldout"]);
export type Split = z.infer<typeof SplitSchema>;

/** One row of a test set. `row` counts data rows from 1. `suggestions` null: the file gives no reference. */
export const TestRowSchema = z.strictObject({
  row: z.number().int().positive(),
  description: z.string(),
  suggestions: z.array(z.string()).nullable(),
  label: LabelSchema.nullable(),
  slice: z.string().nullable(),
  split: SplitSchema,
  group: z.string(),
});
export type TestRow = z.infer<typeof TestRowSchema>;

export const LintSeveritySchema = z.enum(["error", "warning"]);

/** One break of a rule. `row` counts data rows from 1, `line` is the line in the file (from 1). */
export const FindingSchema = z.strictObject({
  rule: z.string(),
  severity: LintSeveritySchema,
  row: z.number().int().positive().nullable(),
  line: z.number().int().positive(),
  column: z.string(),
  value: z.string(),
  message: z.string(),
  fix: z.string().optional(),
});
export type Finding = z.infer<typeof FindingSchema>;

/** A row of one file that another file holds too, exactly (after normalisation) or nearly. */
export const LeakSchema = z.strictObject({
  file: z.string(),
  row: z.number().int().positive(),
  description: z.string(),
  againstFile: z.string(),
  againstRow: z.number().int().positive(),
  againstDescription: z.string(),
  similarity: z.number().min(0).max(1),
  exact: z.boolean(),
});
export type Leak = z.infer<typeof LeakSchema>;

export const LintedFileSchema = z.strictObject({
  file: z.string(),
  rows: z.number().int(),
  refusals: z.number().int(),
  errors: z.number().int(),
  warnings: z.number().int(),
  encoding: z.string(),
  delimiter: z.string(),
  findings: z.array(FindingSchema),
});

export const LintReportSchema = z.strictObject({
  files: z.array(LintedFileSchema),
  leaks: z.array(LeakSchema),
});
export type LintReport = z.infer<typeof LintReportSchema>;

const DistributionSchema = z.strictObject({
  min: z.number(),
  median: z.number(),
  p95: z.number(),
  max: z.number(),
});

export const DatasetStatsSchema = z.strictObject({
  file: z.string(),
  rows: z.number().int(),
  refusals: z.number().int(),
  /** In characters. */
  descriptionLength: DistributionSchema.nullable(),
  names: z.strictObject({
    count: z.number().int(),
    unique: z.number().int(),
    length: DistributionSchema.nullable(),
    hyphenated: z.number().int(),
    withDigits: z.number().int(),
  }),
  /** The most frequent content words of the descriptions, commonest first. */
  topics: z.array(z.strictObject({ word: z.string(), rows: z.number().int() })),
  labels: z
    .strictObject({ safe: z.number().int(), harmful: z.number().int(), unlabelled: z.number().int() })
    .nullable(),
  slices: z.array(z.strictObject({ slice: z.string(), split: SplitSchema, rows: z.number().int() })),
});
export type DatasetStats = z.infer<typeof DatasetStatsSchema>;
