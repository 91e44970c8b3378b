import { normalise, shinglesOf } from "./shingles.ts";

/** From this Jaccard similarity of their five-character shingles on, two descriptions are nearly the same. */
export const NEAR_DUPLICATE_THRESHOLD = 0.6;

/** A text that is equal or similar to another; `index` counts from 0, `similarity` is 1 for equal texts. */
export interface Neighbour {
  readonly index: number;
  readonly similarity: number;
  /** Equal after normalisation. */
  readonly exact: boolean;
}

/** Size of the intersection of two ascending lists without repetitions. */
function sharedCount(a: Uint32Array, b: Uint32Array): number {
  let shared = 0;
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const left = a[i] ?? 0;
    const right = b[j] ?? 0;
    if (left === right) shared += 1;
    if (left <= right) i += 1;
    if (right <= left) j += 1;
  }
  return shared;
}

function jaccardOfRanks(a: Uint32Array, b: Uint32Array): number {
  const shared = sharedCount(a, b);
  const union = a.length + b.length - shared;
  return union === 0 ? 0 : shared / union;
}

/** Jaccard similarity (shared ÷ all) of two descriptions' shingles after normalisation: 0 … 1. */
export function similarityOf(a: string, b: string): number {
  const left = shinglesOf(normalise(a));
  const right = shinglesOf(normalise(b));
  const shared = [...left].filter((shingle) => right.has(shingle)).length;
  const union = left.size + right.size - shared;
  return union === 0 ? 0 : shared / union;
}

/** Gives each shingle a rank, the rarest first: rare ones tell most. Ties keep the order of appearance. */
function rankShingles(sets: readonly Set<string>[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const set of sets) for (const shingle of set) counts.set(shingle, (counts.get(shingle) ?? 0) + 1);
  const ranked = [...counts].sort(([, a], [, b]) => a - b);
  return new Map(ranked.map(([shingle], rank) => [shingle, rank]));
}

/**
 * All neighbours at or above the threshold, exactly and without comparing every pair: prefix filtering (Chaudhuri
 * et al. 2006, Bayardo et al. 2007). With shingles in one global order, two sets of similarity ≥ t share one
 * among the first |x| − ⌈t|x|⌉ + 1 of each; only pairs that do are compared. Unlike MinHash it misses none.
 */
export class SimilarityIndex {
  readonly #ranks: readonly Uint32Array[];
  readonly #normalised: readonly string[];
  readonly #threshold: number;
  /** Members by each shingle of their prefix. */
  readonly #byShingle = new Map<number, number[]>();
  readonly #byText = new Map<string, number[]>();

  /** `texts` are all that will be added or asked for, by their index; nothing is a member yet. */
  constructor(texts: readonly string[], threshold = NEAR_DUPLICATE_THRESHOLD) {
    this.#threshold = threshold;
    this.#normalised = texts.map(normalise);
    const sets = this.#normalised.map(shinglesOf);
    const ranks = rankShingles(sets);
    this.#ranks = sets.map((set) => Uint32Array.from(set, (shingle) => ranks.get(shingle) ?? 0).sort());
  }

  #prefix(index: number): Uint32Array {
    const ranks = this.#ranks[index] ?? new Uint32Array();
    // The small term keeps 0.6 · 5 = 3.0000000000000004 from becoming 4.
    return ranks.subarray(0, ranks.length - Math.ceil(this.#threshold * ranks.length - 1e-9) + 1);
  }

  /** Makes a text a member. */
  add(index: number): void {
    const text = this.#normalised[index] ?? "";
    const same = this.#byText.get(text);
    if (same !== undefined) {
      same.push(index);
      return; // Its shingles are in the index already.
    }
    this.#byText.set(text, [index]);
    for (const shingle of this.#prefix(index)) {
      const members = this.#byShingle.get(shingle);
      if (members === undefined) this.#byShingle.set(shingle, [index]);
      else members.push(index);
    }
  }

  /** The members equal to a text after normalisation, in the order they were added; an empty text has none. */
  equals(index: number): readonly number[] {
    const text = this.#normalised[index] ?? "";
    return text === "" ? [] : (this.#byText.get(text) ?? []);
  }

  /** The member that stands for all which are equal to it: the first added. Most similar first, then by index. */
  similar(index: number): Neighbour[] {
    const ranks = this.#ranks[index] ?? new Uint32Array();
    const candidates = new Set(
      [...this.#prefix(index)].flatMap((shingle) => this.#byShingle.get(shingle) ?? []),
    );
    const found: Neighbour[] = [];
    for (const member of candidates) {
      const other = this.#ranks[member] ?? new Uint32Array();
      const [short, long] =
        ranks.length < other.length ? [ranks.length, other.length] : [other.length, ranks.length];
      if (short < this.#threshold * long || this.#normalised[member] === this.#normalised[index]) continue;
      const similarity = jaccardOfRanks(ranks, other);
      if (similarity >= this.#threshold) found.push({ index: member, similarity, exact: false });
    }
    return found.sort((a, b) => b.similarity - a.similarity || a.index - b.index);
  }

  /** All members equal or similar to a text: the equal ones first, then the most similar. */
  neighbours(index: number): Neighbour[] {
    const equal = this.equals(index).map(
      (member): Neighbour => ({ index: member, similarity: 1, exact: true }),
    );
    const near = this.similar(index).flatMap(({ index: first, similarity }) =>
      this.equals(first).map((member): Neighbour => ({ index: member, similarity, exact: false })),
    );
    return [...equal, ...near];
  }

  /** The earliest equal member, else the most similar one; null where there is neither. */
  nearest(index: number): Neighbour | null {
    const [equal] = this.equals(index);
    return equal === undefined
      ? (this.similar(index)[0] ?? null)
      : { index: equal, similarity: 1, exact: true };
  }
}

/** For each text its nearest earlier one (equal, else most similar at or above the threshold), or null. */
export function nearestEarlier(
  texts: readonly string[],
  threshold = NEAR_DUPLICATE_THRESHOLD,
): (Neighbour | null)[] {
  const index = new SimilarityIndex(texts, threshold);
  return texts.map((_, at) => {
    const nearest = index.nearest(at);
    index.add(at);
    return nearest;
  });
}
