import path from "node:path";
import { z } from "zod";
import { aroundByDefault, mostTokensAround } from "../../../shared/domain/lint/tokenBound.ts";
import { promptFor } from "../../../shared/domain/prompt/template.ts";
import { PRESETS } from "../../../shared/domain/training/presets.ts";
import { greedyDecoding } from "../../../shared/schema/result.ts";
import { PresetNameSchema } from "../../../shared/schema/training.ts";
import type { RowTokens } from "../dataset/rowTokens.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import type { InferenceService } from "../inference/inferenceService.ts";
import type { Platform } from "../platform.ts";
import { trainingPrompt } from "../prompts/trainingPrompt.ts";
import type { Workspace } from "../workspace/workspace.ts";
import type { BaseModels } from "./baseModel.ts";
import { checkTokenizer } from "./checkTokenizer.ts";

/** The most tokens of prompt and completion together that a lane of the engine holds. */
const ENGINE_CONTEXT = 1024;

const ConfigSchema = z.object({ max_position_embeddings: z.number().int().positive().optional() });

/** Returns the most tokens that a base's chat format puts around a prompt; those of the default format if unknown. */
export async function mostTokensAroundIn(files: FileLayer, folder: string | null): Promise<number> {
  const checked = folder === null ? null : await checkTokenizer(files, folder, await files.list(folder));
  return checked?.format == null ? aroundByDefault : mostTokensAround(checked.format);
}

/**
 * Returns the limits and the tokenizer of a workspace's base, or null if its folder isn't on this disk. Downloads and
 * converts nothing.
 */
export async function baseTokens(setting: {
  files: FileLayer;
  workspace: Workspace;
  platform: Platform;
  bases: Pick<BaseModels, "inspect">;
  inference: () => Promise<Pick<InferenceService, "tokenize">>;
  /** The maximum length of a training row in tokens. Defaults to that of the workspace's preset. */
  maxLength?: number;
  /** Returns the prompt for a description. Defaults to the one that adapters are trained with. */
  prompt?: (description: string) => string;
}): Promise<RowTokens | null> {
  const { files, workspace, bases, inference } = setting;
  const { preset } = workspace.config;
  const { folder, gguf } = await bases.inspect(workspace);
  if (folder === null) return null;
  const configFile = path.join(folder, "config.json");
  const config = ConfigSchema.parse(JSON.parse(await files.readText(configFile)));
  const context = config.max_position_embeddings ?? ENGINE_CONTEXT;
  const name = PresetNameSchema.safeParse(preset);
  const maxLength = setting.maxLength ?? (name.success ? PRESETS[name.data].optimisation.maxLength : context);
  const { template } = setting.prompt === undefined ? await trainingPrompt(setting) : { template: "" };
  return {
    prompt: setting.prompt ?? ((description) => promptFor(template, description)),
    trainingLimit: Math.min(maxLength, context),
    promptLimit: Math.min(ENGINE_CONTEXT, context) - greedyDecoding.maxTokens,
    around: await mostTokensAroundIn(files, folder),
    async count(texts, asPrompt) {
      if (gguf === null) return null;
      const ids = await (await inference()).tokenize({ gguf, adapter: null }, texts, asPrompt);
      return ids.map(({ length }) => length);
    },
  };
}
