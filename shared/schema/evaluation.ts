import { z } from "zod";
import { SideSchema } from "./comparison.ts";
import { JudgeStampSchema } from "./judge.ts";
import { Count, Positive, Unit } from "./numbers.ts";
import { ThresholdUseSchema } from "./operatingPoint.ts";
import { PromptNameSchema, PromptUseSchema } from "./prompt.ts";
import { DecodingModeSchema, DecodingSchema, GrammarSchema } from "./result.ts";
import { ResultsNameSchema, VersionSchema } from "./workspace.ts";

/** What the user asks for. */
export const EvaluationRequestSchema = z.strictObject({
  version: VersionSchema,
  /** Null: `openai` where a key is set, else `rule`. */
  judge: z.enum(["rule", "openai"]).nullable().default(null),
  decoding: DecodingModeSchema.default("greedy"),
  grammar: GrammarSchema.default("none"),
  seed: Count.default(1),
  /** Stops resumably after this many judge calls. */
  maxCalls: Positive.nullable().default(null),
  /** Stops resumably before the judge has cost more, in US dollars. */
  maxCost: z.number().positive().nullable().default(null),
  /** In a test set without labels: read `[]` as "refuse" instead of "no reference". */
  emptyMeansRefuse: z.boolean().default(false),
  /** Only the held-out rows, which decide a comparison. For a version that no new rows are written from. */
  heldoutOnly: z.boolean().default(false),
  /** Null: the prompt that the adapter was trained with, or the untrained version's own. */
  prompt: PromptNameSchema.nullable().default(null),
  /** Evaluate an adapter although it was trained with another prompt. */
  anyway: z.boolean().default(false),
  /** Refusal threshold; `none`: the first token decides; null: the version's own, or else the workspace's. */
  threshold: z
    .union([Unit, z.literal("none")])
    .nullable()
    .default(null),
});
export type EvaluationRequest = z.infer<typeof EvaluationRequestSchema>;

/** The evaluation as it will run: every input by its hash, so that a resume never mixes two revisions. */
export const EvaluationSpecSchema = z.strictObject({
  version: VersionSchema,
  decoding: DecodingSchema,
  /** Absent in earlier runs: the workspace's threshold. */
  thresholdFrom: ThresholdUseSchema.shape.from.optional(),
  /** What the results are called; absent: as the version. */
  results: ResultsNameSchema.optional(),
  limits: z.strictObject({
    maxCalls: Positive.nullable(),
    maxCost: z.number().positive().nullable(),
  }),
  emptyMeansRefuse: z.boolean(),
  /** Absent: all rows. */
  heldoutOnly: z.literal(true).optional(),
  /** Absent in earlier runs: the prompt `suggest`. */
  promptUse: PromptUseSchema.optional(),
  inputs: z.strictObject({
    testSet: z.string(),
    base: z.string(),
    adapter: z.string().nullable(),
    dataset: z.string().nullable(),
    prompt: z.string(),
    /** The prompt with everything but the description filled in. Absent in earlier runs. */
    filledPrompt: z.string().optional(),
    judge: JudgeStampSchema,
  }),
});
export type EvaluationSpec = z.infer<typeof EvaluationSpecSchema>;

export const EvaluationResultSchema = z.strictObject({
  runId: z.string(),
  /** What the results are called. */
  version: ResultsNameSchema,
  status: z.literal("succeeded"),
  /** Path of the results file. */
  results: z.string(),
  summary: SideSchema,
  /** What a reader must know before trusting the figures; absent: nothing. */
  warnings: z.array(z.strictObject({ code: z.string(), message: z.string() })).optional(),
});
export type EvaluationResult = z.infer<typeof EvaluationResultSchema>;

/** `eval --json`. A version that failed has no summary but a reason. */
export const EvaluationReportSchema = z.strictObject({
  runs: z.array(
    z.union([
      EvaluationResultSchema,
      z.strictObject({
        runId: z.string().nullable(),
        version: VersionSchema,
        status: z.enum(["failed", "cancelled"]),
        reason: z.string(),
        results: z.null(),
        summary: z.null(),
      }),
    ]),
  ),
});
export type EvaluationReport = z.infer<typeof EvaluationReportSchema>;

export const RejudgeSpecSchema = z.strictObject({
  version: ResultsNameSchema,
  onlyUnscored: z.boolean(),
  judge: JudgeStampSchema,
  resultsHash: z.string(),
});
export type RejudgeSpec = z.infer<typeof RejudgeSpecSchema>;
