import { hash53 } from "./hash.ts";
import { HashTable } from "./hashTable.ts";
import { bandKeys, MinHashBuckets } from "./minHash.ts";
import { jaccard, normalize, shinglesOf } from "./shingles.ts";
import { NEAR_DUPLICATE_THRESHOLD } from "./similarity.ts";

/** What a search through a file of any size may hold. */
export interface SearchBounds {
  /** Descriptions among which equal ones are searched for. */
  readonly texts: number;
  /** Descriptions among which similar ones are searched for, and their shingles together. */
  readonly nearTexts: number;
  readonly nearShingles: number;
}

/** About 35 MB for equality and 35 MB for similarity. */
export const searchBounds: SearchBounds = {
  texts: 2_000_000,
  nearTexts: 30_000,
  nearShingles: 5_000_000,
};

/** More similar, or as similar and earlier. */
function isNearer(similarity: number, row: number, than: EarlierRow): boolean {
  return similarity > than.similarity || (similarity === than.similarity && row < than.row);
}

/** An earlier row that is equal or similar. */
export interface EarlierRow {
  readonly row: number;
  readonly similarity: number;
  readonly exact: boolean;
}

/**
 * As `SimilarityIndex.nearestThenAdd`, in bounded memory: no text is kept, equality is that of 53-bit hashes. After
 * the bounds rows are not remembered, and similar ones are no longer searched for.
 */
export class LeanNeighbors {
  readonly #bounds: SearchBounds;
  readonly #rows = new HashTable();
  readonly #buckets = new MinHashBuckets();
  readonly #members: { readonly row: number; readonly shingles: Uint32Array }[] = [];
  #shingles = 0;
  #bounded: { equal: number | null; near: number | null } = { equal: null, near: null };

  constructor(bounds: SearchBounds = searchBounds) {
    this.#bounds = bounds;
  }

  /** The first rows that were no longer remembered, for equality and for similarity; null: all were. */
  get bounded(): { readonly equal: number | null; readonly near: number | null } {
    return this.#bounded;
  }

  /** The first equal row, else the most similar one, else null; then remembers the row, within the bounds. */
  nearestThenAdd(row: number, text: string): EarlierRow | null {
    const normalized = normalize(text);
    if (normalized === "") return null;
    const full = this.#rows.size >= this.#bounds.texts;
    const equal = this.#rows.getOrPut(hash53(normalized), row, full);
    if (equal !== null) return { row: equal, similarity: 1, exact: true };
    if (full) this.#bounded.equal ??= row;
    if (this.#bounded.near !== null) return null;
    const shingles = shinglesOf(normalized);
    const keys = bandKeys(shingles);
    const nearest = this.#nearest(shingles, keys);
    this.#remember(row, shingles, keys);
    return nearest;
  }

  #nearest(shingles: Uint32Array, keys: Uint32Array): EarlierRow | null {
    let best: EarlierRow | null = null;
    for (const index of this.#buckets.candidates(keys)) {
      const member = this.#members[index];
      if (member === undefined) continue;
      const similarity = jaccard(shingles, member.shingles);
      if (similarity < NEAR_DUPLICATE_THRESHOLD) continue;
      if (best === null || isNearer(similarity, member.row, best)) {
        best = { row: member.row, similarity, exact: false };
      }
    }
    return best;
  }

  #remember(row: number, shingles: Uint32Array, keys: Uint32Array): void {
    const { nearTexts, nearShingles } = this.#bounds;
    if (this.#members.length >= nearTexts || this.#shingles + shingles.length > nearShingles) {
      this.#bounded.near ??= row;
      return;
    }
    this.#buckets.add(this.#members.length, keys);
    this.#members.push({ row, shingles });
    this.#shingles += shingles.length;
  }
}
