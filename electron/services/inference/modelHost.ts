import { stat } from "node:fs/promises";
import { totalmem } from "node:os";
import { Failure } from "../../../shared/domain/failure.ts";
import { contextBytes, contextTokens } from "../../../shared/domain/gguf/contextMemory.ts";
import type { EngineInfo, ModelRef } from "../../../shared/schema/inference.ts";
import type { InferenceEvent } from "../../../shared/schema/worker.ts";
import type { ProgressFeed } from "../async/progressFeed.ts";
import { systemCode } from "../files/primitives.ts";
import type { WorkerPort } from "../platform.ts";
import { checkModelFiles, refuseContextBeyondMemory, refuseCopyBeyondMemory } from "./ggufFile.ts";
import { WorkerClient, WorkerGone } from "./workerClient.ts";

export type GpuChoice = "auto" | "none";

export interface InferenceSettings {
  readonly launchWorker: () => WorkerPort;
  /** `none` disables the GPU. A function is called for each request. Default `auto`. */
  readonly gpu?: GpuChoice | (() => GpuChoice);
  /**
   * Rows evaluated together. Default null: 4 on a CPU, up to 32 by the memory of a GPU. A different number may change the
   * last bits of every logit.
   */
  readonly lanes?: number | null;
  /** Maximum tokens of prompt and completion together, limited by the base's own context. Default 1024. */
  readonly contextSize?: number;
  /** Maximum memory of keys and values, in bytes. Default: the machine's memory without the accelerator's. */
  readonly memoryBytes?: number;
  /**
   * Silence after which the process counts as hung, in milliseconds. Default: 180 s, while loading 300 s and the time that
   * a slow disk takes to read the file.
   */
  readonly loadSilenceMs?: number;
  readonly silenceMs?: number;
  /** Milliseconds without a request after which the process ends. Default five minutes. */
  readonly idleMs?: number;
  /** Shows the loading of a large base. */
  readonly progress?: ProgressFeed;
  /** Starts a timer and returns how to cancel it. Injected by tests. */
  readonly startTimer?: (ms: number, expire: () => void) => () => void;
}

/** A process with a loaded base. */
export interface LoadedWorker {
  readonly client: WorkerClient;
  readonly engine: EngineInfo;
}

/** The fewest rows that are evaluated together where the number isn't set. */
const fewestLanes = 4;

const defaults = {
  gpu: "auto",
  lanes: null,
  contextSize: 1024,
  memoryBytes: totalmem(),
  loadSilenceMs: 300_000,
  silenceMs: 180_000,
} as const;

/** The slowest disk on which a load isn't taken for hung, in bytes per millisecond: a shared network disk at 20 MB/s. */
const slowestDisk = 20_000;

/** Returns how long a load may be silent, in milliseconds: llama.cpp reports nothing while it reads the file. */
export function loadLimitMs(silenceMs: number, fileBytes: number): number {
  return silenceMs + fileBytes / slowestDisk;
}

/** Converts a `failed` event to a `Failure` with llama.cpp's first error; later errors are consequences. */
export function failureOf(event: Extract<InferenceEvent, { kind: "failed" }>, file?: string): Failure {
  const [native] = event.native;
  const message = native === undefined ? event.message : `${event.message} (llama.cpp: ${native})`;
  return new Failure(event.code, message, { hint: event.hint, file });
}

/** Keeps one inference process with one loaded base, and replaces it when it dies. */
export class ModelHost {
  readonly #settings: Required<Omit<InferenceSettings, "idleMs" | "startTimer" | "progress">>;
  /** Thread counts, measured once per base and kept across restarts. */
  readonly #threads = new Map<string, number>();
  #current: (LoadedWorker & { gguf: string; gpu: GpuChoice }) | null = null;
  #loading: WorkerClient | null = null;
  /** Whether llama.cpp found no GPU when it could use one. */
  #hasNoGpu = false;
  /** How many others use the accelerator now. Bases are then loaded on the CPU. */
  #lent = 0;

  constructor(settings: InferenceSettings) {
    this.#settings = { ...defaults, ...settings };
  }

  get silenceMs(): number {
    return this.#settings.silenceMs;
  }

  /** Returns a process with this model's base loaded. Throws `Failure` for an unusable file, or `WorkerGone`. */
  async withBase(model: ModelRef): Promise<LoadedWorker> {
    const header = await checkModelFiles(model);
    const current = this.#current;
    const { lanes, contextSize, loadSilenceMs } = this.#settings;
    const gpu = this.#gpu();
    const isFit = current !== null && current.gguf === model.gguf && current.gpu === gpu;
    if (isFit && !current.client.gone) return current;
    this.stop();
    refuseContextBeyondMemory(model.gguf, header, {
      contextSize,
      lanes: lanes ?? fewestLanes,
      memoryBytes: this.#settings.memoryBytes,
    });
    if (gpu === "none" || this.#hasNoGpu) {
      await refuseCopyBeyondMemory(model.gguf, header, {
        contextSize,
        lanes: lanes ?? fewestLanes,
        memoryBytes: this.#settings.memoryBytes,
      });
    }
    const silenceMs = loadLimitMs(loadSilenceMs, (await stat(model.gguf)).size);
    const client = new WorkerClient(this.#launch());
    this.#loading = client;
    const threads = this.#threads.get(model.gguf) ?? null;
    const laneBytes = contextBytes(header, contextTokens(header, contextSize), 1);
    const load = { kind: "load", gguf: model.gguf, gpu, lanes, laneBytes, contextSize, threads } as const;
    const answer = await client.ask(load, { silenceMs }).finally(() => {
      this.#loading = null;
    });
    if (answer.kind !== "loaded") {
      // After a failed load, llama.cpp may never exit.
      client.kill();
      if (answer.kind === "failed")
        throw failureOf(answer, answer.code === "bad-value" ? model.gguf : undefined);
      throw new Error(`a load was answered by ${answer.kind}`);
    }
    this.#threads.set(model.gguf, answer.engine.threads);
    if (gpu === "auto") this.#hasNoGpu = answer.engine.gpu === null;
    this.#current = { client, engine: answer.engine, gguf: model.gguf, gpu };
    return this.#current;
  }

  #gpu(): GpuChoice {
    if (this.#lent > 0) return "none";
    const { gpu } = this.#settings;
    return typeof gpu === "function" ? gpu() : gpu;
  }

  /** Ends the process and loads no base on the accelerator until `readmit`. */
  withdraw(): void {
    this.#lent += 1;
    this.stop();
  }

  readmit(): void {
    this.#lent -= 1;
  }

  isLoaded(gguf: string): boolean {
    return this.#current?.gguf === gguf && !this.#current.client.gone && this.#current.gpu === this.#gpu();
  }

  /** Returns the ID of the process, in a list that is empty if none runs. */
  pids(): number[] {
    const pid = this.#current?.client.gone === false ? this.#current.client.pid : undefined;
    return pid === undefined ? [] : [pid];
  }

  /** Returns the memory of the process in bytes, or null if none runs. */
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

  /** Starts a process. Throws `WorkerGone` when the system refuses. */
  #launch(): WorkerPort {
    try {
      return this.#settings.launchWorker();
    } catch (error) {
      const killedBy = systemCode(error);
      if (killedBy === "" || error instanceof Failure) throw error;
      throw new WorkerGone(`the inference process couldn't start (${killedBy})`, { code: null, killedBy });
    }
  }

  /** Ends the process, which frees its memory and the accelerator. */
  stop(): void {
    this.#loading?.kill();
    this.#current?.client.kill();
    this.#current = null;
  }
}
