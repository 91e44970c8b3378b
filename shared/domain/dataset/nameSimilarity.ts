import type { Similarity } from "../../schema/diversity.ts";
import { jaccard } from "../neardup/shingles.ts";
import { below, type Random } from "../random.ts";

/** Pairs of names from different rows that are compared at most. */
const MOST_PAIRS = 50_000;

const TRIGRAM = 3;

/** The three-character runs of a name without its hyphens; a shorter name is its own only run. */
export function trigramsOf(name: string): string[] {
  const letters = name.toLowerCase().replaceAll("-", "");
  if (letters.length <= TRIGRAM) return letters === "" ? [] : [letters];
  return Array.from({ length: letters.length - TRIGRAM + 1 }, (_, at) => letters.slice(at, at + TRIGRAM));
}

/** Numbers trigrams, so that two names are compared as ascending lists of numbers. */
class Trigrams {
  readonly #numbers = new Map<string, number>();

  of(name: string): Uint32Array {
    const numbers = trigramsOf(name).map((run) => {
      const known = this.#numbers.get(run) ?? this.#numbers.size;
      this.#numbers.set(run, known);
      return known;
    });
    return Uint32Array.from(new Set(numbers)).sort();
  }
}

/** The Jaccard similarity (0–1) of the trigrams of two names, without hyphens. */
export function nameSimilarity(one: string, other: string): number {
  const trigrams = new Trigrams();
  return jaccard(trigrams.of(one), trigrams.of(other));
}

interface Pair {
  readonly one: Uint32Array;
  readonly other: Uint32Array;
}

function mean(pairs: Iterable<Pair>, drawn: boolean): Similarity {
  let sum = 0;
  let count = 0;
  for (const { one, other } of pairs) {
    sum += jaccard(one, other);
    count += 1;
  }
  return { pairs: count, mean: count === 0 ? null : sum / count, drawn };
}

/**
 * The mean similarity of names within a row and across rows: the Jaccard similarity of their character trigrams
 * (shared ÷ all, 0–1) without hyphens. Within rows over all pairs. Across rows over all pairs, or a sample of
 * {@link MOST_PAIRS} that `random` determines.
 */
export function nameSimilarities(
  rows: readonly (readonly string[])[],
  random: Random,
): { withinRow: Similarity; acrossRows: Similarity } {
  const trigrams = new Trigrams();
  const sets = rows.map((names) => names.map((name) => trigrams.of(name)));
  const all = sets.flatMap((own, row) => own.map((set) => ({ row, set })));
  const across = sets.reduce((left, own) => left - pairCount(own.length), pairCount(all.length));
  return {
    withinRow: mean(innerPairs(sets), false),
    acrossRows: across > MOST_PAIRS ? mean(drawnPairs(all, random), true) : mean(crossPairs(all), false),
  };
}

const pairCount = (names: number): number => (names * (names - 1)) / 2;

function* innerPairs(rows: readonly (readonly Uint32Array[])[]): Generator<Pair> {
  for (const own of rows)
    for (const [at, one] of own.entries()) for (const other of own.slice(at + 1)) yield { one, other };
}

interface RowSet {
  readonly row: number;
  readonly set: Uint32Array;
}

function* crossPairs(all: readonly RowSet[]): Generator<Pair> {
  for (const [at, one] of all.entries())
    for (const other of all.slice(at + 1))
      if (one.row !== other.row) yield { one: one.set, other: other.set };
}

function* drawnPairs(all: readonly RowSet[], random: Random): Generator<Pair> {
  for (let left = MOST_PAIRS; left > 0; ) {
    const one = all[below(random, all.length)];
    const other = all[below(random, all.length)];
    if (one === undefined || other === undefined || one.row === other.row) continue;
    left -= 1;
    yield { one: one.set, other: other.set };
  }
}
