import { lexicon } from "./lexicon.ts";
import type { Segment } from "./segment.ts";

const floor = Math.log(1e-4);
let pairs: Map<string, number> | undefined;

/** Log-probability of each letter after the one before, over the lexicon's own lemmas (`^` before, `$` after). */
function letterPairs(): Map<string, number> {
  if (pairs !== undefined) return pairs;
  const counts = new Map<string, number>();
  const totals = new Map<string, number>();
  for (const lemma of new Set(lexicon().lemmas.values())) {
    const letters = `^${lemma.replace(/[^a-z]/g, "")}$`;
    for (let index = 1; index < letters.length; index++) {
      const before = letters[index - 1] ?? "";
      counts.set(before + letters[index], (counts.get(before + letters[index]) ?? 0) + 1);
      totals.set(before, (totals.get(before) ?? 0) + 1);
    }
  }
  pairs = new Map(
    [...counts].map(([pair, count]) => [pair, Math.log(count / (totals.get(pair[0] ?? "") ?? 1))]),
  );
  return pairs;
}

/**
 * How well a run of letters can be said, 0–1: its mean letter-pair log-probability against English words'
 * (−2.3 or better: 1; −4.2 or worse: 0), less for four consonants in a row and for a run without a vowel.
 */
function pronounceability(letters: string): number {
  if (letters.length === 0) return 0;
  const model = letterPairs();
  const padded = `^${letters}$`;
  let sum = 0;
  for (let index = 1; index < padded.length; index++) {
    sum += model.get(padded.slice(index - 1, index + 1)) ?? floor;
  }
  const mean = sum / (padded.length - 1);
  const likeness = Math.min(1, Math.max(0, (mean + 4.2) / 1.9));
  const cluster = /[bcdfghjklmnpqrstvwxz]{4}/.test(letters) ? 0.5 : 1;
  const voiced = /[aeiouy]/.test(letters) ? 1 : 0.3;
  return likeness * cluster * voiced;
}

/** Known words can be said; other letters by their pronounceability; weighted by letters, 0–1. */
export function sayability(segments: readonly Segment[]): number {
  const letters = segments.reduce((sum, { text }) => sum + text.length, 0);
  if (letters === 0) return 0;
  const weighted = segments.map(({ text, known }) => text.length * (known ? 1 : pronounceability(text)));
  return weighted.reduce((sum, value) => sum + value, 0) / letters;
}

/** Conciseness by length in characters: 1 up to 12, falling to 0 at 28 and beyond. */
export function conciseness(name: string): number {
  return Math.min(1, Math.max(0, (28 - name.length) / 16));
}
