import type { SilenceLimit } from "../../../shared/domain/training/silence.ts";

/** How long is listened once more when the time is up, in milliseconds. */
const listenMs = 2000;

/**
 * Barks once, when nothing was heard for as long as the limit allows. This process may itself have stood still (a
 * laptop's sleep, a long collection of garbage), and what the trainer said meanwhile waits in the pipe: when the time
 * is up it listens for a moment longer, and only then barks.
 */
export class Watchdog {
  readonly #silence: SilenceLimit;
  readonly #bark: (limitMs: number) => void;
  #heardAt = performance.now();
  #timer: NodeJS.Timeout;

  constructor(silence: SilenceLimit, bark: (limitMs: number) => void) {
    this.#silence = silence;
    this.#bark = bark;
    this.#timer = this.#wait();
  }

  /** A line came: an event, or null for one that is none. */
  hear(event: { readonly kind: string } | null): void {
    const now = performance.now();
    this.#silence.hear(event, now - this.#heardAt);
    this.#heardAt = now;
    clearTimeout(this.#timer);
    this.#timer = this.#wait();
  }

  end(): void {
    clearTimeout(this.#timer);
  }

  #wait(): NodeJS.Timeout {
    const { limitMs } = this.#silence;
    return setTimeout(() => {
      this.#timer = setTimeout(() => this.#bark(limitMs), Math.min(listenMs, limitMs));
    }, limitMs);
  }
}
