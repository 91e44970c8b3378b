import { z } from "zod";
import { LlamaProbeSchema } from "./environment.ts";
import {
  AdapterRefSchema,
  EngineInfoSchema,
  ForcedResultSchema,
  ForcedSequenceSchema,
  GeneratedRowSchema,
  GenerationRowSchema,
  TokenChoiceSchema,
} from "./inference.ts";
import { Positive } from "./numbers.ts";

const id = Positive;

/**
 * Messages to the inference process. Each request has an `id`; its answers carry the same one and end with exactly
 * one of `loaded`, `unloaded`, `tokenized`, `done`, `memory`, `probed` or `failed`. Requests are served one after the other,
 * but for `cancel`, which takes effect at the running request's next token and is answered by that one's `done`.
 */
export const InferenceRequestSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("load"),
    id,
    gguf: z.string(),
    gpu: z.enum(["auto", "none"]),
    contextSize: Positive,
    /** Rows evaluated together; null: as many as the memory allows. */
    lanes: Positive.nullable(),
    /** Keys and values of one lane in bytes; null: unknown. */
    laneBytes: z.number().positive().nullable(),
    /** Measured before for this model; null: measure. */
    threads: Positive.nullable(),
  }),
  z.strictObject({ kind: z.literal("unload"), id }),
  z.strictObject({ kind: z.literal("tokenize"), id, texts: z.array(z.string()), asPrompt: z.boolean() }),
  z.strictObject({
    kind: z.literal("generate"),
    id,
    adapter: AdapterRefSchema.nullable(),
    rows: z.array(GenerationRowSchema),
    choice: TokenChoiceSchema,
    /** The text with which each row's content begins; evaluated once. "" shares nothing. */
    sharedPrefix: z.string(),
    /** Send each piece of text as it comes. */
    stream: z.boolean(),
    refusalProbability: z.boolean(),
  }),
  z.strictObject({
    kind: z.literal("forced"),
    id,
    adapter: AdapterRefSchema.nullable(),
    sequences: z.array(ForcedSequenceSchema),
  }),
  z.strictObject({ kind: z.literal("cancel"), id }),
  z.strictObject({ kind: z.literal("memory"), id }),
  /** What of llama.cpp is here; without a model. */
  z.strictObject({ kind: z.literal("probe"), id }),
  z.strictObject({ kind: z.literal("shutdown") }),
]);
export type InferenceRequest = z.infer<typeof InferenceRequestSchema>;

/** Messages from the inference process. */
export const InferenceEventSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("ready") }),
  z.strictObject({ kind: z.literal("loaded"), id, engine: EngineInfoSchema }),
  z.strictObject({ kind: z.literal("unloaded"), id }),
  z.strictObject({ kind: z.literal("tokenized"), id, ids: z.array(z.array(z.number().int())) }),
  /** The row is about to be evaluated: what was in flight if the process dies. */
  z.strictObject({ kind: z.literal("started"), id, key: z.string() }),
  z.strictObject({ kind: z.literal("delta"), id, key: z.string(), text: z.string() }),
  z.strictObject({ kind: z.literal("row"), id, row: GeneratedRowSchema }),
  z.strictObject({ kind: z.literal("forcedResult"), id, result: ForcedResultSchema }),
  /** Tokens evaluated so far, at most once a second: silence means that it hangs. */
  z.strictObject({ kind: z.literal("progress"), id, tokens: z.number().int() }),
  z.strictObject({
    kind: z.literal("memory"),
    id,
    /** Bytes. */
    resident: z.number().int(),
    vramUsed: z.number().int().nullable(),
    vramTotal: z.number().int().nullable(),
  }),
  z.strictObject({ kind: z.literal("probed"), id, probe: LlamaProbeSchema }),
  /** `adapter`: the id of the one that the context it was made in was loaded with; null: the base alone. */
  z.strictObject({
    kind: z.literal("done"),
    id,
    cancelled: z.boolean(),
    adapter: z.string().nullable().optional(),
  }),
  /** `native` holds llama.cpp's last errors. */
  z.strictObject({
    kind: z.literal("failed"),
    id,
    code: z.enum(["bad-value", "missing", "defect"]),
    message: z.string(),
    hint: z.string().optional(),
    native: z.array(z.string()),
  }),
]);
export type InferenceEvent = z.infer<typeof InferenceEventSchema>;
