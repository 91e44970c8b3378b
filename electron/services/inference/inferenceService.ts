import { stat } from "node:fs/promises";
import path from "node:path";
import { Failure } from "../../../shared/domain/failure.ts";
import { formatBytes } from "../../../shared/domain/format/bytes.ts";
import type {
  EngineInfo,
  ForcedResult,
  ForcedSequence,
  GeneratedRow,
  GenerationRow,
  ModelRef,
  TokenChoice,
} from "../../../shared/schema/inference.ts";
import type { InferenceEvent } from "../../../shared/schema/worker.ts";
import type { ProgressFeed } from "../async/progressFeed.ts";
import { SerialQueue } from "../async/serialQueue.ts";
import { failureOf, type InferenceSettings, ModelHost } from "./modelHost.ts";
import { RestartBudget } from "./restartBudget.ts";
import { type Ask, type AskOptions, WorkerGone } from "./workerClient.ts";

export interface GenerateOptions {
  readonly model: ModelRef;
  readonly rows: readonly GenerationRow[];
  readonly choice: TokenChoice;
  /** The text that every row's content starts with; evaluated once. Default "". */
  readonly sharedPrefix?: string;
  /** Whether to compute the refusal probability, which takes a few evaluations per row. Default true. */
  readonly refusalProbability?: boolean;
  readonly signal?: AbortSignal | undefined;
  /** Receives each row once when it is finished, not in the order of `rows`. */
  readonly onRow: (row: GeneratedRow) => void;
  /** Receives a row's new text. Costs one message per token. */
  readonly onDelta?: (key: string, text: string) => void;
}

export interface GenerationSummary {
  readonly engine: EngineInfo;
  /** How often the process died and was restarted. */
  readonly restarts: number;
  /** The ID of the adapter that the engine reports as active; null for the base alone. Absent without a request. */
  readonly adapter?: string | null | undefined;
}

interface ForcedOptions {
  readonly model: ModelRef;
  readonly sequences: readonly ForcedSequence[];
  readonly signal?: AbortSignal | undefined;
}

/** Generation and token probabilities in a separate process that may die. Requests are serialized. */
export interface InferenceService {
  /** Checks the files, loads the base and describes the engine. Throws `Failure` `missing`, `bad-value`, `cancelled`. */
  describe(model: ModelRef): Promise<EngineInfo>;
  /**
   * Generates rows. Rows that were passed to `onRow` are valid even if the call fails.
   * @throws Failure `cancelled` on abort, `bad-value` for a model or row that doesn't fit. When the process dies
   * repeatedly: `missing` if memory or a system limit explains it, otherwise `defect` with the rows in flight
   */
  generateRows(options: GenerateOptions): Promise<GenerationSummary>;
  /** Returns results in the order of `sequences`. */
  forcedLogprobs(options: ForcedOptions): Promise<ForcedResult[]>;
  /** Returns the token IDs of each text, with `asPrompt` inside the pieces of the chat format. */
  tokenize(model: ModelRef, texts: readonly string[], asPrompt: boolean): Promise<number[][]>;
  memory(): Promise<{ resident: number; vramUsed: number | null; vramTotal: number | null } | null>;
  /** Returns the IDs of the processes that run now. */
  pids(): number[];
  /**
   * Ends the process after its current request, so that `body` can use the accelerator. Requests during `body`, such as
   * counting tokens for a plan, are served on the CPU.
   */
  lendAccelerator<T>(body: () => Promise<T>): Promise<T>;
  /** Ends the process and cancels its request. The next request starts a new process. */
  stop(): void;
}

function cancelled(): Failure {
  return new Failure("cancelled", "generation was cancelled");
}

export function createInferenceService(settings: InferenceSettings): InferenceService {
  const host = new ModelHost(settings);
  /** Requests share a process with one loaded base. */
  const requests = new SerialQueue();
  /** Counts `stop` calls, so that a stopped request isn't restarted. */
  let stops = 0;
  const idle = idleStop(requests, host, settings);

  const load = announcedLoad(host, settings.progress);

  const askUntilDone: AskUntilDone = async (model, request, { onEvent, signal } = {}) => {
    const budget = new RestartBudget(model.gguf);
    const stopsBefore = stops;
    for (;;) {
      if (signal?.aborted) throw cancelled();
      try {
        const { client, engine } = await load(model);
        budget.loaded();
        const ask = request();
        if (ask === null) return { engine, restarts: budget.restarts, last: null };
        const observe = (event: InferenceEvent): void => {
          budget.observe(event);
          onEvent?.(event);
        };
        const last = await client.ask(ask, { onEvent: observe, signal, silenceMs: host.silenceMs });
        if (last.kind === "failed") throw failureOf(last);
        if (last.kind === "done" && last.cancelled) throw cancelled();
        return { engine, restarts: budget.restarts, last };
      } catch (error) {
        if (!(error instanceof WorkerGone)) throw error;
        host.stop();
        if (signal?.aborted || stops !== stopsBefore) throw cancelled();
        budget.recordDeath(error);
      }
    }
  };

  /** Runs a request when those before it have ended. */
  const run = <T>(body: () => Promise<T>): Promise<T> => idle.watching(() => requests.run(body));

  return {
    describe: (model) => run(async () => (await askUntilDone(model, () => null)).engine),
    generateRows: (options) => run(() => generateRows(askUntilDone, options)),
    forcedLogprobs: (options) => run(() => forcedLogprobs(askUntilDone, options)),
    tokenize: (model, texts, asPrompt) =>
      run(async () => {
        const ask: Ask = { kind: "tokenize", texts: [...texts], asPrompt };
        const { last } = await askUntilDone(model, () => ask);
        if (last?.kind !== "tokenized") throw new Error("no token ids came back");
        return last.ids;
      }),
    memory: () => host.memory(),
    pids: () => host.pids(),
    lendAccelerator: (body) => lend(requests, host, body),
    stop: () => {
      stops += 1;
      idle.end();
      host.stop();
    },
  };
}

