import { lexicon, openingLength } from "./lexicon.ts";
import type { Segment } from "./segment.ts";
import type { Topic } from "./topic.ts";

/** A name's relation to a description. All figures 0–1. */
export interface Relevance {
  readonly value: number;
  /** How many of its words are in the description, and how many are related without being in it. */
  readonly copied: number;
  readonly coined: number;
  /** True where no neutral ending is beside its words. */
  readonly bare: boolean;
}

const directWord = 0.8;
/** A coinage that only holds part of a related word is worth this share of the word. */
const coinageShare = 0.8;

/** A word of many concepts ("light", "spark") says less: 4 % less for each concept beyond the first. */
const specificity = (concepts: number) => Math.max(0.6, 1 - 0.04 * (concepts - 1));

/** How near a known word is to the topic: through the description itself or the concepts it activates. */
function wordRelatedness(word: string, topic: Topic): { related: number; direct: boolean } {
  const known = lexicon();
  const memberships = known.memberships.get(word) ?? [];
  const activations = memberships.map(({ concept }) => topic.activation.get(concept) ?? 0);
  const related = Math.max(0, ...activations) * specificity(memberships.length);
  const direct = topic.words.has(word) || topic.words.has(known.lemmas.get(word) ?? word);
  return { related: direct ? Math.max(directWord, related) : related, direct };
}

/** The length of the beginning that two words share. */
function sharedOpening(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length++;
  return length;
}

/**
 * How near a coinage is to the topic: a related word of four or more letters at either end (`breadventure`), or
 * at least half of a related word, four letters or more, as its beginning (`chocolina` and chocolate).
 */
function coinageRelatedness(coinage: string, topic: Topic): number {
  let best = 0;
  for (let length = coinage.length; length >= openingLength; length--) {
    for (const part of [coinage.slice(0, length), coinage.slice(-length)]) {
      best = Math.max(best, wordRelatedness(part, topic).related);
    }
  }
  for (const word of lexicon().openings.get(coinage.slice(0, openingLength)) ?? []) {
    if (sharedOpening(coinage, word) * 2 >= word.length) {
      best = Math.max(best, wordRelatedness(word, topic).related);
    }
  }
  return best * coinageShare;
}

/** A piece of a name with its relation to the topic. `content` false: an ending that finishes any name. */
interface JudgedSegment {
  readonly text: string;
  readonly related: number;
  readonly direct: boolean;
  readonly content: boolean;
}

/** Relatedness from which a word counts as explained by the topic. */
const relatedEnough = 0.2;

/** One run's pieces judged; a run with letters we do not know is judged as one coinage where that says more. */
function judgeRun(run: readonly Segment[], topic: Topic): JudgedSegment[] {
  const pieces = run.map(({ text, known }): JudgedSegment => {
    const near = known ? wordRelatedness(text, topic) : { related: 0, direct: false };
    const neutral = known && near.related < relatedEnough && lexicon().affixes.has(text);
    return { text, ...near, content: !neutral };
  });
  if (run.every(({ known }) => known)) return pieces;
  const text = run.map((segment) => segment.text).join("");
  const related = coinageRelatedness(text, topic);
  return related > Math.max(...pieces.map((piece) => piece.related))
    ? [{ text, related, direct: false, content: true }]
    : pieces;
}

/**
 * Relevance of a segmented name: 0.8 of its nearest word and 0.2 of its second, times 0.7 + 0.3 × the share of
 * its letters that are related or neutral.
 */
export function relevanceOf(runs: readonly (readonly Segment[])[], topic: Topic): Relevance {
  const judged = runs.flatMap((run) => judgeRun(run, topic));
  const [best = 0, second = 0] = judged.map(({ related }) => related).sort((a, b) => b - a);
  const lettersOf = (some: readonly JudgedSegment[]) => some.reduce((sum, { text }) => sum + text.length, 0);
  const explained = judged.filter(({ related, content }) => related >= relatedEnough || !content);
  const share = lettersOf(explained) / Math.max(1, lettersOf(judged));
  const content = judged.filter((word) => word.content);
  return {
    value: (0.8 * best + 0.2 * second) * (0.7 + 0.3 * share),
    copied: content.filter(({ direct }) => direct).length,
    coined: content.filter(({ direct }) => !direct).length,
    bare: content.length === judged.length,
  };
}

/** True where the name holds a word that no business name may hold. */
export function isInappropriate(runs: readonly (readonly Segment[])[]): boolean {
  const { inappropriate } = lexicon();
  return runs.flat().some(({ text }) => inappropriate.has(text));
}
