/** How a call ended: `limited` means that the endpoint was overloaded; `neutral` says nothing about its load. */
export type CallOutcome = "replied" | "limited" | "neutral";

/** Up to this share of limited calls is tolerated as noise. Lower concurrency would cost more. */
const tolerated = 0.08;

/** Weight of the newest window in the share of limited calls: DCTCP's g, but larger, because we have few windows. */
const gain = 1 / 4;

/**
 * Limits concurrent calls by additive increase and multiplicative decrease (Chiu and Jain 1989). The decrease is
 * proportional to the share of limited calls (DCTCP, RFC 8257): a single 429 costs nothing, a recurring one a little,
 * and a window that is refused as a whole halves the limit. The limit doubles per window until the first limited call.
 *
 * Counts calls and doesn't use a clock. A window has as many outcomes as there were slots at its start, and ignores
 * calls that were sent earlier.
 */
export class ConcurrencyLimit {
  readonly #most: number;
  #limit: number;
  #window = 0;
  #size: number;
  #seen = 0;
  #limited = 0;
  #share = 0;
  #starting = true;

  /** Both at least 1. */
  constructor({ start, most }: { readonly start: number; readonly most: number }) {
    this.#most = Math.max(1, most);
    this.#limit = Math.min(Math.max(1, start), this.#most);
    this.#size = this.slots;
  }

  /** Whole calls at once, from 1 to `most`. */
  get slots(): number {
    return Math.round(this.#limit);
  }

  /** Must be called when a call is sent. Returns the window to pass to `ended`. */
  sent(): number {
    return this.#window;
  }

  ended(window: number, outcome: CallOutcome): void {
    // The limit was already adjusted for calls of an earlier window.
    if (window !== this.#window || outcome === "neutral") return;
    this.#seen += 1;
    if (outcome === "limited") this.#limited += 1;
    else if (this.#starting && this.#limited === 0) this.#limit = Math.min(this.#most, this.#limit + 1);
    if (this.#seen >= this.#size) this.#adjust(outcome);
  }

  #adjust(last: "replied" | "limited"): void {
    const share = this.#limited / this.#seen;
    this.#share += gain * (share - this.#share);
    if (this.#limited > 0) this.#starting = false;
    // A majority of a window counts at once, and a smaller share only when it recurs.
    const believed = share >= 0.5 ? share : this.#share;
    if (this.#limited > 0 && believed > tolerated)
      this.#limit = Math.max(1, this.#limit * (1 - believed / 2));
    // A tolerated refusal that closes a window must not increase the limit.
    else if (!this.#starting && last === "replied") this.#limit = Math.min(this.#most, this.#limit + 1);
    this.#window += 1;
    this.#size = this.slots;
    this.#seen = 0;
    this.#limited = 0;
  }
}
