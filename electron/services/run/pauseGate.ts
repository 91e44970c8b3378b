import { unlessAborted } from "../async/abort.ts";

/** A run body's view of pauses. */
export interface PausePoint {
  /** Aborted when a pause is requested, for work that can be restarted. Replaced after each pause. */
  readonly signal: AbortSignal;
  /**
   * Resolves at once, or when the pause ends. Called between rows: from here on, the run shows as paused.
   * @throws the reason of the run's signal or of `signal` when it is aborted during the wait.
   */
  passed(signal?: AbortSignal): Promise<void>;
}

/** Holds the work of a run for as long as a pause lasts. */
export class PauseGate implements PausePoint {
  readonly #run: AbortSignal;
  readonly #tell: (status: "paused" | "running") => void;
  #asked = new AbortController();
  /** Resolved when the gate opens; null while it is open. */
  #opening: PromiseWithResolvers<void> | null = null;
  /** Whether work waits at the gate and the journal shows the run as paused. */
  #told = false;

  constructor(run: AbortSignal, tell: (status: "paused" | "running") => void) {
    this.#run = run;
    this.#tell = tell;
  }

  get signal(): AbortSignal {
    return this.#asked.signal;
  }

  close(): void {
    if (this.#opening !== null) return;
    this.#opening = Promise.withResolvers();
    this.#asked.abort(new Error("a pause was requested"));
  }

  open(): void {
    if (this.#opening === null) return;
    this.#asked = new AbortController();
    if (this.#told) this.#tell("running");
    this.#told = false;
    this.#opening.resolve();
    this.#opening = null;
  }

  async passed(signal?: AbortSignal): Promise<void> {
    const ended = signal === undefined ? this.#run : AbortSignal.any([this.#run, signal]);
    while (this.#opening !== null) {
      ended.throwIfAborted();
      if (!this.#told) this.#tell("paused");
      this.#told = true;
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
    await pause.passed();
    yield row;
  }
}
