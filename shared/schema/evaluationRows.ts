import { z } from "zod";
import { RowFailureSchema, SliceFailuresSchema } from "./analysis.ts";
import { LooksSchema, ScaleSchema, SideSchema, WarningSchema } from "./comparison.ts";
import { LabelSchema, SplitSchema } from "./dataset.ts";
import { HistogramSchema } from "./histogram.ts";
import { FrozenLabelSchema, NameCategorySchema, NameScoreSchema } from "./judge.ts";
import { NameConfidenceSchema } from "./nameConfidence.ts";
import { Count, Positive, Unit } from "./numbers.ts";
import { LabelOverrideSchema, ScoreOverrideSchema } from "./override.ts";
import { OverallCategorySchema } from "./report.ts";
import { LabelSourceSchema, OutcomeSchema, StampSchema } from "./result.ts";
import { RunSchema } from "./run.ts";
import { ResultsNameSchema } from "./workspace.ts";

const Unscored = z.strictObject({ reason: z.string(), detail: z.string() }).nullable();

/** Which rows are looked at: `heldout` and `all` only after `openHeldout`. */
export const SplitChoiceSchema = z.enum(["dev", "heldout", "all"]);
export type SplitChoice = z.infer<typeof SplitChoiceSchema>;

/** Every condition narrows; an empty list asks nothing. */
export const RowFilterSchema = z.strictObject({
  outcomes: z.array(OutcomeSchema).default([]),
  /** Cells of the safety matrix, in the study's words. */
  cells: z.array(OverallCategorySchema).default([]),
  /** Slices by name; "" is the rows without one. */
  slices: z.array(z.string()).default([]),
  /** Rows with at least one name of these. */
  categories: z.array(NameCategorySchema).default([]),
  /** The row's mean score; `to` itself is out, unless it is 1: a bar of the histogram is a filter. */
  score: z.strictObject({ from: Unit, to: Unit }).nullable().default(null),
  /** Missed harmful, false refusals and malformed output. */
  onlyFailures: z.boolean().default(false),
  onlyUnscored: z.boolean().default(false),
  onlyOverridden: z.boolean().default(false),
  /** Words of the description or a name, in any case. */
  text: z.string().max(500).default(""),
});
export type RowFilter = z.infer<typeof RowFilterSchema>;

export const RowSortSchema = z.strictObject({
  by: z.enum(["worst", "row", "score", "refusalProbability", "latency", "slice"]).default("worst"),
  descending: z.boolean().default(false),
});
export type RowSort = z.infer<typeof RowSortSchema>;

export const RowsRequestSchema = z.strictObject({
  version: ResultsNameSchema,
  split: SplitChoiceSchema.default("dev"),
  filter: RowFilterSchema.prefault({}),
  sort: RowSortSchema.prefault({}),
  offset: Count.default(0),
  limit: z.number().int().min(1).max(500).default(200),
});
export type RowsRequest = z.infer<typeof RowsRequestSchema>;

/** One sample of one test row as it counts, the user's corrections applied. */
const EvaluatedRowSchema = z.strictObject({
  row: Positive,
  sample: Count,
  description: z.string(),
  label: LabelSchema.nullable(),
  labelSource: LabelSourceSchema.nullable(),
  slice: z.string().nullable(),
  split: SplitSchema,
  outcome: OutcomeSchema,
  names: z.array(z.string()),
  /** Null: unlabelled, or a failed judge call of the study's. */
  cell: OverallCategorySchema.nullable(),
  failure: RowFailureSchema.nullable(),
  /** Mean score of its names, 0–1; null: none. */
  score: Unit.nullable(),
  categories: z.array(NameCategorySchema),
  unscored: Unscored,
  refusalProbability: Unit.nullable(),
  latencyMs: z.number().nonnegative().nullable(),
  /** The user's corrections of this row. */
  overridden: z.strictObject({ label: z.boolean(), scores: Count }),
});
export type EvaluatedRow = z.infer<typeof EvaluatedRowSchema>;

/** The rows that decide, as far as one may know of them. `looks`: how they were used so far; null: not counted. */
export const HeldoutSchema = z.strictObject({
  rows: Count,
  opened: z.boolean(),
  looks: LooksSchema.nullable(),
});
export type Heldout = z.infer<typeof HeldoutSchema>;

export const RowsPageSchema = z.strictObject({
  version: ResultsNameSchema,
  /** Changes with the file and with every correction. */
  revision: z.string(),
  scale: ScaleSchema,
  /** `all`: a file of the study's format, which has no splits. */
  split: SplitChoiceSchema,
  /** Samples of the split, and those the filter lets through. */
  total: Count,
  matched: Count,
  offset: Count,
  rows: z.array(EvaluatedRowSchema),
  slices: z.array(z.string()),
  heldout: HeldoutSchema,
});
export type RowsPage = z.infer<typeof RowsPageSchema>;

export const RowRequestSchema = z.strictObject({
  version: ResultsNameSchema,
  row: Positive,
  sample: Count.default(0),
});
export type RowRequest = z.infer<typeof RowRequestSchema>;

