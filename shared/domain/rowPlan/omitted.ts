import { keywords } from "../dataset/keywords.ts";

/** Endings that are dropped, so that "gambling", "gambler" and "gambles" count as one word. */
const ending = /(ings?|ers?|ed|es|e|s|ies|y)$/;
/** The fewest letters that must remain of a word without its ending. */
const fewestLetters = 4;

/** Returns a word without a common English ending. Coarser than a stem, for recognizing topics only. */
function rootOf(word: string): string {
  const root = word.replace(ending, "");
  return root.length >= fewestLetters ? root : word;
}

const rootsOf = (text: string): string[] => keywords(text).map(rootOf);

/**
 * Returns a function that finds the first omitted topic in a text, or null. A text is about a topic if it contains every
 * content word of it in any inflection. It recognizes words, not meanings: "poodle" isn't about "dogs".
 */
export function omittedTopicIn(omit: readonly string[]): (text: string) => string | null {
  const topics = omit
    .map((topic) => ({ topic, roots: rootsOf(topic) }))
    .filter(({ roots }) => roots.length > 0);
  return (text) => {
    if (topics.length === 0) return null;
    const own = new Set(rootsOf(text));
    return topics.find(({ roots }) => roots.every((root) => own.has(root)))?.topic ?? null;
  };
}
