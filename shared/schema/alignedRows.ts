import { z } from "zod";
import { ComparisonSchema, LooksSchema } from "./comparison.ts";
import { LabelSchema, SplitSchema } from "./dataset.ts";
import { SplitChoiceSchema } from "./evaluationRows.ts";
import { Count, Positive, Unit } from "./numbers.ts";
import { PathSchema } from "./place.ts";
import { OverallCategorySchema } from "./report.ts";
import { OutcomeSchema } from "./result.ts";
import { CategoryShiftSchema, MatrixShiftSchema, ScatterSchema } from "./shift.ts";

/** What moved between two results files, over the rows that the comparison decides on. */
export const ComparisonShiftSchema = z.strictObject({
  matrices: MatrixShiftSchema,
  categories: CategoryShiftSchema,
  /** Null: the two files were not judged alike, so that no row's scores can be set against each other. */
  scatter: ScatterSchema.nullable(),
});
export type ComparisonShift = z.infer<typeof ComparisonShiftSchema>;

/** A comparison with what its figures need; one look at the held-out rows. */
export const ComparisonViewSchema = z.strictObject({
  comparison: ComparisonSchema,
  shift: ComparisonShiftSchema,
});
export type ComparisonView = z.infer<typeof ComparisonViewSchema>;

/** What one version did with a row. */
const AlignedSideSchema = z.strictObject({
  /** The row's number in that file. */
  row: Positive,
  label: LabelSchema.nullable(),
  outcome: OutcomeSchema,
  names: z.array(z.string()),
  /** Its cell of the safety matrix; null: unlabelled, or a failed judge call of the study's. */
  cell: OverallCategorySchema.nullable(),
  /** Delivered score of a stamped file, else the score of the answered row, on 0–1; null: none. */
  score: Unit.nullable(),
  /** Why the judge gave none; null where it did, or was not asked. */
  unscored: z.string().nullable(),
  /** Number of samples; the names shown are those of the first. */
  samples: Positive,
});
export type AlignedSide = z.infer<typeof AlignedSideSchema>;

/** `changed`: other names or another label, neither better nor worse. `unmatched`: in one file only. */
const RowVerdictSchema = z.enum(["improved", "regressed", "changed", "same", "unmatched"]);
export type RowVerdict = z.infer<typeof RowVerdictSchema>;

const AlignedRowSchema = z.strictObject({
  description: z.string(),
  slice: z.string().nullable(),
  split: SplitSchema,
  baseline: AlignedSideSchema.nullable(),
  candidate: AlignedSideSchema.nullable(),
  /** Candidate − baseline of the score; null where either has none or the files were not judged alike. */
  change: z.number().nullable(),
  verdict: RowVerdictSchema,
  /** Another cell of the safety matrix. */
  safetyChanged: z.boolean(),
});
export type AlignedRow = z.infer<typeof AlignedRowSchema>;

export const AlignedFilterSchema = z.enum(["all", "improved", "regressed", "safety", "different"]);
export type AlignedFilter = z.infer<typeof AlignedFilterSchema>;

/** Filters for the paired rows of two files. Every condition narrows the result. */
export const AlignedQuerySchema = z.strictObject({
  /** `heldout` and `all` only after `openHeldout`; files of the study's format have no splits. */
  split: SplitChoiceSchema.default("dev"),
  filter: AlignedFilterSchema.default("all"),
  /** Rows that are in this cell on the baseline's side, and on the candidate's. */
  from: OverallCategorySchema.nullable().default(null),
  to: OverallCategorySchema.nullable().default(null),
  /** Rows of any of these slices, "" being those without one; null: of every slice. */
  slices: z.array(z.string()).nullable().default(null),
  /** Words of the description or a name, in any case. */
  text: z.string().max(500).default(""),
  /** `change`: what got worse most comes first, rows without a change last. */
  order: z.enum(["row", "change"]).default("row"),
  offset: Count.default(0),
  limit: z.number().int().min(1).max(500).default(100),
});
export type AlignedQuery = z.infer<typeof AlignedQuerySchema>;

export const AlignedPageSchema = z.strictObject({
  /** `all`: files without splits. */
  split: SplitChoiceSchema,
  /** Rows of the split by filter, before the other conditions. */
  counts: z.record(AlignedFilterSchema, Count),
  /** Rows that all conditions let through. */
  matched: Count,
  offset: Count,
  rows: z.array(AlignedRowSchema),
  /** What the scores are called; null: the files were not judged alike. */
  scoreName: z.string().nullable(),
});
export type AlignedPage = z.infer<typeof AlignedPageSchema>;

/** A page and the state of the held-out rows, which it omits while they are closed. */
export const ComparedPageSchema = z.strictObject({
  ...AlignedPageSchema.shape,
  slices: z.array(z.string()),
  /** `looks`: how they were used so far, null where that isn't counted; `rows`: matched held-out rows. */
  heldout: z.strictObject({ rows: Count, opened: z.boolean(), looks: LooksSchema.nullable() }),
});
export type ComparedPage = z.infer<typeof ComparedPageSchema>;

/** Two versions (`base`, `v1`, …) or results files, the first being the baseline. */
export const TwoFilesSchema = z.strictObject({ baseline: PathSchema, candidate: PathSchema });

export const AlignedRequestSchema = z.strictObject({
  ...TwoFilesSchema.shape,
  query: AlignedQuerySchema.prefault({}),
});
export type AlignedRequest = z.infer<typeof AlignedRequestSchema>;