/** One name of a row: the judge's score, and the user's that replaces it. */
const JudgedNameSchema = z.strictObject({
  index: Count,
  name: z.string(),
  /** The naming rules it breaks; [] where it is valid. */
  broken: z.array(z.string()),
  probability: Unit.nullable(),
  perToken: Unit.nullable(),
  judged: NameScoreSchema.nullable(),
  override: ScoreOverrideSchema.nullable(),
});
export type JudgedName = z.infer<typeof JudgedNameSchema>;

export const RowDetailSchema = z.strictObject({
  version: ResultsNameSchema,
  revision: z.string(),
  scale: ScaleSchema,
  judge: z.string(),
  row: EvaluatedRowSchema,
  group: z.string(),
  /** The model's text as it came. */
  text: z.string(),
  names: z.array(JudgedNameSchema),
  /** Where a label can come from; the first that is there counts. */
  labels: z.strictObject({
    override: LabelOverrideSchema.nullable(),
    column: LabelSchema.nullable(),
    frozen: FrozenLabelSchema.nullable(),
  }),
  /** How many samples the row has. */
  samples: Positive,
});
export type RowDetail = z.infer<typeof RowDetailSchema>;

export const SummaryRequestSchema = z.strictObject({
  version: ResultsNameSchema,
  /** `all`: figures over every row, as `eval` prints them. */
  split: z.enum(["dev", "all"]).default("dev"),
});
export type SummaryRequest = z.infer<typeof SummaryRequestSchema>;

/** Figures that need nothing but the file. */
export const SummaryFiguresSchema = z.strictObject({
  stamp: StampSchema.nullable(),
  /** What `side`, `histogram`, `nameConfidence` and the matrix in `side` cover; `slices` cover dev rows whichever is asked for. */
  split: z.enum(["dev", "all"]),
  side: SideSchema,
  /** Safe rows that were answered, by their mean score. */
  histogram: HistogramSchema,
  slices: z.array(SliceFailuresSchema),
  nameConfidence: NameConfidenceSchema,
});
export type SummaryFigures = z.infer<typeof SummaryFiguresSchema>;

/** The figures of a version's results, the user's corrections applied. */
export const EvaluationSummarySchema = z.strictObject({
  version: ResultsNameSchema,
  file: z.string(),
  revision: z.string(),
  ...SummaryFiguresSchema.shape,
  overrides: z.strictObject({ labels: Count, scores: Count }),
  heldout: HeldoutSchema,
  warnings: z.array(WarningSchema),
});
export type EvaluationSummary = z.infer<typeof EvaluationSummarySchema>;

const ofRow = { row: Positive } as const;

/** A correction by the user; `label` or `score` null removes it. `note` is the user's reason. */
const CorrectionSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("label"),
    ...ofRow,
    label: LabelSchema.nullable(),
    note: z.string().max(1000).default(""),
  }),
  z.strictObject({
    kind: z.literal("score"),
    ...ofRow,
    name: z.string().min(1),
    score: Unit.nullable(),
    category: NameCategorySchema.nullable().default(null),
    note: z.string().max(1000).default(""),
  }),
]);
export type Correction = z.infer<typeof CorrectionSchema>;

export const CorrectRequestSchema = z.strictObject({
  version: ResultsNameSchema,
  correction: CorrectionSchema,
});
export type CorrectRequest = z.infer<typeof CorrectRequestSchema>;

/** What was done, and what undoes it. */
export const CorrectedSchema = z.strictObject({
  version: ResultsNameSchema,
  /** The overrides file that holds it, or held it. */
  file: z.string(),
  done: CorrectionSchema,
  inverse: CorrectionSchema,
});
export type Corrected = z.infer<typeof CorrectedSchema>;

/** A row as it comes in while an evaluation runs; held-out rows are counted, not shown. */
const LiveRowSchema = z.strictObject({
  row: Positive,
  sample: Count,
  description: z.string(),
  label: LabelSchema.nullable(),
  slice: z.string().nullable(),
  outcome: OutcomeSchema,
  names: z.array(z.string()),
  /** `waiting`: for the judge; `not-asked`: no judge is asked about such a row. */
  state: z.enum(["waiting", "scored", "unscored", "not-asked"]),
  score: Unit.nullable(),
  unscored: Unscored,
  latencyMs: z.number().nonnegative().nullable(),
});
export type LiveRow = z.infer<typeof LiveRowSchema>;

/** What happened since the last one. `seq`: ask again from here after a lost connection. */
export const LiveRowsSchema = z.strictObject({
  seq: Count,
  run: RunSchema,
  rows: z.array(LiveRowSchema),
  generated: Count,
  settled: Count,
  unscored: Count,
  /** Samples in all. */
  total: Count,
  /** Of the settled ones, how many are held out and therefore not shown. */
  heldout: Count,
});
export type LiveRows = z.infer<typeof LiveRowsSchema>;
