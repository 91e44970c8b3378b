import { Failure, failureFrom } from "../../../shared/domain/failure.ts";
import {
  ComputeReplySchema,
  type ComputeRequest,
  type ComputeResult,
} from "../../../shared/schema/compute.ts";
import { onAbort } from "../async/abort.ts";
import type { WorkerPort } from "../platform.ts";

/** A compute worker that handles one request at a time. */
export class ComputeWorker {
  readonly #port: WorkerPort;
  readonly #ready = Promise.withResolvers<void>();
  #settle: ((reply: ComputeResult | Error) => void) | null = null;
  dead = false;

  constructor(port: WorkerPort) {
    this.#port = port;
    this.#ready.promise.catch(() => {});
    port.onExit((code, killedBy) => this.#fail(new Error(`the compute worker ended (${killedBy ?? code})`)));
    port.onMessage((message) => {
      const { data, error } = ComputeReplySchema.safeParse(message);
      if (data?.kind === "ready") this.#ready.resolve();
      else if (data === undefined)
        this.#settle?.(new Error(`the compute worker sent an invalid reply: ${error}`));
      else this.#settle?.(data.kind === "failed" ? failureFrom(data.failure) : data);
    });
  }

  /** Throws the worker's `Failure`, `Failure` `cancelled`, or an `Error` when the worker dies. */
  async ask(request: ComputeRequest, signal?: AbortSignal): Promise<ComputeResult> {
    const answer = Promise.withResolvers<ComputeResult>();
    this.#settle = (reply) => (reply instanceof Error ? answer.reject(reply) : answer.resolve(reply));
    // A computation can't be interrupted, so cancelling ends the worker.
    const cancel = () => {
      this.end();
      answer.reject(new Failure("cancelled", "the computation was cancelled"));
    };
    const forget = onAbort(signal, cancel);
    this.#ready.promise.then(() => this.#port.post(request), answer.reject);
    return answer.promise.finally(() => {
      this.#settle = null;
      forget();
    });
  }

  end(): void {
    this.dead = true;
    this.#port.kill();
  }

  #fail(error: Error): void {
    this.dead = true;
    this.#ready.reject(error);
    this.#settle?.(error);
  }
}
