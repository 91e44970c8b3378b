import type { Llama, LlamaContext, LlamaContextOptions, LlamaModel } from "node-llama-cpp";
import type { AdapterRef, EngineInfo } from "../../../shared/schema/inference.ts";
import { LaneSet } from "./lanes.ts";
import { chooseThreads } from "./threads.ts";
import { type ControlIds, controlIds, whitespaceIds } from "./vocabulary.ts";

export interface LoadOptions {
  readonly gguf: string;
  /** Tokens of a row's prompt and completion together; never more than the model was trained on. */
  readonly contextSize: number;
  readonly lanes: number;
  readonly threads: number | null;
}

/** Contexts kept at once: the base and one adapter, or two adapters. Each holds its own keys and values. */
const contextsKept = 2;

/** Up to this size of its file, in bytes, a model's keys and values may take twice the memory. */
const largestExact = 256 * 1024 * 1024;

interface AdapterContext {
  readonly key: string;
  readonly context: LlamaContext;
  readonly lanes: LaneSet;
}

/** A base in memory, with one context per adapter: llama.cpp applies LoRA per context, not per sequence. */
export class LoadedModel {
  readonly model: LlamaModel;
  readonly control: ControlIds;
  readonly whitespace: readonly number[];
  readonly info: EngineInfo;
  readonly #contexts: AdapterContext[] = [];

  private constructor(model: LlamaModel, info: EngineInfo) {
    this.model = model;
    this.control = controlIds(model);
    this.whitespace = whitespaceIds(model);
    this.info = info;
  }

  /** @throws Error of node-llama-cpp for a file that it cannot load; Failure for a tokenizer that does not fit. */
  static async load(llama: Llama, version: string, options: LoadOptions): Promise<LoadedModel> {
    const model = await llama.loadModel({ modelPath: options.gguf });
    const threads = options.threads ?? (await chooseThreads(llama, model));
    const device = llama.gpu === false || model.gpuLayers === 0 ? null : llama.gpu;
    const contextSize = Math.min(options.contextSize, model.trainContextSize ?? options.contextSize);
    return new LoadedModel(model, {
      engine: `node-llama-cpp ${version}, llama.cpp ${llama.llamaCppRelease.release}, ${device ?? "cpu"}, ${options.lanes} lanes`,
      precision: precisionOf(model),
      gpu: device,
      threads,
      lanes: options.lanes,
      contextSize,
      vocabularySize: [...model.iterateAllTokens()].length,
    });
  }

  /** The lanes for this adapter, or for the base alone. @throws Error where the adapter does not load. */
  async lanesFor(adapter: AdapterRef | null): Promise<LaneSet> {
    const key = JSON.stringify(adapter === null ? null : [adapter.id, adapter.path, adapter.scale]);
    const known = this.#contexts.find((entry) => entry.key === key);
    if (known !== undefined) return known.lanes;
    while (this.#contexts.length >= contextsKept) await this.#contexts.shift()?.context.dispose();
    const context = await this.model.createContext({
      contextSize: this.info.contextSize,
      sequences: this.info.lanes,
      threads: this.info.threads,
      ...this.#attention(),
      ...(adapter === null ? {} : { lora: { adapters: [{ filePath: adapter.path, scale: adapter.scale }] } }),
    });
    const lanes = new LaneSet(context, this.control.bos, adapter?.id ?? null);
    this.#contexts.push({ key, context, lanes });
    return lanes;
  }

  /**
   * On a CPU the flash kernel takes more time than the matrix products it replaces, and is further from PyTorch; a
   * small model's keys and values are kept as 32 bits too, or name probabilities are off by more than 1e-3.
   */
  #attention(): Partial<LlamaContextOptions> {
    if (this.info.gpu !== null) return {};
    if (this.model.size > largestExact) return { flashAttention: false };
    return { flashAttention: false, experimentalKvCacheKeyType: "F32", experimentalKvCacheValueType: "F32" };
  }

  async dispose(): Promise<void> {
    for (const { context } of this.#contexts.splice(0)) await context.dispose();
    await this.model.dispose();
  }
}

/** "F16" of "llama ?B F16". */
function precisionOf(model: LlamaModel): string {
  return model.typeDescription
    .split(" ")
    .slice(2)
    .join(" ")
    .replace(/^(all|mostly) /, "");
}
