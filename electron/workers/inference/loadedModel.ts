import type { Llama, LlamaContext, LlamaContextOptions, LlamaModel } from "node-llama-cpp";
import { smallModelBytes } from "../../../shared/domain/gguf/smallModel.ts";
import type { AdapterRef, EngineInfo } from "../../../shared/schema/inference.ts";
import { laneCount } from "./laneCount.ts";
import { LaneSet } from "./lanes.ts";
import { type ThreadSearch, threadSearchFor } from "./threads.ts";
import { type ControlIds, controlIds, vocabularyPieces, whitespaceIds } from "./vocabulary.ts";

export interface LoadOptions {
  readonly gguf: string;
  /** Maximum tokens of a row's prompt and completion together, capped at the model's training context. */
  readonly contextSize: number;
  /** Rows evaluated together, or null to decide by the memory. */
  readonly lanes: number | null;
  /** Keys and values of one lane in bytes, or null if unknown. */
  readonly laneBytes: number | null;
  readonly threads: number | null;
}

/** Contexts kept at once: the base and one adapter, or two adapters. Each has a separate KV cache. */
const contextsKept = 2;

interface AdapterContext {
  readonly key: string;
  readonly context: LlamaContext;
  readonly lanes: LaneSet;
}

/** A base in memory, with one context per adapter: llama.cpp applies LoRA per context, not per sequence. */
export class LoadedModel {
  readonly model: LlamaModel;
  readonly control: ControlIds;
  /** The text of every token but the control tokens. */
  readonly pieces: ReadonlyMap<number, string>;
  readonly whitespace: readonly number[];
  readonly info: EngineInfo;
  readonly #threads: ThreadSearch;
  readonly #contexts: AdapterContext[] = [];

  private constructor(model: LlamaModel, threads: ThreadSearch, info: EngineInfo) {
    this.model = model;
    this.#threads = threads;
    this.control = controlIds(model);
    this.pieces = vocabularyPieces(model);
    this.whitespace = whitespaceIds(this.pieces);
    this.info = info;
  }

  /** Loads a model. Throws node-llama-cpp's error for an invalid file, and `Failure` for an unsupported tokenizer. */
  static async load(llama: Llama, version: string, options: LoadOptions): Promise<LoadedModel> {
    const model = await llama.loadModel({ modelPath: options.gguf });
    const threads = threadSearchFor(llama, model);
    if (options.threads === null) await threads.run();
    else threads.use(options.threads);
    const device = llama.gpu === false || model.gpuLayers === 0 ? null : llama.gpu;
    const gpuBytes = device === null ? null : (await llama.getVramState()).total;
    const { laneBytes } = options;
    const lanes =
      options.lanes ?? laneCount({ gpuBytes, modelBytes: model.size, laneBytes, contexts: contextsKept });
    const contextSize = Math.min(options.contextSize, model.trainContextSize ?? options.contextSize);
    return new LoadedModel(model, threads, {
      engine: `node-llama-cpp ${version}, llama.cpp ${llama.llamaCppRelease.release}, ${device ?? "cpu"}, ${lanes} lanes`,
      precision: precisionOf(model),
      gpu: device,
      threads: threads.threads,
      lanes,
      contextSize,
      vocabularySize: [...model.iterateAllTokens()].length,
    });
  }

  /** Whether other lanes may be faster: the thread count was measured on a busy machine that is quiet now. */
  get isWorthReopening(): boolean {
    return this.#threads.worthRepeating;
  }

  /** Measures the thread count again. Invalidates all lanes. */
  async reopen(): Promise<void> {
    for (const { context } of this.#contexts.splice(0)) await context.dispose();
    await this.#threads.run();
  }

  /** Returns the lanes for this adapter, or for the base if null. Throws if the adapter doesn't load. */
  async lanesFor(adapter: AdapterRef | null): Promise<LaneSet> {
    const key = JSON.stringify(adapter === null ? null : [adapter.id, adapter.path, adapter.scale]);
    const known = this.#contexts.find((entry) => entry.key === key);
    if (known !== undefined) return known.lanes;
    while (this.#contexts.length >= contextsKept) await this.#contexts.shift()?.context.dispose();
    const context = await this.model.createContext({
      contextSize: this.info.contextSize,
      sequences: this.info.lanes,
      threads: this.#threads.threads,
      ...this.#attention(),
      ...(adapter === null ? {} : { lora: { adapters: [{ filePath: adapter.path, scale: adapter.scale }] } }),
    });
    const lanes = new LaneSet(context, this.control.before[0] ?? 0, adapter?.id ?? null);
    this.#contexts.push({ key, context, lanes });
    return lanes;
  }

  /**
   * On a CPU, the flash kernel is slower than the matrix products it replaces, and deviates more from PyTorch. A small
   * model also needs a 32-bit KV cache, otherwise name probabilities deviate by more than 1e-3.
   */
  #attention(): Partial<LlamaContextOptions> {
    if (this.info.gpu !== null) return {};
    if (this.model.size > smallModelBytes) return { flashAttention: false };
    return { flashAttention: false, experimentalKvCacheKeyType: "F32", experimentalKvCacheValueType: "F32" };
  }

  async dispose(): Promise<void> {
    for (const { context } of this.#contexts.splice(0)) await context.dispose();
    await this.model.dispose();
  }
}

/** Returns "F16" from "llama ?B F16". */
function precisionOf(model: LlamaModel): string {
  return model.typeDescription
    .split(" ")
    .slice(2)
    .join(" ")
    .replace(/^(all|mostly) /, "");
}
