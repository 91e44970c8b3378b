/** Shingles are runs of this many characters of the normalized text. */
const SHINGLE_LENGTH = 5;
/** Number of leading characters of a text that are shingled; equality compares the whole text. */
const COMPARED_CHARACTERS = 20_000;

/** NFKC, lower case, punctuation and white space collapsed to one space, none at the ends. */
export function normalize(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\p{P}\p{S}\p{Z}\p{C}\s]+/gu, " ")
    .trim();
}

/** FNV-1a over UTF-16 code units `from` to before `to`: a 32-bit number. */
function hashUnits(text: string, from: number, to: number): number {
  let hash = 0x811c9dc5;
  for (let at = from; at < to; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

/**
 * The different shingles of a normalized text as ascending 32-bit hashes; a shorter text is its own only shingle,
 * an empty one has none.
 */
export function shinglesOf(normalized: string): Uint32Array {
  const text = normalized.slice(0, COMPARED_CHARACTERS);
  if (text === "") return new Uint32Array();
  const shingles = new Set<number>();
  for (let at = 0; at === 0 || at + SHINGLE_LENGTH <= text.length; at += 1) {
    shingles.add(hashUnits(text, at, Math.min(at + SHINGLE_LENGTH, text.length)));
  }
  return Uint32Array.from(shingles).sort();
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

/** Jaccard similarity of two sets of shingles: shared ÷ all, 0 … 1; 0 for two empty ones. */
export function jaccard(a: Uint32Array, b: Uint32Array): number {
  const shared = sharedCount(a, b);
  const union = a.length + b.length - shared;
  return union === 0 ? 0 : shared / union;
}
