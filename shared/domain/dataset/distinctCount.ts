import type { Distinct } from "../../schema/diversity.ts";

/** How many units the size-independent share is of. */
const DRAWN = 400;

/** Counts units, such as words, and how many different ones there are. */
export class DistinctCount {
  readonly #counts = new Map<string, number>();
  #total = 0;

  add(unit: string): void {
    this.#counts.set(unit, (this.#counts.get(unit) ?? 0) + 1);
    this.#total += 1;
  }

  distinct(): Distinct {
    const different = this.#counts.size;
    return {
      total: this.#total,
      different,
      share: this.#total === 0 ? null : different / this.#total,
      // The sum of many rounded probabilities may exceed the whole by a rounding.
      per400: this.#total < DRAWN ? null : Math.min(1, this.#expectedDifferent() / DRAWN),
    };
  }

  /**
   * Expected number of different units among {@link DRAWN} of them drawn without replacement (rarefaction, Hurlbert
   * 1971): a unit seen f times is missed with the probability ∏ (N − k − i) / (N − i), i = 0 … f − 1.
   */
  #expectedDifferent(): number {
    let expected = 0;
    for (const seen of this.#counts.values()) {
      let missed = 1;
      for (let at = 0; at < seen && missed > 0; at += 1)
        missed *= Math.max(0, this.#total - DRAWN - at) / (this.#total - at);
      expected += 1 - missed;
    }
    return expected;
  }
}

/** Adds units to one count and pairs of neighbors to another. */
export function addWithPairs(units: readonly string[], single: DistinctCount, pairs: DistinctCount): void {
  for (const [at, unit] of units.entries()) {
    single.add(unit);
    const next = units[at + 1];
    if (next !== undefined) pairs.add(`${unit} ${next}`);
  }
}
