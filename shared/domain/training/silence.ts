const minute = 60_000;

/** Before training: imports on a cold disk, a base of 14 GB from a slow one. */
const preparingMs = 30 * minute;
/** Until the first step is known: a step of a 7B on a CPU takes minutes, one on a machine that swaps much longer. */
const firstStepMs = 2 * 60 * minute;
/** A step, an evaluation or a checkpoint may take this many times the longest gap so far. */
const timesLongest = 10;
/** And never counts as hanging sooner than this. */
const leastMs = 30 * minute;

/** How long a trainer may say nothing before it counts as hanging. */
export interface SilenceLimit {
  /** An event, `gapMs` after the one before; null: a line that was none. */
  hear(event: { readonly kind: string } | null, gapMs: number): void;
  /** In milliseconds, from now on. */
  readonly limitMs: number;
}

/**
 * A limit that knows of long imports and of long steps: 30 minutes while preparing, 2 hours until the first step, and
 * from then on ten times the longest gap heard, at least 30 minutes. A training that takes an hour for each step is
 * left alone; one whose steps took a second is given up after half an hour.
 */
export class LearningSilence implements SilenceLimit {
  #training = false;
  #longestMs: number | null = null;

  hear(event: { readonly kind: string } | null, gapMs: number): void {
    if (event === null) return;
    if (event.kind === "begin") this.#training = true;
    else if (this.#training) this.#longestMs = Math.max(this.#longestMs ?? 0, gapMs);
  }

  get limitMs(): number {
    if (!this.#training) return preparingMs;
    if (this.#longestMs === null) return firstStepMs;
    return Math.max(leastMs, timesLongest * this.#longestMs);
  }
}
