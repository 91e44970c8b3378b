/** Above this cosine of their embeddings, two descriptions say the same in other words. */
export const SAME_MEANING_COSINE = 0.85;

/** Returns the cosine of two vectors of the same length, −1 … 1; 0 if one of them is zero. */
export function cosine(a: readonly number[], b: readonly number[]): number {
  let dot = 0;
  let ownSquares = 0;
  let otherSquares = 0;
  for (const [at, own] of a.entries()) {
    const other = b[at] ?? 0;
    dot += own * other;
    ownSquares += own * own;
    otherSquares += other * other;
  }
  const norms = Math.sqrt(ownSquares * otherSquares);
  return norms === 0 ? 0 : dot / norms;
}
