import { wordsOf } from "../dataset/keywords.ts";
import { withoutAccents } from "../dataset/stem.ts";
import { Failure } from "../failure.ts";

/** Words that connect the words of a topic, such as "food and drink". A text about it may not have them. */
const connectives = new Set("a an and at for in of on or the to with".split(" "));

/** Returns what a word may be the plural of. */
function singularsOf(word: string): string[] {
  if (!/[^s]s$/.test(word)) return [];
  const singulars = [word.slice(0, -1)];
  if (word.endsWith("ies")) singulars.push(`${word.slice(0, -3)}y`);
  if (/(s|x|z|ch|sh|o)es$/.test(word)) singulars.push(word.slice(0, -2));
  return singulars;
}

/** Returns the verbs that a word with the ending "ing", "ed" or "er" may come from. */
function verbsOf(word: string): string[] {
  const stem = /^(.*[aeiouy].*)(?:ing|(?<!e)e[dr])$/.exec(word)?.[1];
  // Descriptions are full of "better", which has nothing to do with bets.
  if (stem === undefined || word === "better") return [];
  if (/([^aeiou])\1$/.test(stem)) return [stem, stem.slice(0, -1)];
  if (/[aeo]$/.test(stem)) return [stem];
  if (stem.endsWith("i")) return [stem, `${stem.slice(0, -1)}y`];
  // A short verb doubles its last letter, so "caring" comes from "care" and not from "car".
  if (/^[^aeiou]*[aeiou][^aeiouwxy]$/.test(stem)) return [`${stem}e`];
  return [stem, `${stem}e`];
}

/** Returns a word and what it may be an inflection of. */
function basesOf(word: string): string[] {
  const numbers = [word, ...singularsOf(word)];
  return [...numbers, ...numbers.flatMap(verbsOf)];
}

/**
 * Returns a topic's words, as the bases of each.
 * @throws Failure `usage` for a topic without words, or with letters that can't be compared
 */
function topicBases(topic: string): string[][] {
  const words = wordsOf(topic).filter((word) => !connectives.has(word));
  const others = withoutAccents(topic).replaceAll(/[a-z0-9]/g, "");
  if (words.length > 0 && !/[\p{L}\p{N}]/u.test(others)) return words.map(basesOf);
  throw new Failure("usage", `rows can't be checked for the omitted topic ${JSON.stringify(topic)}`, {
    hint: "Write topics as English words, such as gambling or pet care. Nothing was written.",
  });
}

/**
 * Returns a function that finds the first omitted topic in a text, or null. A text is about a topic if it contains every
 * word of it, also with other regular endings: "gamblers" for "gambling". It recognizes words, not meanings: "poodle"
 * isn't about "dogs".
 * @throws Failure `usage` for a topic that can't be recognized
 */
export function omittedTopicIn(omit: readonly string[]): (text: string) => string | null {
  const topics = omit.map((topic) => ({ topic, words: topicBases(topic) }));
  return (text) => {
    if (topics.length === 0) return null;
    const own = new Set(wordsOf(text).flatMap(basesOf));
    const isIn = (bases: readonly string[]) => bases.some((base) => own.has(base));
    return topics.find(({ words }) => words.every(isIn))?.topic ?? null;
  };
}
