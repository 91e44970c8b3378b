/** How one call ended, to the concurrency: `limited`: the endpoint had too much of us; `neutral`: it says nothing. */
export type CallOutcome = "replied" | "limited" | "neutral";

/** Up to this share of limited calls is noise, and costs less than fewer calls at once would. */
const tolerated = 0.08;

/** Weight of the newest window in the share of limited calls (DCTCP's g; larger, since our windows are few). */
const gain = 1 / 4;

/**
 * How many calls may be under way at once: additive increase, multiplicative decrease (Chiu and Jain 1989), the
 * decrease in proportion to the share of limited calls (DCTCP, RFC 8257): a stray 429 costs nothing, one that recurs
 * a little, and a window that is refused as a whole halves. Doubles per window until the first limited call.
 * Pure: it counts calls and knows no time. A window is as many outcomes as there were slots when it began; calls
 * that were sent before it do not count again.
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

  /** To be called when a call is sent; what it returns is handed back with the call's outcome. */
  sent(): number {
    return this.#window;
  }

  ended(window: number, outcome: CallOutcome): void {
    // Sent before the last adjustment: what it has to say was already acted upon.
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
    // What most of a window says is believed at once, less than that only as it recurs.
    const believed = share >= 0.5 ? share : this.#share;
    if (this.#limited > 0 && believed > tolerated)
      this.#limit = Math.max(1, this.#limit * (1 - believed / 2));
    // A refusal never grows it, not even one that is noise and happens to close the window.
    else if (!this.#starting && last === "replied") this.#limit = Math.min(this.#most, this.#limit + 1);
    this.#window += 1;
    this.#size = this.slots;
    this.#seen = 0;
    this.#limited = 0;
  }
}
