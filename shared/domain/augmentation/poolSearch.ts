import type { AugmentationStep } from "../../schema/augmentation.ts";
import { cosine } from "../neardup/cosine.ts";
import type { PoolRow } from "./pool.ts";
import type { SliceWeakness } from "./weakness.ts";
import { rarityIn, topicStems } from "./wordGroups.ts";

type Ask = Omit<AugmentationStep, "slice" | "count">;

/** Finds the rows of a pool that serve a step of a plan. */
export interface PoolSearch {
  readonly pool: readonly PoolRow[];
  /** Of the rows that are left, in order, those that serve a step: for a group the most similar first. */
  candidates(step: Ask, left: readonly PoolRow[]): PoolRow[];
  /** Whether the pool has rows with the right answer for a weak slice or group. */
  covers(slice: SliceWeakness): boolean;
}

/** Safe rows in the words of a harmful topic. */
const NEIGHBOUR_SLICE = "double-meaning";
/** The fewest words that a group and a subject share, unless the group has fewer. One can be chance. */
const fewestShared = 2;

export function createPoolSearch(pool: readonly PoolRow[]): PoolSearch {
  const subjects = subjectsOf(pool);
  return {
    pool,
    candidates: ({ words, ...step }, left) =>
      words === undefined
        ? left.filter((row) => servesStep(row, step))
        : similarRows(subjects, words, step.kind, left),
    covers: ({ slice, label, group }) =>
      group === undefined
        ? pool.some((row) => row.slice === slice && isRefusal(row) === (label === "harmful"))
        : similarRows(subjects, group.words, label === "harmful" ? "refusal" : "safe", pool).length > 0,
  };
}

const isRefusal = ({ suggestions }: PoolRow): boolean => suggestions.length === 0;

/** Whether a pool row can serve a step of a slice: right answer, slice, and for a neighbour the topic. */
function servesStep(row: PoolRow, step: Omit<Ask, "words">): boolean {
  const { slice, topic } = row;
  if (isRefusal(row) !== (step.kind === "refusal")) return false;
  if (step.kind !== "neighbour") return slice === poolSliceOf(step);
  return slice === NEIGHBOUR_SLICE && (step.topic === null || topic === step.topic);
}

/** The slice of the pool that a refusal or an ordinary safe row comes from. */
function poolSliceOf({ topic, constraint, length }: Omit<Ask, "words">): string {
  return constraint ?? topic ?? (length === "ultra-long" ? length : "everyday");
}

/** What pool rows are about: their topic, else their slice. A single row has too few words to be found by. */
interface Subject {
  readonly name: string;
  readonly refusals: boolean;
  /** The share of the subject's rows with a word × the word's rarity in the pool. */
  readonly weights: ReadonlyMap<string, number>;
}

const subjectName = ({ topic, slice }: PoolRow): string => topic ?? slice;

function subjectsOf(pool: readonly PoolRow[]): { subjects: Subject[]; rarity: (word: string) => number } {
  const stems = new Map(pool.map((row) => [row, stemsOf(row)]));
  const rarity = rarityIn([...stems.values()]);
  const subjects = [...Map.groupBy(pool, subjectName)].map(([name, rows]): Subject => {
    const weights = new Map<string, number>();
    for (const word of rows.flatMap((row) => [...(stems.get(row) ?? [])])) {
      weights.set(word, (weights.get(word) ?? 0) + rarity(word) / rows.length);
    }
    return { name, refusals: rows.some(isRefusal), weights };
  });
  return { subjects, rarity };
}

/** The words of a row's description and of its subject's name. */
const stemsOf = (row: PoolRow): Set<string> => topicStems(`${row.description} ${subjectName(row)}`);

/**
 * Rows of the subjects that share at least two words with a group, by the cosine of the words' weights, then by the
 * words that the row itself shares, then in the order given. Refusals and their neighbours come from subjects that have
 * refusals.
 */
function similarRows(
  { subjects, rarity }: ReturnType<typeof subjectsOf>,
  words: readonly string[],
  kind: AugmentationStep["kind"],
  rows: readonly PoolRow[],
): PoolRow[] {
  const shared = (own: { has(word: string): boolean }) => words.filter((word) => own.has(word));
  const nearest = new Map(
    subjects
      .filter(({ refusals }) => refusals || kind === "safe")
      .filter(({ weights }) => shared(weights).length >= Math.max(1, Math.min(fewestShared, words.length)))
      .map(({ name, weights }) => [name, cosineOf(words, weights, rarity)]),
  );
  return rows
    .filter((row) => nearest.has(subjectName(row)) && isRefusal(row) === (kind === "refusal"))
    .map((row) => ({
      row,
      similarity: nearest.get(subjectName(row)) ?? 0,
      own: shared(stemsOf(row)).length,
    }))
    .sort((one, other) => other.similarity - one.similarity || other.own - one.own)
    .map(({ row }) => row);
}

function cosineOf(
  words: readonly string[],
  weights: ReadonlyMap<string, number>,
  rarity: (word: string) => number,
): number {
  const all = [...new Set([...words, ...weights.keys()])];
  const asked = new Set(words);
  return cosine(
    all.map((word) => (asked.has(word) ? rarity(word) : 0)),
    all.map((word) => weights.get(word) ?? 0),
  );
}
