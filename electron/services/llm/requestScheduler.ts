import { onAbort } from "../async/abort.ts";
import type { Clock } from "./clock.ts";
import type { CallOutcome, ConcurrencyLimit } from "./concurrencyLimit.ts";

interface Waiting {
  readonly retry: boolean;
  grant(): void;
}

/**
 * Schedules calls: none while the endpoint requires waiting, and never more at once than the limit. Retries go first.
 */
export class RequestScheduler {
  readonly #clock: Clock;
  readonly #limit: ConcurrencyLimit;
  readonly #queue: Waiting[] = [];
  #active = 0;
  #pausedUntil = Number.NEGATIVE_INFINITY;

  constructor({ clock, limit }: { readonly clock: Clock; readonly limit: ConcurrencyLimit }) {
    this.#clock = clock;
    this.#limit = limit;
  }

  /** Starts no call for `ms` milliseconds. Calls in progress continue. */
  pauseFor(ms: number): void {
    this.#pausedUntil = Math.max(this.#pausedUntil, this.#clock.monotonic() + ms);
  }

  /** Makes one call when it is its turn. Rejects on an abort before that. */
  async run<Result>(
    { retry, signal }: { readonly retry: boolean; readonly signal: AbortSignal },
    call: () => Promise<Result>,
    outcomeOf: (result: Result) => CallOutcome,
  ): Promise<Result> {
    await this.#enter(retry, signal);
    const window = this.#limit.sent();
    let outcome: CallOutcome = "neutral";
    try {
      const result = await call();
      outcome = outcomeOf(result);
      return result;
    } finally {
      this.#limit.ended(window, outcome);
      this.#leave();
    }
  }

  async #enter(retry: boolean, signal: AbortSignal): Promise<void> {
    for (;;) {
      await this.#released(signal);
      await this.#slot(retry, signal);
      if (this.#left() <= 0) return;
      // The endpoint required a wait while this call was queued.
      this.#leave();
    }
  }

  async #released(signal: AbortSignal): Promise<void> {
    for (let left = this.#left(); left > 0; left = this.#left()) await this.#clock.wait(left, signal);
  }

  #slot(retry: boolean, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    return new Promise((resolve, reject) => {
      const forget = onAbort(signal, () => {
        const place = this.#queue.indexOf(waiting);
        if (place >= 0) this.#queue.splice(place, 1);
        reject(signal.reason);
      });
      const waiting: Waiting = {
        retry,
        grant: () => {
          forget();
          resolve();
        },
      };
      const firstNew = this.#queue.findIndex((other) => !other.retry);
      this.#queue.splice(retry && firstNew >= 0 ? firstNew : this.#queue.length, 0, waiting);
      this.#grant();
    });
  }

  #leave(): void {
    this.#active -= 1;
    this.#grant();
  }

  #grant(): void {
    while (this.#active < this.#limit.slots) {
      const next = this.#queue.shift();
      if (next === undefined) return;
      this.#active += 1;
      next.grant();
    }
  }

  #left(): number {
    return this.#pausedUntil - this.#clock.monotonic();
  }
}
