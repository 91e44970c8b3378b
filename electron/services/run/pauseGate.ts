import { unlessAborted } from "../async/abort.ts";

/** A run body's view of pauses. */
export interface PausePoint {
  /** Aborted when a pause is requested, for work that can be restarted. Replaced after each pause. */
  readonly signal: AbortSignal;
  /**
   * Resolves at once, or when the pause ends. Called between rows: from here on, the run shows as paused.
   * @throws the reason of the run's signal or of `signal` when it is aborted during the wait.
   */
  waitIfPaused(signal?: AbortSignal): Promise<void>;
}

/** Holds the work of a run for as long as a pause lasts. */
export class PauseGate implements PausePoint {
  readonly #run: AbortSignal;
  readonly #report: (status: "paused" | "running") => void;
  #request = new AbortController();
  /** Resolved when the gate opens; null while it is open. */
  #opening: PromiseWithResolvers<void> | null = null;
  /** Whether work waits at the gate and the journal shows the run as paused. */
  #isReported = false;

  constructor(run: AbortSignal, report: (status: "paused" | "running") => void) {
    this.#run = run;
    this.#report = report;
  }

  get signal(): AbortSignal {
    return this.#request.signal;
  }

  close(): void {
    if (this.#opening !== null) return;
    this.#opening = Promise.withResolvers();
    this.#request.abort(new Error("a pause was requested"));
  }

  open(): void {
    if (this.#opening === null) return;
    this.#request = new AbortController();
    if (this.#isReported) this.#report("running");
    this.#isReported = false;
    this.#opening.resolve();
    this.#opening = null;
  }

  async waitIfPaused(signal?: AbortSignal): Promise<void> {
    const ended = signal === undefined ? this.#run : AbortSignal.any([this.#run, signal]);
    while (this.#opening !== null) {
      ended.throwIfAborted();
      if (!this.#isReported) this.#report("paused");
      this.#isReported = true;
      await unlessAborted(this.#opening.promise, ended);
    }
  }
}

/** Yields the rows, but none during a pause. */
export async function* pausing<Row>(
  rows: AsyncIterable<Row> | Iterable<Row>,
  pause: PausePoint,
): AsyncGenerator<Row> {
  for await (const row of rows) {
    await pause.waitIfPaused();
    yield row;
  }
}
