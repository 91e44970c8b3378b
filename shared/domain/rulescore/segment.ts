import { lexicon } from "./lexicon.ts";

/** A piece of a name. `known` false: letters that are no word we know. */
export interface Segment {
  readonly text: string;
  readonly known: boolean;
}

function isKnown(text: string, descriptionWords: ReadonlySet<string>): boolean {
  const { memberships, affixes, everyday, inappropriate } = lexicon();
  if (text.length < 3) return affixes.has(text);
  return (
    inappropriate.has(text) ||
    memberships.has(text) ||
    affixes.has(text) ||
    everyday.has(text) ||
    descriptionWords.has(text)
  );
}

/** Words of two letters are worth little, so that they are found only where nothing longer is. */
const worthOf = (length: number) => (length === 2 ? 1 : length * length);
const longestWord = 16;

/**
 * Splits one run of letters into known words and what is left between them: of all ways the one with the
 * largest sum of squared word lengths (dynamic programming, longest words win).
 */
export function segmentLetters(letters: string, descriptionWords: ReadonlySet<string>): Segment[] {
  const best: number[] = [0];
  const from: number[] = [0];
  for (let end = 1; end <= letters.length; end++) {
    best[end] = best[end - 1] ?? 0;
    from[end] = end - 1;
    for (let start = Math.max(0, end - longestWord); start <= end - 2; start++) {
      const worth = (best[start] ?? 0) + worthOf(end - start);
      if (worth > (best[end] ?? 0) && isKnown(letters.slice(start, end), descriptionWords)) {
        best[end] = worth;
        from[end] = start;
      }
    }
  }
  const pieces: Segment[] = [];
  for (let end = letters.length; end > 0; end = from[end] ?? 0) {
    const start = from[end] ?? 0;
    const text = letters.slice(start, end);
    const after = pieces[0];
    const known = end - start > 1;
    if (!known && after !== undefined && !after.known) pieces[0] = { text: text + after.text, known: false };
    else pieces.unshift({ text, known });
  }
  return pieces;
}

/** A name's runs of letters (hyphens and digits divide it, digits are dropped), each in pieces. */
export function segmentName(name: string, descriptionWords: ReadonlySet<string>): Segment[][] {
  const runs = name.toLowerCase().match(/[a-z]+/g) ?? [];
  return runs.map((run) => segmentLetters(run, descriptionWords));
}
