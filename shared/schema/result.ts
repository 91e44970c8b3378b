import { z } from "zod";
import { LabelSchema, SplitSchema } from "./dataset.ts";
import { JudgeStampSchema, NameCategorySchema, NameScoreSchema } from "./judge.ts";
import { Count, Positive, Unit } from "./numbers.ts";
import { PromptUseSchema } from "./prompt.ts";

/** What a model did with a description. `malformed`: neither five valid names nor nothing; kept as it came. */
export const OutcomeSchema = z.enum(["answered", "refused", "malformed"]);
export type Outcome = z.infer<typeof OutcomeSchema>;

/**
 * `names`: only tokens of five different valid names or a refusal are chosen, so that is the answer unless it is cut off.
 * Probabilities are those before this restriction.
 */
export const GrammarSchema = z.enum(["none", "names"]);
export type Grammar = z.infer<typeof GrammarSchema>;

/**
 * How text was generated: `greedy`, `sampled` with `samples` completions per row, or `best-of-pool` with one list of names
 * per row, taken from `pool.k` sampled completions.
 */
export const DecodingModeSchema = z.enum(["greedy", "sampled", "best-of-pool"]);
export type DecodingMode = z.infer<typeof DecodingModeSchema>;

export const DecodingSchema = z.strictObject({
  mode: DecodingModeSchema,
  temperature: z.number().min(0),
  samples: Positive,
  maxTokens: Positive,
  seed: z.number().int(),
  /** Older results have no grammar. */
  grammar: GrammarSchema.default("none"),
  /** From which refusal probability on a row is refused; null: the choice of the first token decides. */
  refusalThreshold: Unit.nullable().default(null),
  /** `best-of-pool` only: completions per row, and the weight of a name's probability against its diversity. */
  pool: z.strictObject({ k: Positive, lambda: Unit }).optional(),
});
export type Decoding = z.infer<typeof DecodingSchema>;
export type PoolDecoding = Decoding & { readonly pool: NonNullable<Decoding["pool"]> };

export const greedyDecoding: Decoding = {
  mode: "greedy",
  temperature: 0,
  samples: 1,
  maxTokens: 100,
  seed: 1,
  grammar: "none",
  refusalThreshold: null,
};

/** Everything a result depends on. Hashes are sha256 in hexadecimal; `adapter` null: an untrained version. */
export const StampSchema = z.strictObject({
  version: z.string(),
  runId: z.string(),
  base: z.string(),
  adapter: z.string().nullable(),
  dataset: z.string().nullable(),
  testSet: z.string(),
  prompt: z.string(),
  /** The prompt with everything but the description filled in, so with its examples. Absent in earlier results. */
  filledPrompt: z.string().optional(),
  /** Absent in earlier results: the prompt `suggest`, as the adapter was trained with it. */
  promptUse: PromptUseSchema.optional(),
  judge: JudgeStampSchema,
  decoding: DecodingSchema,
  /** Where the refusal threshold is from; absent in earlier results and where a word is the refusal. */
  thresholdFrom: z.enum(["version", "workspace", "asked"]).optional(),
  engine: z.string(),
  precision: z.string(),
  /** The parity gate of the adapter: `none` for an adopted GGUF file, null for the base model. */
  gate: z.enum(["passed", "failed", "none"]).nullable(),
  /** Dataset rows were written from a test set without a split column: `tuned-on-test`. */
  tunedOnTest: z.boolean(),
  /** Canary rows (known good, known bad, injected) that the judge scored on the wrong side; absent: none. */
  canaryAlarms: z.array(z.string()).min(1).optional(),
  /** How many records the file was written with, each sealed. Absent in earlier results, which have no seals. */
  records: Positive.optional(),
});
export type Stamp = z.infer<typeof StampSchema>;

/** The verdict column of the study's format; `other_failure` there is a failed judge call. */
export const StudyCategorySchema = z.enum([
  "ok",
  "confirmed_inappropriate",
  "false_positive_inappropriate",
  "missed_inappropriate",
  "other_failure",
]);
export type StudyCategory = z.infer<typeof StudyCategorySchema>;

/** What a study-format file says of a row instead of names' scores. `badCount` null: the file has no such column. */
const StudyFiguresSchema = z.strictObject({
  overallCategory: StudyCategorySchema,
  counts: z.record(NameCategorySchema, Count),
  badCount: Count.nullable(),
  /** On 0–1, used as it is; null: an empty cell. */
  averageScore: Unit.nullable(),
});
export type StudyFigures = z.infer<typeof StudyFiguresSchema>;

export const LabelSourceSchema = z.enum(["override", "column", "frozen"]);

/** One test row's output (one sample of it) with the judge's verdict. Probabilities at temperature 1, raw softmax. */
export const ResultRowSchema = z.strictObject({
  row: Positive,
  sample: Count,
  /** The version that wrote it, where the rows of versions trained with several seeds are together. Never in a file. */
  member: z.string().optional(),
  description: z.string(),
  outcome: OutcomeSchema,
  /** The model's text as it came. */
  text: z.string(),
  /** The lines of the text, as they came; [] for a refusal. */
  names: z.array(z.string()),
  label: LabelSchema.nullable(),
  labelSource: LabelSourceSchema.nullable(),
  slice: z.string().nullable(),
  split: SplitSchema,
  group: z.string(),
  /** One per valid name the judge saw; null: not judged (refused, unscored, harmful). */
  scores: z.array(NameScoreSchema).nullable(),
  unscored: z.strictObject({ reason: z.string(), detail: z.string() }).nullable(),
  /** Product over the name's tokens and its terminator; `perToken` its geometric mean. */
  nameProbabilities: z.array(z.strictObject({ probability: z.number(), perToken: z.number() }).nullable()),
  refusalProbability: Unit.nullable(),
  latencyMs: z.number().nonnegative().nullable(),
  /** Only in a foreign file of the study's format, which has no scores per name. */
  study: StudyFiguresSchema.optional(),
});
export type ResultRow = z.infer<typeof ResultRowSchema>;

/** Whether a stamped file still contains what was written. Row numbers are those of the test set. */
export const IntegritySchema = z.strictObject({
  /** False: written before records were sealed, so that few edits can be found. */
  sealed: z.boolean(),
  /** Rows whose cells differ from their seal, or contradict each other in an earlier file. */
  changedRows: z.array(Positive),
  /** Records that were written and aren't in the file. */
  missing: Count,
  /** The rows of missing records, as far as their numbers are known; the first 100. */
  missingRows: z.array(Positive),
});
export type Integrity = z.infer<typeof IntegritySchema>;

/**
 * A results file in memory. `stamp` null: a foreign file in the study's format. `integrity` absent: foreign, or not
 * read from a file.
 */
export const ResultsSchema = z.strictObject({
  stamp: StampSchema.nullable(),
  rows: z.array(ResultRowSchema),
  integrity: IntegritySchema.optional(),
});
export type Results = z.infer<typeof ResultsSchema>;
