import type { EngineInfo, GenerationRow, ModelRef } from "../../../shared/schema/inference.ts";
import type { GenerateOptions, GenerationSummary, InferenceService } from "./inferenceService.ts";

/** The minimum number of rows per process that is worth starting it. */
const fewestRowsEach = 8;

export interface ParallelInferenceOptions {
  /** Services with one process each. The first one handles everything that isn't distributed. */
  readonly services: readonly [InferenceService, ...InferenceService[]];
  /** Returns how many processes speed up this engine. */
  readonly processesFor: (engine: EngineInfo, model: ModelRef) => Promise<number>;
}

/**
 * Distributes rows over several inference processes. A small model is fastest with one thread, which leaves other cores
 * idle, and more lanes don't help on a CPU. A row's bits depend only on the row and the number of lanes, so any process
 * produces the same result.
 */
export function createParallelInference({
  services,
  processesFor,
}: ParallelInferenceOptions): InferenceService {
  const [first, ...others] = services;
  const workers = async (model: ModelRef, rows: number): Promise<readonly InferenceService[]> => {
    if (rows < 2 * fewestRowsEach) return [first];
    const most = await processesFor(await first.describe(model), model);
    return services.slice(0, Math.max(1, Math.min(most, Math.floor(rows / fewestRowsEach))));
  };
  return {
    describe: (model) => first.describe(model),
    generateRows: async (options) => {
      const used = await workers(options.model, options.rows.length);
      return used.length === 1 ? first.generateRows(options) : generateShared(used, options);
    },
    forcedLogprobs: (options) => first.forcedLogprobs(options),
    tokenize: (model, texts, asPrompt) => first.tokenize(model, texts, asPrompt),
    memory: () => first.memory(),
    pids: () => services.flatMap((service) => service.pids()),
    lendAccelerator: (body) => lendByAll(services, body),
    stop: () => {
      first.stop();
      for (const service of others) service.stop();
    },
  };
}

/** Runs the body when every service has freed the accelerator. */
function lendByAll<T>([one, ...others]: readonly InferenceService[], body: () => Promise<T>): Promise<T> {
  return one === undefined ? body() : one.lendAccelerator(() => lendByAll(others, body));
}

/** Gives each process every n-th row, which mixes long and short rows. One failure stops the others. */
async function generateShared(
  services: readonly InferenceService[],
  options: GenerateOptions,
): Promise<GenerationSummary> {
  const failed = new AbortController();
  const signal =
    options.signal === undefined ? failed.signal : AbortSignal.any([options.signal, failed.signal]);
  const shareOf = (service: number): GenerationRow[] =>
    options.rows.filter((_, index) => index % services.length === service);
  const failures: unknown[] = [];
  const summaries = await Promise.all(
    services.map((service, index) =>
      service.generateRows({ ...options, rows: shareOf(index), signal }).catch((error: unknown) => {
        // The first failure is the reason; the others were cancelled because of it.
        failures.push(error);
        failed.abort();
        return null;
      }),
    ),
  );
  if (failures.length > 0) throw failures[0];
  const [one] = summaries as GenerationSummary[];
  const restarts = (summaries as GenerationSummary[]).reduce((sum, summary) => sum + summary.restarts, 0);
  return { engine: (one as GenerationSummary).engine, restarts };
}