/** A smaller base is loaded before anyone wonders. In bytes. */
const announcedFrom = 500e6;
/** Bytes loaded per second until a load was measured: a SATA disk. */
const loadedPerSecond = 0.5e9;

/** Loads a base, and shows that with an estimate of the time, which the last load of the same file gives. */
function announcedLoad(host: ModelHost, progress: ProgressFeed | undefined) {
  const seconds = new Map<string, number>();
  return async (model: ModelRef) => {
    if (progress === undefined || host.isLoaded(model.gguf)) return host.withBase(model);
    const bytes = await stat(model.gguf).then(
      ({ size }) => size,
      () => 0,
    );
    if (bytes < announcedFrom) return host.withBase(model);
    const began = performance.now();
    const step = {
      text: `loading ${path.basename(model.gguf)} (${formatBytes(bytes)})`,
      unit: "bytes",
      expectedSeconds: seconds.get(model.gguf) ?? bytes / loadedPerSecond,
    };
    const loaded = await progress.track(step, () => host.withBase(model));
    seconds.set(model.gguf, (performance.now() - began) / 1000);
    return loaded;
  };
}

/** Minutes without a request after which the process ends, because its base may fill a GPU that others wait for. */
const defaultIdleMs = 5 * 60_000;

/** Ends the process when it has had no request for some minutes. */
function idleStop(requests: SerialQueue, host: ModelHost, settings: InferenceSettings) {
  const { idleMs = defaultIdleMs, startTimer = unreferencedTimer } = settings;
  let active = 0;
  let cancelTimer = (): void => {};
  return {
    async watching<T>(request: () => Promise<T>): Promise<T> {
      active += 1;
      cancelTimer();
      try {
        return await request();
      } finally {
        active -= 1;
        if (active === 0) {
          cancelTimer = startTimer(idleMs, () => {
            void requests.run(async () => {
              if (active === 0) host.stop();
            });
          });
        }
      }
    },
    end: () => cancelTimer(),
  };
}

/** Starts a timer that doesn't keep this program running. */
function unreferencedTimer(ms: number, expire: () => void): () => void {
  const timer = setTimeout(expire, ms).unref();
  return () => clearTimeout(timer);
}

async function lend<T>(requests: SerialQueue, host: ModelHost, body: () => Promise<T>): Promise<T> {
  await requests.run(async () => host.withdraw());
  try {
    return await body();
  } finally {
    host.readmit();
  }
}

/** Sends `request()` to the process, and the remainder again if the process dies. Null means that nothing remains. */
type AskUntilDone = (
  model: ModelRef,
  request: () => Ask | null,
  options?: Partial<Pick<AskOptions, "onEvent" | "signal">>,
) => Promise<{ engine: EngineInfo; restarts: number; last: InferenceEvent | null }>;

async function generateRows(ask: AskUntilDone, options: GenerateOptions): Promise<GenerationSummary> {
  const done = new Set<string>();
  const request = (): Ask | null => {
    const rows = options.rows.filter(({ key }) => !done.has(key));
    if (rows.length === 0) return null;
    return {
      kind: "generate",
      adapter: options.model.adapter,
      rows,
      choice: options.choice,
      sharedPrefix: options.sharedPrefix ?? "",
      stream: options.onDelta !== undefined,
      refusalProbability: options.refusalProbability ?? true,
    };
  };
  const onEvent = (event: InferenceEvent): void => {
    if (event.kind === "delta") options.onDelta?.(event.key, event.text);
    if (event.kind !== "row" || done.has(event.row.key)) return;
    done.add(event.row.key);
    options.onRow(event.row);
  };
  const { engine, restarts, last } = await ask(options.model, request, {
    onEvent,
    signal: options.signal,
  });
  return { engine, restarts, ...(last?.kind === "done" ? { adapter: last.adapter } : {}) };
}

async function forcedLogprobs(ask: AskUntilDone, options: ForcedOptions): Promise<ForcedResult[]> {
  const results = new Map<string, ForcedResult>();
  const request = (): Ask | null => {
    const sequences = options.sequences.filter(({ key }) => !results.has(key));
    return sequences.length === 0 ? null : { kind: "forced", adapter: options.model.adapter, sequences };
  };
  const onEvent = (event: InferenceEvent): void => {
    if (event.kind === "forcedResult") results.set(event.result.key, event.result);
  };
  await ask(options.model, request, { onEvent, signal: options.signal });
  return options.sequences.flatMap(({ key }) => results.get(key) ?? []);
}
