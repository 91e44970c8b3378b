import type { Llama } from "node-llama-cpp";
import { Failure } from "../../../shared/domain/failure.ts";
import { engineUnavailable } from "./failedEvent.ts";
import { LoadedModel, type LoadOptions } from "./loadedModel.ts";

const nativeErrorsKept = 20;

/** node-llama-cpp with a loaded model. Imported only here and on first use, because the import is slow. */
export class Engine {
  /** llama.cpp's last errors, the only place that reports why a load failed. Warnings don't explain a failure. */
  readonly nativeErrors: string[] = [];
  #llama: Llama | null = null;
  #loaded: LoadedModel | null = null;

  /** The loaded model. Throws `Failure` `bad-value` if no model is loaded. */
  get loaded(): LoadedModel {
    if (this.#loaded === null) throw new Failure("bad-value", "no model is loaded");
    return this.#loaded;
  }

  async load(options: LoadOptions & { readonly gpu: "auto" | "none" }): Promise<LoadedModel> {
    await this.unload();
    const { getModuleVersion } = await import("node-llama-cpp");
    this.#llama ??= await this.#start(options.gpu);
    this.#loaded = await LoadedModel.load(this.#llama, await getModuleVersion(), options);
    return this.#loaded;
  }

  /** Starts llama.cpp. Throws `Failure` `missing` if it can't start. */
  async #start(gpu: "auto" | "none"): Promise<Llama> {
    const { getLlama, LlamaLogLevel } = await import("node-llama-cpp");
    try {
      return await getLlama({
        gpu: gpu === "auto" ? "auto" : false,
        build: "never",
        progressLogs: false,
        logLevel: LlamaLogLevel.error,
        logger: (_level, message) => this.#keep(message),
      });
    } catch (error) {
      throw engineUnavailable(error);
    }
  }

  #keep(message: string): void {
    this.nativeErrors.push(message.trim());
    if (this.nativeErrors.length > nativeErrorsKept) this.nativeErrors.shift();
  }

  async unload(): Promise<void> {
    const loaded = this.#loaded;
    this.#loaded = null;
    await loaded?.dispose();
  }

  /** Returns the used and total GPU memory in bytes, or null without a GPU. */
  async vram(): Promise<{ used: number; total: number } | null> {
    if (this.#llama === null || this.#llama.gpu === false) return null;
    const { used, total } = await this.#llama.getVramState();
    return { used, total };
  }
}
