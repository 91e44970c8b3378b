import { assertNever } from "../../../shared/domain/failure.ts";
import {
  type InferenceEvent,
  type InferenceRequest,
  InferenceRequestSchema,
} from "../../../shared/schema/worker.ts";
import { SerialQueue } from "../../services/async/serialQueue.ts";
import { Engine } from "./engine.ts";
import { failedEvent } from "./failedEvent.ts";
import { forcedLogprobs } from "./forced.ts";
import { generateRows } from "./generate.ts";
import { probeLlama } from "./probe.ts";
import { promptIds } from "./vocabulary.ts";

type Served = Exclude<InferenceRequest, { kind: "cancel" | "shutdown" }>;
type RequestOf<Kind extends InferenceRequest["kind"]> = Extract<InferenceRequest, { kind: Kind }>;

const progressMs = 1000;

/** Serves one request after the other. A cancel takes effect at the next token of the running request. */
export class Session {
  readonly #post: (event: InferenceEvent) => void;
  readonly #shutdown: () => void;
  readonly #engine = new Engine();
  readonly #aborts = new Map<number, AbortController>();
  readonly #queue = new SerialQueue();

  constructor(post: (event: InferenceEvent) => void, shutdown: () => void) {
    this.#post = post;
    this.#shutdown = shutdown;
  }

  /** Handles a message. Throws `ZodError` for an unknown message, for example from another version of the host. */
  receive(message: unknown): void {
    const request = InferenceRequestSchema.parse(message);
    if (request.kind === "shutdown") {
      this.#shutdown();
      return;
    }
    if (request.kind === "cancel") {
      this.#aborts.get(request.id)?.abort();
      return;
    }
    const abort = new AbortController();
    this.#aborts.set(request.id, abort);
    void this.#queue.run(() => this.#serve(request, abort.signal));
  }

  async #serve(request: Served, signal: AbortSignal): Promise<void> {
    this.#engine.nativeErrors.length = 0;
    try {
      this.#post(await this.#answer(request, signal));
    } catch (error) {
      this.#post(failedEvent(request, error, this.#engine.nativeErrors));
    } finally {
      this.#aborts.delete(request.id);
    }
  }

  /** Serves a request and returns the event that ends it. */
  async #answer(request: Served, signal: AbortSignal): Promise<InferenceEvent> {
    const { id } = request;
    switch (request.kind) {
      case "load":
        return { kind: "loaded", id, engine: (await this.#engine.load(request)).info };
      case "unload":
        await this.#engine.unload();
        return { kind: "unloaded", id };
      case "tokenize":
        return {
          kind: "tokenized",
          id,
          ids: request.texts.map((text) => this.#tokenize(text, request.asPrompt)),
        };
      case "generate":
        return this.#generate(request, signal);
      case "forced":
        return this.#forced(request, signal);
      case "memory":
        return this.#memory(id);
      case "probe":
        return { kind: "probed", id, probe: await probeLlama() };
      default:
        return assertNever(request);
    }
  }

  #tokenize(text: string, asPrompt: boolean): number[] {
    const { model, control } = this.#engine.loaded;
    return asPrompt ? promptIds(model, control, text) : model.tokenize(text, false);
  }

  async #generate(request: RequestOf<"generate">, signal: AbortSignal): Promise<InferenceEvent> {
    const { id } = request;
    const model = this.#engine.loaded;
    const listener = {
      started: (key: string) => this.#post({ kind: "started", id, key }),
      delta: request.stream
        ? (key: string, text: string) => this.#post({ kind: "delta", id, key, text })
        : null,
      row: (row: Extract<InferenceEvent, { kind: "row" }>["row"]) => this.#post({ kind: "row", id, row }),
      evaluated: this.#progressOf(id),
    };
    const openLanes = () => model.lanesFor(request.adapter);
    const adapter = await generateRows(model, openLanes, request, listener, signal);
    return { kind: "done", id, cancelled: signal.aborted, adapter };
  }

  async #forced(request: RequestOf<"forced">, signal: AbortSignal): Promise<InferenceEvent> {
    const { id } = request;
    const lanes = await this.#engine.loaded.lanesFor(request.adapter);
    for (const sequence of request.sequences) {
      if (signal.aborted) break;
      this.#post({ kind: "started", id, key: sequence.key });
      this.#post({ kind: "forcedResult", id, result: await forcedLogprobs(lanes, sequence) });
    }
    return { kind: "done", id, cancelled: signal.aborted };
  }

  async #memory(id: number): Promise<InferenceEvent> {
    const vram = await this.#engine.vram();
    const resident = process.memoryUsage.rss();
    return { kind: "memory", id, resident, vramUsed: vram?.used ?? null, vramTotal: vram?.total ?? null };
  }

  #progressOf(id: number): (tokens: number) => void {
    let total = 0;
    let last = performance.now();
    return (tokens) => {
      total += tokens;
      if (performance.now() - last < progressMs) return;
      last = performance.now();
      this.#post({ kind: "progress", id, tokens: total });
    };
  }
}
