import { Failure, failureFrom } from "../../../shared/domain/failure.ts";
import {
  ComputeReplySchema,
  type ComputeRequest,
  type ComputeResult,
} from "../../../shared/schema/compute.ts";
import { computeHere } from "../../workers/compute/computeHere.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import type { WorkerPort } from "../platform.ts";
import { refuseUnreachable } from "./computeFiles.ts";

/** So many workers at most: a long index must not keep a short lint waiting. */
const MOST_WORKERS = 2;
/** A worker with nothing to do is kept this long, in milliseconds: it takes a while to start. */
const IDLE_MS = 20_000;

type Answer<Kind extends ComputeRequest["kind"]> = Extract<ComputeResult, { kind: Kind }>;

/** What would hold the event loop, done elsewhere. Workers stay for the next question. */
export interface ComputePool {
  /** Throws the Failure that the worker met, Failure `cancelled`, or an Error where it dies. */
  ask<Kind extends ComputeRequest["kind"]>(
    request: Extract<ComputeRequest, { kind: Kind }>,
    signal?: AbortSignal,
  ): Promise<Answer<Kind>>;
  /** Starts a worker where there is none, before it is asked: who looks at datasets opens one. */
  warm(): void;
  close(): void;
}

/** One worker that is asked one thing at a time. */
class Worker {
  readonly #port: WorkerPort;
  readonly #ready: Promise<void>;
  #settle: ((reply: ComputeResult | Error) => void) | null = null;
  dead = false;

  constructor(port: WorkerPort) {
    this.#port = port;
    const ready = Promise.withResolvers<void>();
    this.#ready = ready.promise;
    port.onExit((code, killedBy) => {
      this.dead = true;
      const ended = new Error(`the compute worker ended (${killedBy ?? code})`);
      ready.reject(ended);
      this.#settle?.(ended);
    });
    port.onMessage((message) => {
      const { data, error } = ComputeReplySchema.safeParse(message);
      if (data?.kind === "ready") ready.resolve();
      else if (data === undefined)
        this.#settle?.(new Error(`the compute worker said something else: ${error}`));
      else this.#settle?.(data.kind === "failed" ? failureFrom(data.failure) : data);
    });
    this.#ready.catch(() => {});
  }

  async ask(request: ComputeRequest, signal?: AbortSignal): Promise<ComputeResult> {
    await this.#ready;
    const answer = Promise.withResolvers<ComputeResult>();
    this.#settle = (reply) => (reply instanceof Error ? answer.reject(reply) : answer.resolve(reply));
    // It cannot be interrupted: who no longer wants the answer ends the worker with it.
    const cancel = () => {
      this.end();
      answer.reject(new Failure("cancelled", "the computation was cancelled"));
    };
    if (signal?.aborted) cancel();
    signal?.addEventListener("abort", cancel, { once: true });
    this.#port.post(request);
    return answer.promise.finally(() => {
      this.#settle = null;
      signal?.removeEventListener("abort", cancel);
    });
  }

  end(): void {
    this.dead = true;
    this.#port.kill();
  }
}

/** `launch` left out: everything is computed in this process, as the terminal and tests do. */
export function createComputePool(files: FileLayer, launch: (() => WorkerPort) | undefined): ComputePool {
  const idle: { worker: Worker; timer: NodeJS.Timeout }[] = [];
  const waiting: (() => void)[] = [];
  let working = 0;

  function rest(worker: Worker): void {
    working -= 1;
    if (!worker.dead) {
      const timer = setTimeout(() => {
        idle.splice(idle.indexOf(entry), 1);
        worker.end();
      }, IDLE_MS);
      timer.unref();
      const entry = { worker, timer };
      idle.push(entry);
    }
    waiting.shift()?.();
  }

  async function take(start: () => WorkerPort): Promise<Worker> {
    while (working >= MOST_WORKERS) await new Promise<void>((resolve) => waiting.push(resolve));
    working += 1;
    for (let entry = idle.pop(); entry !== undefined; entry = idle.pop()) {
      clearTimeout(entry.timer);
      if (!entry.worker.dead) return entry.worker;
    }
    return new Worker(start());
  }

  async function answerOf(request: ComputeRequest, signal?: AbortSignal): Promise<ComputeResult> {
    if (launch === undefined) return computeHere(files, request);
    await refuseUnreachable(files, request);
    const worker = await take(launch);
    try {
      return await worker.ask(request, signal);
    } finally {
      rest(worker);
    }
  }

  return {
    async ask<Kind extends ComputeRequest["kind"]>(
      request: Extract<ComputeRequest, { kind: Kind }>,
      signal?: AbortSignal,
    ) {
      const answer = await answerOf(request, signal);
      if (answer.kind !== request.kind) throw new Error(`asked for ${request.kind}, got ${answer.kind}`);
      return answer as Answer<Kind>;
    },
    warm() {
      if (launch === undefined || working > 0 || idle.length > 0) return;
      working += 1;
      rest(new Worker(launch()));
    },
    close() {
      for (const { worker, timer } of idle.splice(0)) {
        clearTimeout(timer);
        worker.end();
      }
    },
  };
}
