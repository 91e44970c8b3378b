import { z } from "zod";
import { Count } from "./numbers.ts";

/** A prompt's name: the file `prompts/NAME.txt` in the workspace, or a built-in prompt. */
export const PromptNameSchema = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9_-]{0,49}$/,
    "a prompt's name has up to 50 characters a–z, 0–9, hyphen and underscore",
  );

/** The prompts that exist without a file. A file of the same name in the workspace replaces one. */
export const builtInPrompts = ["suggest", "prompted"] as const;

/** Maximum length of a prompt in characters. */
export const longestPrompt = 8000;

/** The examples in a prompt, by their rows in the dataset, and the seed that chose them. */
export const PromptExamplesSchema = z.strictObject({
  /** The version of the dataset they come from. */
  dataset: z.string(),
  /** SHA-256 of that dataset. Earlier results of adapters don't have it. */
  datasetHash: z.string().optional(),
  seed: Count,
  /** Row numbers, from 1, in the order of the prompt. */
  rows: z.array(Count).min(1),
});
export type PromptExamples = z.infer<typeof PromptExamplesSchema>;

/** The prompt of a training, as its adapter's record has it. */
export const TrainedPromptSchema = z.strictObject({
  name: PromptNameSchema,
  /** SHA-256 of the normalized text. */
  hash: z.string(),
});
export type TrainedPrompt = z.infer<typeof TrainedPromptSchema>;

/** How a version was asked, as results record it. */
export const PromptUseSchema = z.strictObject({
  name: PromptNameSchema,
  /** The word that was read as a refusal; null: only an empty answer was. */
  refusal: z.string().nullable(),
  examples: PromptExamplesSchema.nullable(),
  /** The prompt that the adapter was trained with, where the user insisted on another one. */
  trainedWith: TrainedPromptSchema.optional(),
});
export type PromptUse = z.infer<typeof PromptUseSchema>;

/** A prompt in the list. `problem`: why it can't be used; null: it can. */
const PromptEntrySchema = z.strictObject({
  name: PromptNameSchema,
  /** `built-in`: the workspace has no file of this name. */
  source: z.enum(["built-in", "workspace"]),
  /** SHA-256 of the normalized text, as in stamps; null: the text can't be used. */
  hash: z.string().nullable(),
  problem: z.string().nullable(),
});
export type PromptEntry = z.infer<typeof PromptEntrySchema>;

export const PromptListSchema = z.strictObject({ prompts: z.array(PromptEntrySchema) });

export const PromptDocumentSchema = z.strictObject({
  ...PromptEntrySchema.shape,
  /** The path of the file that it has or would have in the workspace. */
  file: z.string(),
  text: z.string(),
  /** SHA-256 of the file's bytes; null: the workspace has no such file. */
  revision: z.string().nullable(),
});
export type PromptDocument = z.infer<typeof PromptDocumentSchema>;

export const SavePromptSchema = z.strictObject({
  name: PromptNameSchema,
  text: z.string().max(longestPrompt),
  /** The revision that the edit started from. The save fails if the file has another one. */
  baseRevision: z.string().nullable(),
});
export type SavePrompt = z.infer<typeof SavePromptSchema>;
