import {
  type InferenceEvent,
  InferenceEventSchema,
  type InferenceRequest,
} from "../../../shared/schema/worker.ts";
import { onAbort } from "../async/abort.ts";
import { patientTimeout } from "../async/patientTimeout.ts";
import type { WorkerPort } from "../platform.ts";
import type { Ending } from "../processes/processDeath.ts";

/** The process died, hung or was killed by us. Its unfinished work can be sent to another one. */
export class WorkerGone extends Error {
  /** How it ended, or null if we ended it. */
  readonly ending: Ending | null;

  constructor(reason: string, ending: Ending | null = null) {
    super(reason);
    this.name = "WorkerGone";
    this.ending = ending;
  }
}

type OmitId<Request> = Request extends { id: number } ? Omit<Request, "id"> : never;
/** A request without its ID. */
export type Ask = OmitId<Exclude<InferenceRequest, { kind: "cancel" }>>;

export interface AskOptions {
  /** Receives every event of this request, including the last one. */
  readonly onEvent?: (event: InferenceEvent) => void;
  readonly signal?: AbortSignal | undefined;
  /** Silence after which the process counts as hung, in milliseconds. */
  readonly silenceMs: number;
}

interface Pending {
  readonly options: AskOptions;
  readonly resolve: (event: InferenceEvent) => void;
  readonly reject: (error: Error) => void;
  /** Cancels the silence timer. */
  cancelTimer: () => void;
  /** Removes the listener of the request's signal. */
  forget: () => void;
}

const lastKinds: ReadonlySet<InferenceEvent["kind"]> = new Set([
  "loaded",
  "unloaded",
  "tokenized",
  "memory",
  "probed",
  "done",
  "failed",
]);

/** How long a cancelled request may take to end, in milliseconds. */
const cancelMs = 5000;

/** One inference process: requests in, events out. It is killed when a request hangs. */
export class WorkerClient {
  readonly #port: WorkerPort;
  readonly #pending = new Map<number, Pending>();
  #lastId = 0;
  #gone: WorkerGone | null = null;

  constructor(port: WorkerPort) {
    this.#port = port;
    port.onMessage((message) => this.#receive(message));
    port.onExit((code, killedBy) =>
      this.#end(`the inference process ended (${killedBy ?? `exit code ${code}`})`, { code, killedBy }),
    );
  }

  get gone(): boolean {
    return this.#gone !== null;
  }

  get pid(): number | undefined {
    return this.#port.pid;
  }

  /** Resolves with the request's last event, which may be `failed`. Throws `WorkerGone`. */
  ask(request: Ask, options: AskOptions): Promise<InferenceEvent> {
    if (this.#gone !== null) return Promise.reject(this.#gone);
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      const pending: Pending = { options, resolve, reject, cancelTimer: () => {}, forget: () => {} };
      this.#pending.set(id, pending);
      this.#watch(pending, options.silenceMs);
      this.#port.post({ ...request, id });
      pending.forget = onAbort(options.signal, () => this.#cancel(id));
    });
  }

  /** Kills the process. */
  kill(reason = "the inference process was stopped"): void {
    this.#end(reason);
    this.#port.kill();
  }

  #cancel(id: number): void {
    const pending = this.#pending.get(id);
    if (pending === undefined) return;
    this.#port.post({ kind: "cancel", id });
    this.#watch(pending, Math.min(cancelMs, pending.options.silenceMs));
  }

  #watch(pending: Pending, silenceMs: number): void {
    pending.cancelTimer();
    const reason = `the inference process didn't respond for ${Math.round(silenceMs / 1000)} s`;
    pending.cancelTimer = patientTimeout(silenceMs, () => this.kill(reason));
  }

  #receive(message: unknown): void {
    const parsed = InferenceEventSchema.safeParse(message);
    if (!parsed.success) {
      this.kill("the inference process sent an invalid message");
      return;
    }
    const event = parsed.data;
    if (event.kind === "ready") return;
    const pending = this.#pending.get(event.id);
    if (pending === undefined) return;
    if (!pending.options.signal?.aborted) this.#watch(pending, pending.options.silenceMs);
    pending.options.onEvent?.(event);
    if (!lastKinds.has(event.kind)) return;
    this.#settle(event.id, pending);
    pending.resolve(event);
  }

  #settle(id: number, pending: Pending): void {
    pending.cancelTimer();
    pending.forget();
    this.#pending.delete(id);
  }

  #end(reason: string, ending: Ending | null = null): void {
    this.#gone ??= new WorkerGone(reason, ending);
    for (const [id, pending] of [...this.#pending]) {
      this.#settle(id, pending);
      pending.reject(this.#gone);
    }
  }
}
