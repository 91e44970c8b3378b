/** A table of so many slots is allocated first; it grows by half when five sixths are taken. */
const FIRST_SLOTS = 1024;
const GROWTH = 1.5;
const EMPTY = -1;

/**
 * Numbers (53-bit hashes) with a number each, in typed arrays with open addressing: 14 to 22 bytes an entry, where a
 * `Map` of texts takes a hundred and more.
 */
export class HashTable {
  #keys = new Float64Array(FIRST_SLOTS).fill(EMPTY);
  #values = new Uint32Array(FIRST_SLOTS);
  #size = 0;

  /** How many different keys there are. */
  get size(): number {
    return this.#size;
  }

  /** The value of a key that is there; else null, and it gets this one (0 … 2³²−1) unless the table is `full`. */
  getOrPut(key: number, value: number, full = false): number | null {
    const slot = this.#slotOf(key);
    if (this.#keys[slot] === key) return this.#values[slot] ?? 0;
    if (full) return null;
    this.#keys[slot] = key;
    this.#values[slot] = value;
    this.#size += 1;
    if (this.#size * 6 > this.#keys.length * 5) this.#grow();
    return null;
  }

  /** Where a key is, or would be. */
  #slotOf(key: number): number {
    const slots = this.#keys.length;
    // The hash's share of its range: any number of slots will do.
    let slot = Math.floor((key / 2 ** 53) * slots);
    while (this.#keys[slot] !== EMPTY && this.#keys[slot] !== key) slot = slot + 1 === slots ? 0 : slot + 1;
    return slot;
  }

  #grow(): void {
    const [keys, values] = [this.#keys, this.#values];
    const slots = Math.ceil(keys.length * GROWTH);
    this.#keys = new Float64Array(slots).fill(EMPTY);
    this.#values = new Uint32Array(slots);
    for (let at = 0; at < keys.length; at += 1) {
      const key = keys[at] ?? EMPTY;
      if (key === EMPTY) continue;
      const slot = this.#slotOf(key);
      this.#keys[slot] = key;
      this.#values[slot] = values[at] ?? 0;
    }
  }
}
