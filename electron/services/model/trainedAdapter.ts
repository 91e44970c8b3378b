import path from "node:path";
import { z } from "zod";
import type { ModelRef } from "../../../shared/schema/inference.ts";
import type { GgufPrecision } from "../../../shared/schema/workspace.ts";
import type { BaseModel, BaseModels } from "../base/baseModel.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { sha256OfFile } from "../hashing/hashing.ts";

/** The adapter in the folder of a training run or a model. */
export interface TrainedAdapter {
  /** PEFT's folder. */
  readonly adapterFolder: string;
  /** The file for llama.cpp. Null with DoRA, whose magnitudes it can't store: the adapter runs merged into the base. */
  readonly adapterGguf: string | null;
  /** SHA-256 of the adapter's GGUF, or with DoRA of PEFT's weights. */
  readonly adapterHash: string;
}

const PeftConfigSchema = z.looseObject({ use_dora: z.boolean().default(false) });

/** Returns whether the adapter in the folder of a run or a model was trained with DoRA. */
export async function isDora(files: FileLayer, folder: string): Promise<boolean> {
  try {
    const text = await files.readText(path.join(folder, "adapter", "adapter_config.json"));
    return PeftConfigSchema.parse(JSON.parse(text)).use_dora;
  } catch {
    // Missing or damaged: PEFT couldn't load it either.
    return false;
  }
}

/** Returns the adapter in the folder of a run or a model; null when there is none. */
export async function findAdapter(files: FileLayer, folder: string): Promise<TrainedAdapter | null> {
  const adapterFolder = path.join(folder, "adapter");
  const runsMerged = await isDora(files, folder);
  const file = runsMerged
    ? path.join(adapterFolder, "adapter_model.safetensors")
    : path.join(folder, "adapter.gguf");
  if (!(await files.exists(file))) return null;
  return { adapterFolder, adapterGguf: runsMerged ? null : file, adapterHash: await sha256OfFile(file) };
}

/** Returns what the engine runs for an adapter: base and adapter, or with DoRA a merged file, which may be made first. */
export async function engineModelOf(
  bases: Pick<BaseModels, "merged">,
  base: BaseModel,
  { adapterFolder, adapterGguf, adapterHash }: TrainedAdapter,
  options: { precision: GgufPrecision; signal: AbortSignal },
): Promise<ModelRef> {
  if (adapterGguf !== null)
    return { gguf: base.gguf, adapter: { id: adapterHash, path: adapterGguf, scale: 1 } };
  return {
    gguf: await bases.merged(base, { folder: adapterFolder, hash: adapterHash }, options),
    adapter: null,
  };
}
