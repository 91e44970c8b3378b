import { type Segment, segmentLetters } from "../rulescore/segment.ts";
import { stemOf } from "./stem.ts";
import { contentWords } from "./topics.ts";

/** Shortest word of a description that counts as copied. */
const SHORTEST_WORD = 3;
/** Shortest stem that counts as copied inside a joined name: shorter ones are found in unrelated words. */
const SHORTEST_INSIDE = 4;

/** The content words of a description and their stems: what a name may copy. */
export function copyableWords(description: string): ReadonlySet<string> {
  const words = [...contentWords(description)].flatMap((word) => [word, stemOf(word)]);
  return new Set(words.filter((word) => word.length >= SHORTEST_WORD && /^[a-z]+$/.test(word)));
}

/** The pieces' texts. A single letter says nothing by itself, so it goes to the piece before it, or else after it. */
function withoutSingles(segments: readonly Segment[]): string[] {
  const pieces: string[] = [];
  for (const { text } of segments) {
    const last = pieces.at(-1);
    if (last !== undefined && (text.length === 1 || last.length === 1))
      pieces[pieces.length - 1] = last + text;
    else pieces.push(text);
  }
  return pieces;
}

/**
 * The word pieces of a name in order. Hyphens and digits divide it. A joined run of letters is divided into words that
 * the rule judge's lexicon or the description has; what is left between them is a piece too.
 */
export function piecesOf(name: string, words: ReadonlySet<string>): string[] {
  const runs = name.toLowerCase().match(/[a-z]+|\d+/g) ?? [];
  return runs.flatMap((run) => (/\d/.test(run) ? [run] : withoutSingles(segmentLetters(run, words))));
}

/** Whether a name contains a whole stem of its description: as a hyphenated part, or anywhere from four letters on. */
export function copiesStem(name: string, words: ReadonlySet<string>): boolean {
  const parts = name.toLowerCase().split("-");
  const joined = parts.join("");
  return (
    parts.some((part) => words.has(part) || words.has(stemOf(part))) ||
    [...words].some((word) => word.length >= SHORTEST_INSIDE && joined.includes(word))
  );
}

/** Whether a name without its hyphens can be read as words of its description and nothing else. */
export function copiesOnly(name: string, words: ReadonlySet<string>): boolean {
  const letters = name.toLowerCase().replaceAll("-", "");
  const reached = new Set([0]);
  // A set yields what is added while it is walked.
  for (const at of reached)
    for (const word of words) if (letters.startsWith(word, at)) reached.add(at + word.length);
  return letters !== "" && reached.has(letters.length);
}
