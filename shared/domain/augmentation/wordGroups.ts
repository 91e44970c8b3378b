import { keywords } from "../dataset/keywords.ts";
import { stemOf } from "../dataset/stem.ts";
import { stopWords } from "../dataset/stopWords.ts";
import { contentWords } from "../dataset/topics.ts";
import { groupsOf } from "../neardup/groups.ts";
import { normalize } from "../neardup/shingles.ts";

/** Rows that are about the same words. */
export interface WordGroup<Row> {
  /** At most eight, the most typical first. Empty where the descriptions have no content words. */
  readonly words: readonly string[];
  readonly rows: readonly Row[];
}

/** Number of words that describe a group to a writer. */
const describingWords = 8;

/**
 * The stems of a description's content words, in any script. Of English words, those that say nothing about a business
 * are left out.
 */
export function topicStems(description: string): Set<string> {
  const telling = (word: string) => !/^[a-z]+$/.test(word) || keywords(word).length > 0;
  const stems = [...contentWords(description)].filter(telling).map(stemOf);
  return new Set(stems.filter((stem) => telling(stem) && !stopWords.has(stem)));
}

/** Returns ln((1 + n) / rows with the word): 0 would be a word of every row and one more. */
export function rarityIn(texts: readonly ReadonlySet<string>[]): (word: string) => number {
  const rows = new Map<string, number>();
  for (const words of texts) for (const word of words) rows.set(word, (rows.get(word) ?? 0) + 1);
  return (word) => Math.log((1 + texts.length) / (rows.get(word) ?? 1));
}

/** Near-duplicate rows with all their words. */
interface Cluster<Row> {
  readonly rows: Row[];
  readonly words: ReadonlySet<string>;
}

/**
 * Groups rows by near-duplicates, then by shared words: repeatedly, the word with the highest count of remaining
 * clusters × rarity takes all clusters that contain it, if they are two or more. What shares no word stays on its own.
 * `background`: the descriptions among which a word's rarity counts. The order of the rows doesn't matter.
 */
export function wordGroups<Row extends { readonly row: number; readonly description: string }>(
  rows: readonly Row[],
  background: readonly string[],
): WordGroup<Row>[] {
  const rarity = rarityIn(background.map(topicStems));
  let open = clustersOf(rows);
  const groups: Row[][] = [];
  for (;;) {
    const word = ranked(open, rarity).find(({ count }) => count > 1)?.word;
    if (word === undefined) break;
    groups.push(open.filter(({ words }) => words.has(word)).flatMap((cluster) => cluster.rows));
    open = open.filter(({ words }) => !words.has(word));
  }
  return [...groups, ...open.map((cluster) => cluster.rows)].map((members) => ({
    rows: members.toSorted((one, other) => one.row - other.row),
    words: ranked(
      members.map(({ description }) => ({ words: topicStems(description) })),
      rarity,
    )
      .slice(0, describingWords)
      .map(({ word }) => word),
  }));
}

function clustersOf<Row extends { readonly row: number; readonly description: string }>(
  rows: readonly Row[],
): Cluster<Row>[] {
  // A near-duplicate group depends on the order of its texts, so the order is made the texts' own.
  const sorted = rows
    .map((row) => ({ row, text: normalize(row.description) }))
    .sort((one, other) => compareTexts(one.text, other.text) || one.row.row - other.row.row);
  const ids = groupsOf(sorted.map(({ text }) => text));
  const byId = Map.groupBy(sorted, (_, at) => ids[at] ?? "");
  return [...byId.values()].map((members) => ({
    rows: members.map(({ row }) => row),
    words: new Set(members.flatMap(({ text }) => [...topicStems(text)])),
  }));
}

/** The words of texts by count × rarity, the highest first; of equal ones the longest, then by the alphabet. */
function ranked(
  texts: readonly { readonly words: ReadonlySet<string> }[],
  rarity: (word: string) => number,
): { word: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const { words } of texts) for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts]
    .map(([word, count]) => ({ word, count, score: count * rarity(word) }))
    .sort(
      (one, other) =>
        other.score - one.score || other.word.length - one.word.length || compareTexts(one.word, other.word),
    );
}

/** By code units, so that the order is the same under every locale. */
const compareTexts = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
