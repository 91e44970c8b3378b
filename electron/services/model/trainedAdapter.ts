import path from "node:path";
import { z } from "zod";
import type { GgufForm } from "../../../shared/schema/adoption.ts";
import type { ModelRef } from "../../../shared/schema/inference.ts";
import type { GgufPrecision } from "../../../shared/schema/workspace.ts";
import type { BaseModel, BaseModels } from "../base/baseModel.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { sha256OfFile } from "../hashing/hashing.ts";

/** The adapter in the folder of a training run or a model. */
export interface TrainedAdapter {
  /** PEFT's folder; null for an adopted GGUF file. */
  readonly adapterFolder: string | null;
  /**
   * The adapter's file for llama.cpp. Null for an adopted merged model, and with DoRA, whose magnitudes it can't store:
   * the adapter runs merged into the base.
   */
  readonly adapterGguf: string | null;
  /** An adopted model with the adapter merged into it; else null. */
  readonly modelGguf: string | null;
  /** SHA-256 of the adapter's or the adopted model's GGUF, or with DoRA of PEFT's weights. */
  readonly adapterHash: string;
}

/** The name of an adopted GGUF file in the folder of its run and its version. */
export const adoptedNames: Readonly<Record<GgufForm, string>> = {
  "lora-gguf": "adapter.gguf",
  "merged-gguf": "model.gguf",
};

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

/** The files of an adapter, and the one whose hash identifies it. */
interface AdapterFiles extends Omit<TrainedAdapter, "adapterHash"> {
  readonly hashedFile: string;
}

/** Returns the adapter in the folder of a run or a model; null when there is none. */
export async function findAdapter(files: FileLayer, folder: string): Promise<TrainedAdapter | null> {
  const found = await locateAdapter(files, folder);
  if (found === null) return null;
  const { hashedFile, ...adapter } = found;
  return { ...adapter, adapterHash: await sha256OfFile(hashedFile) };
}

/** Returns the files of the adapter in a folder without reading them; null when there is none. */
export async function locateAdapter(files: FileLayer, folder: string): Promise<AdapterFiles | null> {
  const modelGguf = path.join(folder, adoptedNames["merged-gguf"]);
  if (await files.exists(modelGguf)) {
    return { adapterFolder: null, adapterGguf: null, modelGguf, hashedFile: modelGguf };
  }
  const adapterFolder = path.join(folder, "adapter");
  const runsMerged = await isDora(files, folder);
  const file = runsMerged
    ? path.join(adapterFolder, "adapter_model.safetensors")
    : path.join(folder, "adapter.gguf");
  if (!(await files.exists(file))) return null;
  return {
    adapterFolder: (await files.exists(adapterFolder)) ? adapterFolder : null,
    adapterGguf: runsMerged ? null : file,
    modelGguf: null,
    hashedFile: file,
  };
}

/** Returns what the engine runs: base and adapter, or a merged file, which with DoRA may be made first. */
export async function engineModelOf(
  bases: Pick<BaseModels, "merged">,
  base: BaseModel,
  { adapterFolder, adapterGguf, modelGguf, adapterHash }: TrainedAdapter,
  options: { precision: GgufPrecision; signal: AbortSignal },
): Promise<ModelRef> {
  if (adapterGguf !== null)
    return { gguf: base.gguf, adapter: { id: adapterHash, path: adapterGguf, scale: 1 } };
  if (modelGguf !== null) return { gguf: modelGguf, adapter: null };
  if (adapterFolder === null) throw new Error("a version has no adapter");
  return {
    gguf: await bases.merged(base, { folder: adapterFolder, hash: adapterHash }, options),
    adapter: null,
  };
}
