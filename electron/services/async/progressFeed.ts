import { onAbort } from "./abort.ts";

/** A step of long work as it is now. `total` 0: only the time is estimated. Null: nothing is being done. */
export type FeedProgress = {
  readonly text: string;
  readonly done: number;
  readonly total: number;
  readonly unit: string;
  readonly etaSeconds: number | null;
} | null;

export interface FeedStep {
  readonly text: string;
  readonly unit: string;
  /** An estimate of the whole step, in seconds, used until an amount is reported. */
  readonly expectedSeconds?: number;
}

interface RunningStep extends FeedStep {
  readonly beganAt: number;
  done: number;
  total: number;
}

/** How often an estimate is repeated to watchers while nothing changes, in milliseconds. */
const tickMs = 1000;

/** Shows the progress of long work to any number of watchers, whoever started it. */
export class ProgressFeed {
  readonly #steps: RunningStep[] = [];
  readonly #now: () => number;
  #changed = Promise.withResolvers<void>();

  /** @param now milliseconds; injected by tests */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Runs a step. `advance` reports how much is done. */
  async track<T>(
    step: FeedStep,
    body: (advance: (done: number, total: number) => void) => Promise<T>,
  ): Promise<T> {
    const running: RunningStep = { ...step, beganAt: this.#now(), done: 0, total: 0 };
    this.#steps.push(running);
    this.#notify();
    try {
      return await body((done, total) => {
        running.done = done;
        running.total = total;
        this.#notify();
      });
    } finally {
      this.#steps.splice(this.#steps.indexOf(running), 1);
      this.#notify();
    }
  }

  /** Returns the step that began last. */
  get current(): FeedProgress {
    const step = this.#steps.at(-1);
    if (step === undefined) return null;
    const { text, done, total, unit, expectedSeconds } = step;
    const elapsed = (this.#now() - step.beganAt) / 1000;
    const estimated = expectedSeconds === undefined ? null : Math.max(0, expectedSeconds - elapsed);
    const etaSeconds = done > 0 ? (elapsed * (total - done)) / done : estimated;
    return { text, done, total, unit, etaSeconds };
  }

  /** Yields the current step and every change until the signal aborts. A slow watcher gets only the newest. */
  async *watch(signal: AbortSignal): AsyncGenerator<FeedProgress> {
    const gone = Promise.withResolvers<void>();
    onAbort(signal, gone.resolve);
    while (!signal.aborted) {
      const changed = this.#changed.promise;
      const { current } = this;
      yield current;
      await Promise.race(current === null ? [changed, gone.promise] : [changed, gone.promise, tick()]);
    }
  }

  #notify(): void {
    this.#changed.resolve();
    this.#changed = Promise.withResolvers();
  }
}

function tick(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, tickMs).unref();
  });
}
