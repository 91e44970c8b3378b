import type { SilenceLimit } from "../../../shared/domain/training/silence.ts";
import { patientTimeout } from "../async/patientTimeout.ts";

/** Calls `bark` once when no output arrives within the limit. */
export class Watchdog {
  readonly #silence: SilenceLimit;
  readonly #bark: (limitMs: number) => void;
  #heardAt = performance.now();
  #calm: () => void;

  constructor(silence: SilenceLimit, bark: (limitMs: number) => void) {
    this.#silence = silence;
    this.#bark = bark;
    this.#calm = this.#wait();
  }

  /** Resets the timer for a line: an event, or null for any other output. */
  hear(event: { readonly kind: string } | null): void {
    const now = performance.now();
    this.#silence.hear(event, now - this.#heardAt);
    this.#heardAt = now;
    this.#calm();
    this.#calm = this.#wait();
  }

  end(): void {
    this.#calm();
  }

  #wait(): () => void {
    const { limitMs } = this.#silence;
    return patientTimeout(limitMs, () => this.#bark(limitMs));
  }
}
