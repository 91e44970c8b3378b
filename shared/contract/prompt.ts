import { oc } from "@orpc/contract";
import { z } from "zod";
import {
  PromptDocumentSchema,
  PromptListSchema,
  PromptNameSchema,
  SavePromptSchema,
} from "../schema/prompt.ts";
import { PromptTrialSchema, TryPromptsSchema } from "../schema/promptTrial.ts";

export const promptContract = {
  /** The built-in prompts and those of the workspace, each with what is wrong with it. */
  list: oc.output(PromptListSchema),
  open: oc.input(z.strictObject({ name: PromptNameSchema })).output(PromptDocumentSchema),
  /** Writes `prompts/NAME.txt`. Fails if the file changed after it was opened. */
  save: oc.input(SavePromptSchema).output(PromptDocumentSchema),
  /** A few descriptions under one or two prompts, which needn't be saved. */
  try: oc.input(TryPromptsSchema).output(PromptTrialSchema),
};
