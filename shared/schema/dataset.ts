import { z } from "zod";
import { Count, Positive, Unit } from "./numbers.ts";

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
  row: Positive,
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
  row: Positive.nullable(),
  line: Positive,
  column: z.string(),
  value: z.string(),
  message: z.string(),
  fix: z.string().optional(),
});
export type Finding = z.infer<typeof FindingSchema>;

/** A row of one file that another file holds too, exactly (after normalization) or nearly. */
export const LeakSchema = z.strictObject({
  file: z.string(),
  row: Positive,
  description: z.string(),
  againstFile: z.string(),
  againstRow: Positive,
  againstDescription: z.string(),
  similarity: Unit,
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
  /** Only for a large file with very many: how many findings are counted above but not listed. */
  unlisted: Positive.optional(),
});

export type LintedFile = z.infer<typeof LintedFileSchema>;

export const LintReportSchema = z.strictObject({
  files: z.array(LintedFileSchema),
  leaks: z.array(LeakSchema),
  /** Only where there are very many in a large file: how many more leaks there are than are listed. */
  unlistedLeaks: Positive.optional(),
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

/** A row of one version; `suggestions` null: its cell cannot be read. */
const VersionRowSchema = z.strictObject({
  row: Positive,
  description: z.string(),
  suggestions: z.array(z.string()).nullable(),
});

/** What changed between two versions of a dataset; rows are matched on their description. */
export const DatasetDiffSchema = z.strictObject({
  added: z.array(VersionRowSchema),
  removed: z.array(VersionRowSchema),
  changed: z.array(
    z.strictObject({ description: z.string(), before: VersionRowSchema, after: VersionRowSchema }),
  ),
  unchanged: Count,
});
export type DatasetDiff = z.infer<typeof DatasetDiffSchema>;

/** Where a row came from: another file, the workspace's row pool, an LLM, the user, or a former row generator. */
const RowSourceSchema = z.enum(["imported", "pool", "llm", "person", "generator"]);

/**
 * One line of `dataset_vN.provenance.jsonl`: where a row came from, as it was when it was written. Later edits of the
 * dataset do not change it: rows are found again by their `description`, `row` is where it stood then. `from`: the file
 * or the test set's slice it was made after; `generator`: what wrote it (a model) or its row in the pool, null for a
 * person. `pool`: the SHA-256 of the pool that it was drawn from.
 */
export const ProvenanceSchema = z.strictObject({
  row: Positive,
  description: z.string(),
  source: RowSourceSchema,
  slice: z.string().nullable(),
  from: z.string().nullable(),
  generator: z.string().nullable(),
  /** What an LLM was asked for: topic, owner, region, tone, length and more. */
  cell: z.string().optional(),
  pool: z.string().optional(),
  /** Topics that the row's run omitted. Absent for imported rows and in earlier files. */
  omit: z.array(z.string()).optional(),
  at: z.string(),
});
export type Provenance = z.infer<typeof ProvenanceSchema>;

/** What `dataset import` did. `errors` and `warnings` are lint's of the file it wrote. */
export const ImportReportSchema = z.strictObject({
  source: z.string(),
  file: z.string(),
  rows: Count,
  /** What changed on the way, in words. */
  changes: z.array(z.string()),
  renamedColumns: z.array(z.strictObject({ from: z.string(), to: z.string() })),
  droppedColumns: z.array(z.string()),
  /** Rows whose names were not a JSON array and were rewritten as one. */
  convertedRows: z.array(Positive),
  errors: Count,
  warnings: Count,
});
export type ImportReport = z.infer<typeof ImportReportSchema>;

/** What `dataset fix` did: each name it replaced, and what lint still finds. */
export const FixReportSchema = z.strictObject({
  file: z.string(),
  written: z.boolean(),
  fixed: z.array(
    z.strictObject({
      row: Positive,
      line: Positive,
      column: z.string(),
      before: z.string(),
      after: z.string(),
    }),
  ),
  errors: Count,
  warnings: Count,
});
export type FixReport = z.infer<typeof FixReportSchema>;

/** What `dataset export-spreadsheet` wrote: a copy for looking at, never for training. */
export const SpreadsheetReportSchema = z.strictObject({
  source: z.string(),
  out: z.string(),
  rows: Count,
  /** Cells, header included, that a spreadsheet would have taken for formulas; each got an apostrophe in front. */
  neutralised: Count,
});
export type SpreadsheetReport = z.infer<typeof SpreadsheetReportSchema>;
