import { normalize } from "../neardup/shingles.ts";
import { stopWords } from "./stopWords.ts";

/** How many topics are listed. */
const TOPICS_SHOWN = 20;

/** The different content words of a description: at least three letters, no function word, no number. */
export function contentWords(description: string): Set<string> {
  const words = normalize(description).split(" ");
  return new Set(words.filter((word) => word.length >= 3 && !stopWords.has(word) && /\p{L}/u.test(word)));
}

/** Maximum number of distinct words counted; beyond it, the rarest half is dropped. */
const COUNTED_WORDS = 100_000;

/** Counts the descriptions that contain each content word, in bounded memory, so rare words may be dropped. */
export class TopicCount {
  readonly #counts = new Map<string, number>();

  add(description: string): void {
    for (const word of contentWords(description)) {
      const count = this.#counts.get(word);
      if (count !== undefined) this.#counts.set(word, count + 1);
      // A copy: a slice would keep the whole text that it was cut from in memory.
      else this.#counts.set(JSON.parse(JSON.stringify(word)) as string, 1);
    }
    if (this.#counts.size > COUNTED_WORDS) this.#forgetRarest();
  }

  /** The commonest words with their rows; ties by the alphabet. */
  top(shown = TOPICS_SHOWN): { word: string; rows: number }[] {
    return [...this.#counts]
      .map(([word, rows]) => ({ word, rows }))
      .sort((a, b) => b.rows - a.rows || (a.word < b.word ? -1 : 1))
      .slice(0, shown);
  }

  #forgetRarest(): void {
    const median = [...this.#counts.values()].sort((a, b) => a - b)[COUNTED_WORDS / 2] ?? 1;
    for (const [word, count] of this.#counts) if (count <= median) this.#counts.delete(word);
  }
}
