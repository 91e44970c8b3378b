import { bandKeys, MinHashBuckets } from "./minHash.ts";
import { jaccard, normalize, shinglesOf } from "./shingles.ts";

/** From this Jaccard similarity of their five-character shingles on, two descriptions are nearly the same. */
export const NEAR_DUPLICATE_THRESHOLD = 0.6;

/** A text that is equal or similar to another; `index` counts from 0, `similarity` is 1 for equal texts. */
export interface Neighbor {
  readonly index: number;
  readonly similarity: number;
  /** Equal after normalization. */
  readonly exact: boolean;
}

/** A text made ready for comparing. */
interface Signature {
  readonly normalized: string;
  readonly shingles: Uint32Array;
  readonly keys: Uint32Array;
}

function signatureOf(text: string): Signature {
  const normalized = normalize(text);
  const shingles = shinglesOf(normalized);
  return { normalized, shingles, keys: bandKeys(shingles) };
}

/**
 * Finds the members of a growing set that equal a text after normalization, or are similar to it at or above the
 * threshold. Candidates come from MinHash buckets, and each is verified by its exact Jaccard similarity.
 */
export class SimilarityIndex {
  readonly #buckets = new MinHashBuckets();
  readonly #byText = new Map<string, number[]>();
  readonly #members = new Map<number, Pick<Signature, "normalized" | "shingles">>();

  /** Makes a text a member under `index`. */
  add(index: number, text: string): void {
    this.#add(index, signatureOf(text));
  }

  #add(index: number, signature: Signature): void {
    const same = this.#byText.get(signature.normalized);
    if (same !== undefined) {
      same.push(index); // The first of equal texts stands for all.
      return;
    }
    this.#byText.set(signature.normalized, [index]);
    if (signature.normalized === "") return;
    const { normalized, shingles } = signature;
    this.#members.set(index, { normalized, shingles });
    this.#buckets.add(index, signature.keys);
  }

  /** The members equal to a text, in the order they were added; a text without letters or digits has none. */
  #equals(normalized: string): readonly number[] {
    return normalized === "" ? [] : (this.#byText.get(normalized) ?? []);
  }

  /** The similar members, of equal ones the first. Most similar first, then by index. */
  #similar({ normalized, shingles, keys }: Signature): Neighbor[] {
    if (normalized === "") return [];
    const found: Neighbor[] = [];
    for (const index of this.#buckets.candidates(keys)) {
      const member = this.#members.get(index);
      if (member === undefined || member.normalized === normalized) continue;
      const similarity = jaccard(shingles, member.shingles);
      if (similarity >= NEAR_DUPLICATE_THRESHOLD) found.push({ index, similarity, exact: false });
    }
    return found.sort((a, b) => b.similarity - a.similarity || a.index - b.index);
  }

  /** All members equal or similar to a text: the equal ones first, then the most similar. */
  neighbors(text: string): Neighbor[] {
    const signature = signatureOf(text);
    const equal = this.#equals(signature.normalized).map(
      (index): Neighbor => ({ index, similarity: 1, exact: true }),
    );
    const near = this.#similar(signature).flatMap(({ index, similarity }) =>
      this.#equals(this.#members.get(index)?.normalized ?? "").map((same) => ({
        index: same,
        similarity,
        exact: false,
      })),
    );
    return [...equal, ...near];
  }

  /** The first equal member, else the most similar one, else null; then makes the text a member. */
  nearestThenAdd(index: number, text: string): Neighbor | null {
    const signature = signatureOf(text);
    const [equal] = this.#equals(signature.normalized);
    const nearest =
      equal === undefined
        ? (this.#similar(signature)[0] ?? null)
        : { index: equal, similarity: 1, exact: true };
    this.#add(index, signature);
    return nearest;
  }
}

/** For each text its nearest earlier one (equal, else most similar at or above the threshold), or null. */
export function nearestEarlier(texts: readonly string[]): (Neighbor | null)[] {
  const index = new SimilarityIndex();
  return texts.map((text, at) => index.nearestThenAdd(at, text));
}
