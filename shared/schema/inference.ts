import { z } from "zod";
import { Positive, Unit } from "./numbers.ts";

/** A LoRA adapter as GGUF. `id` is its sha256 or another name that changes with its content; `scale` 1 is as trained. */
export const AdapterRefSchema = z.strictObject({ id: z.string(), path: z.string(), scale: z.number() });
export type AdapterRef = z.infer<typeof AdapterRefSchema>;

/** The base as GGUF and the adapter on it, or none. Paths are absolute. */
const ModelRefSchema = z.strictObject({ gguf: z.string(), adapter: AdapterRefSchema.nullable() });
export type ModelRef = z.infer<typeof ModelRefSchema>;

/** What evaluates the model: goes into the stamp, for another engine may give other bits. */
export const EngineInfoSchema = z.strictObject({
  /** For the stamp, as "node-llama-cpp 3.22.1, llama.cpp b1234, cpu, 4 lanes". */
  engine: z.string(),
  /** The file's own word on its weights, as "F16". */
  precision: z.string(),
  gpu: z.string().nullable(),
  threads: Positive,
  lanes: Positive,
  /** Tokens that one row's prompt and completion may take together. */
  contextSize: Positive,
  vocabularySize: Positive,
});
export type EngineInfo = z.infer<typeof EngineInfoSchema>;

/** One row to generate for: `content` is the whole prompt text, `seed` is used only where decoding is sampled. */
export const GenerationRowSchema = z.strictObject({
  key: z.string(),
  content: z.string(),
  seed: z.number().int(),
});
export type GenerationRow = z.infer<typeof GenerationRowSchema>;

/**
 * Allows only tokens of an answer: five different valid names, one per line, or a refusal. A refusal is no text, or
 * `refusalLine` and nothing else.
 */
const AnswerGrammarSchema = z.strictObject({ refusalLine: z.string().min(1).nullable() });
export type AnswerGrammar = z.infer<typeof AnswerGrammarSchema>;

/** How to pick tokens. `temperature` 0: greedy. Never truncated by top-k or top-p. Without `grammar`: any text. */
export const TokenChoiceSchema = z.strictObject({
  temperature: z.number().min(0),
  maxTokens: Positive,
  grammar: AnswerGrammarSchema.optional(),
});
export type TokenChoice = z.infer<typeof TokenChoiceSchema>;

/** Product over the line's tokens and its terminator given all before it; `perToken` is the geometric mean. */
export const NameProbabilitySchema = z.strictObject({ probability: z.number(), perToken: z.number() });
export type NameProbability = z.infer<typeof NameProbabilitySchema>;

/** What came out for a row. Probabilities are of the raw softmax at temperature 1. */
export const GeneratedRowSchema = z.strictObject({
  key: z.string(),
  /** As it came, without the end of text and without the leading space of the tokenizer's dummy prefix. */
  text: z.string(),
  /** The completion's token ids without the end of text. */
  ids: z.array(z.number().int()),
  /** `length`: the limit of tokens was reached before the end of text. */
  stop: z.enum(["end", "length"]),
  /** One per line of `text`; null where a line has no probability (empty, or cut off). [] for empty text. */
  nameProbabilities: z.array(NameProbabilitySchema.nullable()),
  /** P(end of text | prompt) and the mass of ≤ 2 whitespace tokens followed by end of text; null: not asked. */
  refusalProbability: Unit.nullable(),
  /** Wall time from this row's first evaluation to its last, in ms; other rows were evaluated in the same batches. */
  latencyMs: z.number().nonnegative(),
});
export type GeneratedRow = z.infer<typeof GeneratedRowSchema>;

/** Positions of a completion whose log-probabilities are asked for, given that all before it was forced. */
export const ForcedSequenceSchema = z.strictObject({
  key: z.string(),
  promptIds: z.array(z.number().int()).min(1),
  completionIds: z.array(z.number().int()).min(1),
  /** Per position of the completion: the token ids whose log-probabilities are wanted. */
  topIds: z.array(z.array(z.number().int())),
});
export type ForcedSequence = z.infer<typeof ForcedSequenceSchema>;

const ForcedPositionSchema = z.strictObject({
  /** The most probable token here, and its distance in logits to the second. */
  best: z.number().int(),
  margin: z.number(),
  /** Natural logs, in the order of the ids that were asked for. */
  logprobs: z.array(z.number()),
});
export const ForcedResultSchema = z.strictObject({
  key: z.string(),
  positions: z.array(ForcedPositionSchema),
});
export type ForcedResult = z.infer<typeof ForcedResultSchema>;
