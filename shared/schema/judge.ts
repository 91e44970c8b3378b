import { z } from "zod";
import { LabelSchema } from "./dataset.ts";
import { Count, Positive, Unit } from "./numbers.ts";

/** The study's six categories of a suggested name. */
export const NameCategorySchema = z.enum([
  "good",
  "ok",
  "random_word",
  "too_long",
  "other_failure",
  "inappropriate",
]);
export type NameCategory = z.infer<typeof NameCategorySchema>;

const LikertSchema = z.number().int().min(1).max(5);

/** An LLM judge's four scores of a name, each 1 (worst) to 5 (best). */
export const LikertScoresSchema = z.strictObject({
  relevance: LikertSchema,
  creativity: LikertSchema,
  brandability: LikertSchema,
  conciseness: LikertSchema,
});

/**
 * A judge's word on one name. `index` is the name's place in the row's output (0…4).
 * `score` is on 0–1: (mean of the four − 1)/4 for an LLM judge, the rule score itself for the rule judge,
 * which gives no `likert` scores.
 */
export const NameScoreSchema = z.strictObject({
  index: z.number().int().min(0),
  name: z.string(),
  category: NameCategorySchema,
  score: Unit,
  likert: LikertScoresSchema.nullable(),
  /** Why, in an LLM judge's words; absent: it gave none. */
  reason: z.string().optional(),
});
export type NameScore = z.infer<typeof NameScoreSchema>;

/** Why a row has no score: the judge failed, not the model. */
export const UnscoredReasonSchema = z.enum([
  "refused-by-judge",
  "cut-off",
  "malformed-reply",
  "wrong-indices",
  "timeout",
  "connection",
  "rate-limited",
  "server-error",
  "rejected-request",
  "budget",
  "cancelled",
]);
export type UnscoredReason = z.infer<typeof UnscoredReasonSchema>;

export const NamesVerdictSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("scored"), scores: z.array(NameScoreSchema), cached: z.boolean() }),
  z.strictObject({ kind: z.literal("unscored"), reason: UnscoredReasonSchema, detail: z.string() }),
]);
export type NamesVerdict = z.infer<typeof NamesVerdictSchema>;

/** What a judge is, for the stamp: two results with unequal judge stamps are not compared on quality. */
export const JudgeStampSchema = z.strictObject({
  kind: z.enum(["rule", "openai"]),
  /** "rule score" for the rule judge, "quality" for an LLM judge. */
  scale: z.enum(["rule-score-0-1", "likert-1-5"]),
  model: z.string().nullable(),
  /** sha256 of rubric and prompts, or of the rule judge's lexicon and weights. */
  rubric: z.string(),
});
export type JudgeStamp = z.infer<typeof JudgeStampSchema>;

/** US dollars per million tokens. */
export const TokenPricesSchema = z.strictObject({
  input: z.number().nonnegative(),
  output: z.number().nonnegative(),
});

/**
 * How an LLM judge is reached and paced. The key isn't part of it: it comes from the platform's secrets and goes
 * nowhere else. Times in milliseconds, prices in US dollars per million tokens.
 */
export const JudgeSettingsSchema = z.strictObject({
  /** Stands in messages, so it may hold no user name or password. */
  baseUrl: z
    .url({ protocol: /^https?$/ })
    .regex(/^https?:\/\/[^/@]*(\/|$)/, "a base URL can't contain a user name or password")
    .default("https://api.openai.com/v1"),
  model: z.string().min(1),
  /** Null: not sent, since some models accept only their own default. */
  temperature: z.number().min(0).max(2).nullable().default(null),
  /** The most tokens of a reply, thinking included; a longer one is cut off and unscored. */
  maxTokens: Positive.default(4096),
  /** The most calls at once: the concurrency grows towards it and falls back where the endpoint refuses. */
  concurrency: z.number().int().min(1).max(64).default(16),
  /** Attempts of one call, the first included. */
  maxAttempts: z.number().int().min(1).max(20).default(6),
  /** Until the reply's headers arrive; this includes the time the model thinks. */
  replyTimeoutMs: Positive.default(90_000),
  /** From the headers to the end of the body. */
  bodyTimeoutMs: Positive.default(30_000),
  /** Where the endpoint asks for a longer wait the run stops resumably; null: it waits however long. */
  longestWaitMs: Positive.nullable().default(null),
  prices: TokenPricesSchema.nullable().default(null),
});
export type JudgeSettings = z.infer<typeof JudgeSettingsSchema>;

/** One judge call about a description's safety, or why there is no answer. */
const LabelVerdictSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("labelled"),
    label: LabelSchema,
    reason: z.string(),
    cached: z.boolean(),
  }),
  z.strictObject({ kind: z.literal("unscored"), reason: UnscoredReasonSchema, detail: z.string() }),
]);
export type LabelVerdict = z.infer<typeof LabelVerdictSchema>;

/**
 * A test row's frozen label: `test_set.labels.csv`. `votes` are the judge's calls in order ("unscored" where one
 * failed); `review` marks disagreement; `label` null: no majority, the row stays unlabelled.
 */
export const FrozenLabelSchema = z.strictObject({
  description: z.string(),
  label: LabelSchema.nullable(),
  votes: z.array(z.enum(["safe", "harmful", "unscored"])),
  review: z.boolean(),
  reason: z.string(),
  /** Who: kind and model of the judge. */
  judge: z.string(),
  /** From what: sha256 of the label rubric. */
  rubric: z.string(),
  /** When: ISO 8601 in UTC. */
  frozenAt: z.string(),
});
export type FrozenLabel = z.infer<typeof FrozenLabelSchema>;

/** What judging has cost so far. `cost` in US dollars, null where no prices are set. */
export const JudgeSpendingSchema = z.strictObject({
  calls: Count,
  cacheHits: Count,
  inputTokens: Count,
  outputTokens: Count,
  cost: z.number().nonnegative().nullable(),
});
export type JudgeSpending = z.infer<typeof JudgeSpendingSchema>;
