import { z } from "zod";

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
  score: z.number().min(0).max(1),
  likert: LikertScoresSchema.nullable(),
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
