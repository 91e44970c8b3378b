import type { NameProbability } from "../../schema/inference.ts";
import { greedyDecoding, type PoolDecoding } from "../../schema/result.ts";
import { nameSimilarity } from "../dataset/nameSimilarity.ts";
import { completionOf, parseCompletion } from "../naming/completion.ts";
import { isValidName } from "../naming/names.ts";
import { namingBounds } from "../naming/rules.ts";

/**
 * The weight of a name's probability, with 1 − λ for its diversity. Both are on 0–1, the probability as the geometric mean
 * per token. At 0.7, a name that shares half its trigrams with a chosen one must be 0.21 more probable per token than one
 * that shares none. Probability leads, and variants of one name don't fill the list.
 */
const lambda = 0.7;

/** Eight completions at the temperature of sampled decoding. */
export const poolDecoding: PoolDecoding = {
  ...greedyDecoding,
  mode: "best-of-pool",
  temperature: 0.8,
  pool: { k: 8, lambda },
};

/** A completion's text, and the probability of each of its lines. */
export interface PooledCompletion {
  readonly text: string;
  readonly nameProbabilities: readonly (NameProbability | null)[];
}

interface PooledName {
  readonly name: string;
  readonly probability: NameProbability;
}

const compareNumbers = (one: NameProbability, other: NameProbability): number =>
  one.perToken - other.perToken || one.probability - other.probability;

/**
 * Returns the different valid names of all completions, ordered by name, each with its largest probability. A line without
 * a probability is left out, because it can't be ranked: it was cut off, or shares a token with its neighbor.
 */
function poolOf(completions: readonly PooledCompletion[], refusal: string | null): PooledName[] {
  const best = new Map<string, NameProbability>();
  for (const { text, nameProbabilities } of completions) {
    const { names } = parseCompletion(text, refusal);
    for (const [at, name] of names.entries()) {
      const probability = nameProbabilities[at] ?? null;
      if (probability === null || name === refusal || !isValidName(name)) continue;
      const before = best.get(name);
      if (before === undefined || compareNumbers(probability, before) > 0) best.set(name, probability);
    }
  }
  const pool = [...best].map(([name, probability]) => ({ name, probability }));
  return pool.sort((one, other) => (one.name < other.name ? -1 : 1));
}

/**
 * Takes up to five names by maximal marginal relevance (Carbonell and Goldstein, 1998): each time the one with the largest
 * λ · probability − (1 − λ) · similarity to the most similar name taken before. Of equals, the first one is taken.
 */
function byMarginalRelevance(pool: readonly PooledName[], weight: number): PooledName[] {
  const left = pool.map((one) => ({ ...one, similarity: 0 }));
  const taken: PooledName[] = [];
  const score = ({ probability, similarity }: (typeof left)[number]) =>
    weight * probability.perToken - (1 - weight) * similarity;
  while (taken.length < namingBounds.namesPerRow) {
    const [first, ...others] = left;
    if (first === undefined) break;
    const next = others.reduce((best, one) => (score(one) > score(best) ? one : best), first);
    left.splice(left.indexOf(next), 1);
    taken.push({ name: next.name, probability: next.probability });
    for (const one of left) one.similarity = Math.max(one.similarity, nameSimilarity(one.name, next.name));
  }
  return taken;
}

/**
 * Returns the answer to a row that isn't refused, from its completions. Fewer than five names make it malformed. Without
 * any name, its text is the first one that isn't a refusal, as it came, or every text where all are refusals.
 */
export function bestOfPool(
  completions: readonly PooledCompletion[],
  { weight, refusal }: { weight: number; refusal: string | null },
): PooledCompletion {
  const names = byMarginalRelevance(poolOf(completions, refusal), weight);
  if (names.length > 0) {
    return {
      text: completionOf(names.map(({ name }) => name)),
      nameProbabilities: names.map(({ probability }) => probability),
    };
  }
  const answer = completions.find(({ text }) => parseCompletion(text, refusal).outcome !== "refused");
  return (
    answer ?? {
      text: completionOf(completions.map(({ text }) => text)),
      nameProbabilities: completions.flatMap(({ nameProbabilities }) => nameProbabilities),
    }
  );
}
