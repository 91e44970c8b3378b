import { z } from "zod";
import { Count } from "./numbers.ts";
import { longestPrompt, PromptExamplesSchema, PromptNameSchema } from "./prompt.ts";
import { SuggestionSchema } from "./suggest.ts";
import { VersionSchema } from "./workspace.ts";

/** A saved prompt by its name, or a text that isn't saved. */
const TriedPromptSchema = z.union([
  z.strictObject({ name: PromptNameSchema }),
  z.strictObject({ text: z.string().max(longestPrompt) }),
]);
export type TriedPrompt = z.infer<typeof TriedPromptSchema>;

/** A few descriptions under one or two prompts, by the same version and with greedy decoding. */
export const TryPromptsSchema = z.strictObject({
  version: VersionSchema,
  prompts: z.array(TriedPromptSchema).min(1).max(2),
  descriptions: z.array(z.string().trim().min(1).max(10_000)).min(1).max(5),
  /** Chooses the examples of a prompt with `{examples}`. */
  seed: Count.default(1),
});
export type TryPrompts = z.infer<typeof TryPromptsSchema>;

/** `prompt try --json`: the answers under each prompt, in the order of the request. */
export const PromptTrialSchema = z.strictObject({
  version: z.string(),
  trials: z.array(
    z.strictObject({
      /** Null: a text that isn't saved. */
      name: PromptNameSchema.nullable(),
      hash: z.string(),
      /** Whether the version's adapter was trained with another prompt, so that its answers show little. */
      otherThanTrained: z.boolean(),
      examples: PromptExamplesSchema.nullable(),
      answers: z.array(SuggestionSchema),
    }),
  ),
});
export type PromptTrial = z.infer<typeof PromptTrialSchema>;
