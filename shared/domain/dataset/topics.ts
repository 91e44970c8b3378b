import { normalise } from "../neardup/shingles.ts";
import { stopWords } from "./stopWords.ts";

/** How many topics are listed. */
export const TOPICS_SHOWN = 20;

/** The different content words of a description: at least three letters, no function word, no number. */
export function contentWords(description: string): Set<string> {
  const words = normalise(description).split(" ");
  return new Set(words.filter((word) => word.length >= 3 && !stopWords.has(word) && /\p{L}/u.test(word)));
}

/** The words that most descriptions share, with the number of rows; commonest first, ties by the alphabet. */
export function topicsOf(
  descriptions: readonly string[],
  shown = TOPICS_SHOWN,
): { word: string; rows: number }[] {
  const counts = new Map<string, number>();
  for (const description of descriptions) {
    for (const word of contentWords(description)) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return [...counts]
    .map(([word, rows]) => ({ word, rows }))
    .sort((a, b) => b.rows - a.rows || (a.word < b.word ? -1 : 1))
    .slice(0, shown);
}
