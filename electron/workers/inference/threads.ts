import type { Llama, LlamaModel, Token } from "node-llama-cpp";
import { type CpuMeter, systemCpu } from "./cpuMeter.ts";

/** The minimum speedup for more threads. Measurements on a busy machine are rough, and one thread is stable. */
const worthwhile = 1.3;
const measuredTokens = 12;
/** A machine is quiet when other programs use less than this many cores. */
const quietCores = 0.5;
/** The shortest time, in milliseconds, over which other programs are watched before the search is repeated. */
const watchedMs = 5000;

/** Returns the milliseconds for a few sequential tokens, or Infinity once they take longer than `limit`. */
export type TimeOf = (threads: number, limit: number) => Promise<number>;

export interface ThreadSearchOptions {
  /** The cores that llama.cpp uses well: physical ones, without efficiency cores. */
  readonly cores: number;
  readonly gpuLayers: number;
  /** Layers of the model, the output layer included. */
  readonly totalLayers: number;
  readonly timeOf: TimeOf;
  readonly cpu?: CpuMeter;
}

/**
 * Finds the thread count for a model. A tiny model is up to 20 times slower with two threads than with one, a large one
 * nearly twice as fast, so without a GPU it is measured. While other programs use the cores, more threads seem slower than
 * they are: the search is then repeated once the machine is quiet.
 */
export class ThreadSearch {
  readonly #options: ThreadSearchOptions;
  readonly #cpu: CpuMeter;
  #threads = 1;
  /** Whether other programs may have used cores during the measurement. */
  #disturbed = false;

  constructor(options: ThreadSearchOptions) {
    this.#options = options;
    this.#cpu = options.cpu ?? systemCpu();
  }

  get threads(): number {
    return this.#threads;
  }

  /** Uses a count that an earlier process found. It is searched again once the machine is quiet. */
  use(threads: number): void {
    const { cores, gpuLayers } = this.#options;
    this.#threads = threads;
    this.#disturbed = gpuLayers === 0 && threads < cores;
    this.#cpu.start();
  }

  /**
   * Searches and returns the thread count: 1 if every layer is on a GPU, the physical cores if some are, otherwise the
   * fastest of 1, 2, 4, … up to the physical cores.
   */
  async run(): Promise<number> {
    const { cores, gpuLayers, totalLayers } = this.#options;
    this.#disturbed = false;
    if (gpuLayers >= totalLayers) this.#threads = 1;
    else if (gpuLayers > 0) this.#threads = cores;
    else {
      this.#cpu.start();
      this.#threads = await this.#fastest();
      this.#disturbed = this.#threads < cores && this.#cpu.usedByOthers().cores >= quietCores;
      this.#cpu.start();
    }
    return this.#threads;
  }

  /** Whether another search can find more threads: the last one was disturbed, and the machine has been quiet since. */
  get worthRepeating(): boolean {
    if (!this.#disturbed) return false;
    const { cores, milliseconds } = this.#cpu.usedByOthers();
    if (milliseconds < watchedMs) return false;
    this.#cpu.start();
    return cores < quietCores;
  }

  /** Measures 1, 2, 4, … threads until more don't help. */
  async #fastest(): Promise<number> {
    const { cores, timeOf } = this.#options;
    let best = 1;
    let bestTime = await timeOf(1, Number.POSITIVE_INFINITY);
    for (let threads = 2; threads <= cores; threads = Math.min(threads * 2, threads + 4)) {
      const time = await timeOf(threads, bestTime / worthwhile);
      if (time === Number.POSITIVE_INFINITY) break;
      best = threads;
      bestTime = time;
    }
    return best;
  }
}

/** Returns the search for a loaded model. */
export function threadSearchFor(llama: Llama, model: LlamaModel): ThreadSearch {
  return new ThreadSearch({
    cores: llama.cpuMathCores,
    gpuLayers: llama.gpu === false ? 0 : model.gpuLayers,
    totalLayers: model.fileInsights.totalLayers,
    timeOf: (threads, limit) => timeTokens(model, threads, limit),
  });
}

async function timeTokens(model: LlamaModel, threads: number, limit: number): Promise<number> {
  const context = await model.createContext({ contextSize: 256, sequences: 1, threads });
  try {
    const sequence = context.getSequence();
    const id = (model.tokens.bos ?? 1) as Token;
    await sequence.evaluateWithoutGeneratingNewTokens([id]);
    const begin = performance.now();
    for (let token = 0; token < measuredTokens; token++) {
      await sequence.evaluateWithoutGeneratingNewTokens([id]);
      if (performance.now() - begin > limit) return Number.POSITIVE_INFINITY;
    }
    return performance.now() - begin;
  } finally {
    await context.dispose();
  }
}
