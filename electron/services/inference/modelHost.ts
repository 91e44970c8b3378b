import { totalmem } from "node:os";
import { Failure } from "../../../shared/domain/failure.ts";
import type { EngineInfo, ModelRef } from "../../../shared/schema/inference.ts";
import type { InferenceEvent } from "../../../shared/schema/worker.ts";
import { systemCode } from "../files/primitives.ts";
import type { WorkerPort } from "../platform.ts";
import { checkModelFiles, refuseContextBeyondMemory } from "./ggufFile.ts";
import { WorkerClient, WorkerGone } from "./workerClient.ts";

export type GpuChoice = "auto" | "none";

export interface InferenceSettings {
  readonly launchWorker: () => WorkerPort;
  /** `none` keeps off a GPU; as a function it is asked at each request. Default `auto`. */
  readonly gpu?: GpuChoice | (() => GpuChoice);
  /** Rows evaluated together. Default 4. Another number may change the last bits of every logit. */
  readonly lanes?: number;
  /** Tokens of a row's prompt and completion together, at most what the base was trained on. Default 1024. */
  readonly contextSize?: number;
  /** All the memory that keys and values may take, in bytes. Default: the machine's, the accelerator's not counted. */
  readonly memoryBytes?: number;
  /** Silence that counts as hanging: while loading, and else. Milliseconds; defaults 300 s and 180 s. */
  readonly loadSilenceMs?: number;
  readonly silenceMs?: number;
}

/** A process with a base loaded. */
export interface LoadedWorker {
  readonly client: WorkerClient;
  readonly engine: EngineInfo;
}

const defaults = {
  gpu: "auto",
  lanes: 4,
  contextSize: 1024,
  memoryBytes: totalmem(),
  loadSilenceMs: 300_000,
  silenceMs: 180_000,
} as const;

/** A `failed` event as our Failure, with the native side's first error: those after it only follow from it. */
export function failureOf(event: Extract<InferenceEvent, { kind: "failed" }>, file?: string): Failure {
  const [native] = event.native;
  const message = native === undefined ? event.message : `${event.message} (llama.cpp: ${native})`;
  return new Failure(event.code, message, { hint: event.hint, file });
}

/** Keeps one inference process, with one base in it, and starts another when that one is gone. */
export class ModelHost {
  readonly #settings: Required<InferenceSettings>;
  /** Measured once per base and kept over restarts. */
  readonly #threads = new Map<string, number>();
  #current: (LoadedWorker & { gguf: string; gpu: GpuChoice }) | null = null;
  #loading: WorkerClient | null = null;

  constructor(settings: InferenceSettings) {
    this.#settings = { ...defaults, ...settings };
  }

  get silenceMs(): number {
    return this.#settings.silenceMs;
  }

  /** The process with this model's base loaded. @throws Failure where a file is unusable; WorkerGone. */
  async withBase(model: ModelRef): Promise<LoadedWorker> {
    const header = await checkModelFiles(model);
    const current = this.#current;
    const { lanes, contextSize, loadSilenceMs } = this.#settings;
    const gpu = typeof this.#settings.gpu === "function" ? this.#settings.gpu() : this.#settings.gpu;
    const isFit = current !== null && current.gguf === model.gguf && current.gpu === gpu;
    if (isFit && !current.client.gone) return current;
    this.stop();
    refuseContextBeyondMemory(model.gguf, header, {
      contextSize,
      lanes,
      memoryBytes: this.#settings.memoryBytes,
    });
    const client = new WorkerClient(this.#launch());
    this.#loading = client;
    const threads = this.#threads.get(model.gguf) ?? null;
    const answer = await client
      .ask({ kind: "load", gguf: model.gguf, gpu, lanes, contextSize, threads }, { silenceMs: loadSilenceMs })
      .finally(() => {
        this.#loading = null;
      });
    if (answer.kind !== "loaded") {
      // After a file that does not load the native side may never end by itself.
      client.kill();
      if (answer.kind === "failed")
        throw failureOf(answer, answer.code === "bad-value" ? model.gguf : undefined);
      throw new Error(`a load was answered by ${answer.kind}`);
    }
    this.#threads.set(model.gguf, answer.engine.threads);
    this.#current = { client, engine: answer.engine, gguf: model.gguf, gpu };
    return this.#current;
  }

  /** Bytes that the process holds; null where none runs. */
  async memory(): Promise<{ resident: number; vramUsed: number | null; vramTotal: number | null } | null> {
    if (this.#current === null || this.#current.client.gone) return null;
    try {
      const answer = await this.#current.client.ask({ kind: "memory" }, { silenceMs: this.silenceMs });
      return answer.kind === "memory" ? answer : null;
    } catch (error) {
      if (error instanceof WorkerGone) return null;
      throw error;
    }
  }

  /** @throws WorkerGone where the system refuses another process at once. */
  #launch(): WorkerPort {
    try {
      return this.#settings.launchWorker();
    } catch (error) {
      const killedBy = systemCode(error);
      if (killedBy === "" || error instanceof Failure) throw error;
      throw new WorkerGone(`the inference process couldn't start (${killedBy})`, { code: null, killedBy });
    }
  }

  /** Ends the process: memory and accelerator are free again. */
  stop(): void {
    this.#loading?.kill();
    this.#current?.client.kill();
    this.#current = null;
  }
}
