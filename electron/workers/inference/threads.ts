import type { Llama, LlamaModel, Token } from "node-llama-cpp";

/** The minimum speedup for more threads. Measurements on a busy machine are rough, and one thread is stable. */
const worthwhile = 1.3;
const measuredTokens = 12;

/** Returns the milliseconds for a few sequential tokens, or Infinity once they take longer than `limit`. */
async function timeOf(model: LlamaModel, threads: number, limit: number): Promise<number> {
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

/**
 * Returns the thread count for this model by measuring 1, 2, 4, … up to the machine's cores, until more threads don't
 * help. A tiny model is up to 20 times slower with two threads than with one, a large one nearly twice as fast. Returns 1
 * if a GPU is used.
 */
export async function chooseThreads(llama: Llama, model: LlamaModel): Promise<number> {
  if (llama.gpu !== false && model.gpuLayers > 0) return 1;
  let best = 1;
  let bestTime = await timeOf(model, 1, Number.POSITIVE_INFINITY);
  for (let threads = 2; threads <= llama.cpuMathCores; threads = Math.min(threads * 2, threads + 4)) {
    const time = await timeOf(model, threads, bestTime / worthwhile);
    if (time === Number.POSITIVE_INFINITY) break;
    best = threads;
    bestTime = time;
  }
  return best;
}
