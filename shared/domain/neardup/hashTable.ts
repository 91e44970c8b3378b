/** Initial slots of a part of the table; it grows by half when five sixths are used. */
const FIRST_SLOTS = 16;
const GROWTH = 1.5;
/** Parts that grow one by one: the whole table is never in memory twice. */
const PARTS = 64;
const EMPTY = -1;

/** One part of a table: open addressing in typed arrays. */
class TablePart {
  readonly #withValues: boolean;
  #keys = new Float64Array(FIRST_SLOTS).fill(EMPTY);
  #values: Uint32Array;
  size = 0;

  constructor(withValues: boolean) {
    this.#withValues = withValues;
    this.#values = new Uint32Array(withValues ? FIRST_SLOTS : 0);
  }

  getOrPut(key: number, value: number, full: boolean): number | null {
    const slot = this.#slotOf(key);
    if (this.#keys[slot] === key) return this.#values[slot] ?? 0;
    if (full) return null;
    this.#put(slot, key, value);
    this.size += 1;
    if (this.size * 6 > this.#keys.length * 5) this.#grow();
    return null;
  }

  /** Where a key is, or would be: by the hash's share of its range, so that any number of slots will do. */
  #slotOf(key: number): number {
    const slots = this.#keys.length;
    let slot = Math.floor((key / 2 ** 53) * slots);
    while (this.#keys[slot] !== EMPTY && this.#keys[slot] !== key) slot = slot + 1 === slots ? 0 : slot + 1;
    return slot;
  }

  #put(slot: number, key: number, value: number): void {
    this.#keys[slot] = key;
    if (this.#withValues) this.#values[slot] = value;
  }

  #grow(): void {
    const [keys, values] = [this.#keys, this.#values];
    const slots = Math.ceil(keys.length * GROWTH);
    this.#keys = new Float64Array(slots).fill(EMPTY);
    this.#values = new Uint32Array(this.#withValues ? slots : 0);
    for (let at = 0; at < keys.length; at += 1) {
      const key = keys[at] ?? EMPTY;
      if (key !== EMPTY) this.#put(this.#slotOf(key), key, values[at] ?? 0);
    }
  }
}

/**
 * Numbers (53-bit hashes), with a number each where `values` are asked for, in typed arrays: 10 to 15 bytes a key and
 * half as many more for its value, where a `Map` of texts takes a hundred and more.
 */
export class HashTable {
  readonly #parts: readonly TablePart[];
  #size = 0;

  constructor({ values = true } = {}) {
    this.#parts = Array.from({ length: PARTS }, () => new TablePart(values));
  }

  /** How many different keys there are. */
  get size(): number {
    return this.#size;
  }

  /**
   * The value of a key that is there (0 without values); else null, and it gets this one (0 … 2³²−1) unless the table
   * is `full`.
   */
  getOrPut(key: number, value: number, full = false): number | null {
    const part = this.#parts[key % PARTS];
    if (part === undefined) return null;
    const found = part.getOrPut(key, value, full);
    if (found === null && !full) this.#size += 1;
    return found;
  }
}
