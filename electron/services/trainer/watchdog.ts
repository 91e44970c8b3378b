import type { SilenceLimit } from "../../../shared/domain/training/silence.ts";
import { patientTimeout } from "../async/patientTimeout.ts";

/** Barks once, when nothing was heard for as long as the limit allows. */
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

  /** A line came: an event, or null for one that is none. */
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
