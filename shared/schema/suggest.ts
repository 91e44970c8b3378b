import { z } from "zod";
import { FailureDetailSchema } from "./failure.ts";
import { EngineInfoSchema, NameProbabilitySchema } from "./inference.ts";
import { Count } from "./numbers.ts";
import { PromptNameSchema } from "./prompt.ts";
import { GrammarSchema } from "./result.ts";
import { VersionSchema } from "./workspace.ts";

/** What a version made of one description. */
export const SuggestionSchema = z.strictObject({
  description: z.string(),
  refused: z.boolean(),
  /** Whether it is no refusal and not exactly five valid names. */
  malformed: z.boolean().default(false),
  /** Whether the text ended at the limit of tokens, not by the model's choice. */
  cutOff: z.boolean().default(false),
  refusalProbability: z.number().nullable(),
  /** As they came; a broken naming rule is in `findings`. */
  names: z.array(z.strictObject({ name: z.string(), probability: NameProbabilitySchema.nullable() })),
  findings: z.array(z.strictObject({ rule: z.string(), message: z.string() })),
  latencyMs: z.number(),
});
export type Suggestion = z.infer<typeof SuggestionSchema>;

/** `suggest --json`: names for descriptions, in their order. */
export const SuggestReportSchema = z.strictObject({
  version: z.string(),
  results: z.array(SuggestionSchema),
});
export type SuggestReport = z.infer<typeof SuggestReportSchema>;

/** `single`: one completion at the given temperature. `best-of-pool`: the best names of several at its own temperature. */
export const SuggestDecodingSchema = z.enum(["single", "best-of-pool"]);

export const SuggestRequestSchema = z.strictObject({
  descriptions: z.array(z.string().min(1)).min(1),
  /** Absent: the newest adapter, else the base. */
  version: z.string().optional(),
  decoding: SuggestDecodingSchema.default("single"),
  temperature: z.number().min(0).max(2).default(0),
  /** Also chooses the examples of a prompt with examples. */
  seed: Count.default(1),
  /** Null: the prompt that the adapter was trained with, or the untrained version's own. */
  prompt: PromptNameSchema.nullable().default(null),
  /** Use an adapter although it was trained with another prompt. */
  anyway: z.boolean().default(false),
  grammar: GrammarSchema.default("none"),
});
export type SuggestRequest = z.infer<typeof SuggestRequestSchema>;

/** The most versions side by side, and the most tokens of one answer. */
export const mostVersions = 6;
export const mostTokens = 400;

/** One description, several versions, the same sampling for each. `temperature` 0 is greedy, and is not used for pools. */
export const PlaygroundRequestSchema = z.strictObject({
  description: z.string().trim().min(1).max(200_000),
  versions: z.array(VersionSchema).min(1).max(mostVersions),
  decoding: SuggestDecodingSchema.default("single"),
  temperature: z.number().min(0).max(2).default(0),
  seed: z.number().int().min(0).max(0xffff_ffff).default(1),
  maxTokens: z.number().int().min(1).max(mostTokens).default(100),
  grammar: GrammarSchema.default("none"),
});
export type PlaygroundRequest = z.infer<typeof PlaygroundRequestSchema>;

/** The adapter that an answer came from: sha256 of its GGUF. */
const ActiveAdapterSchema = z.strictObject({ version: VersionSchema, hash: z.string() });

/**
 * The progress of a playground request. Its versions answer one after another. The last event of a version is `done` or
 * `failed`. After `failed`, the next version still answers.
 */
export const PlaygroundEventSchema = z.discriminatedUnion("kind", [
  /** The accelerator is in use: by a run, named by its ID, or by something else, in words. */
  z.strictObject({ kind: z.literal("waiting"), holder: z.string() }),
  /** The base is being loaded, unless it is in memory already. */
  z.strictObject({ kind: z.literal("loading") }),
  z.strictObject({
    kind: z.literal("started"),
    version: VersionSchema,
    promptTokens: Count,
    engine: EngineInfoSchema,
  }),
  /** The text so far. */
  z.strictObject({ kind: z.literal("text"), version: VersionSchema, text: z.string() }),
  z.strictObject({
    kind: z.literal("done"),
    version: VersionSchema,
    suggestion: SuggestionSchema,
    /** As it came, before it was read as names. */
    text: z.string(),
    stop: z.enum(["end", "length"]),
    tokens: Count,
    /** What the engine itself says was active, or what is merged into the file that it ran; null: the base alone. */
    adapter: ActiveAdapterSchema.nullable(),
    base: z.strictObject({ name: z.string(), hash: z.string() }),
  }),
  z.strictObject({ kind: z.literal("failed"), version: VersionSchema, failure: FailureDetailSchema }),
]);
export type PlaygroundEvent = z.infer<typeof PlaygroundEventSchema>;

/** A version that the playground can be asked for. `problem`: why it cannot; null: it can. */
export const PlaygroundVersionSchema = z.strictObject({
  version: VersionSchema,
  /** sha256 of the adapter's GGUF, or with DoRA of its weights; null: the base. */
  adapter: z.string().nullable(),
  /** The parity gate: do both engines agree? `none`: an adopted GGUF file. Null: the base. */
  gate: z.enum(["passed", "failed", "none"]).nullable(),
  dataset: z.string().nullable(),
  problem: z.string().nullable(),
});
export type PlaygroundVersion = z.infer<typeof PlaygroundVersionSchema>;
