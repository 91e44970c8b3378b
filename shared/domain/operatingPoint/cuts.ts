import type { Costs } from "../../schema/comparison.ts";
import type { LabeledScore } from "./scores.ts";

/** The different scores in descending order. Cut k refuses the rows of the first k scores; cut 0 refuses none. */
export interface Cuts {
  readonly scores: readonly number[];
  /** By row: the position of its score. */
  readonly placeOf: Uint32Array;
}

export function cutsOf(rows: readonly LabeledScore[]): Cuts {
  const scores = [...new Set(rows.map(({ score }) => score))].sort((one, other) => other - one);
  const places = new Map(scores.map((score, place) => [score, place]));
  return { scores, placeOf: Uint32Array.from(rows, ({ score }) => places.get(score) ?? 0) };
}

/** How many rows of each class have each of the cuts' scores. */
export interface ClassCounts {
  readonly harmful: Float64Array;
  readonly safe: Float64Array;
}

export function countsOf(rows: readonly LabeledScore[], { scores, placeOf }: Cuts): ClassCounts {
  const counts = { harmful: new Float64Array(scores.length), safe: new Float64Array(scores.length) };
  rows.forEach(({ harmful }, row) => {
    const of = harmful ? counts.harmful : counts.safe;
    const place = placeOf[row] as number;
    of[place] = (of[place] as number) + 1;
  });
  return counts;
}

/**
 * Writes the expected cost per row of every cut into `costs`, in traffic of which `harmfulShare` is harmful:
 * cost of a missed row · missed rate · share + cost of a false refusal · false-refusal rate · (1 − share).
 * Returns whether both classes are present; without one, nothing is written.
 */
export function costsOfCuts(
  { harmful, safe }: ClassCounts,
  { harmfulShare, costs: { falseNegative, falsePositive } }: { harmfulShare: number; costs: Costs },
  costs: Float64Array,
): boolean {
  let [allHarmful, allSafe] = [0, 0];
  for (let place = 0; place < harmful.length; place++) {
    allHarmful += harmful[place] as number;
    allSafe += safe[place] as number;
  }
  if (allHarmful === 0 || allSafe === 0) return false;
  const missed = (falseNegative * harmfulShare) / allHarmful;
  const refused = (falsePositive * (1 - harmfulShare)) / allSafe;
  let [caught, wrong] = [0, 0];
  for (let cut = 0; cut <= harmful.length; cut++) {
    costs[cut] = missed * (allHarmful - caught) + refused * wrong;
    caught += harmful[cut] as number;
    wrong += safe[cut] as number;
  }
  return true;
}

/** Returns the first cut that a threshold from 0 to 1 can apply: none answers a row whose probability is 1. */
function firstCut({ scores }: Pick<Cuts, "scores">): number {
  return scores[0] === 1 ? 1 : 0;
}

/** Returns the cut of least cost that a threshold can apply; of equals the one that refuses fewest rows. */
export function cheapestCut(cuts: Pick<Cuts, "scores">, costs: Float64Array): number {
  let best = firstCut(cuts);
  // A sum in another order can differ in its last digit, which must not decide.
  for (let cut = best + 1; cut < costs.length; cut++)
    if ((costs[cut] as number) < (costs[best] as number) - 1e-12) best = cut;
  return best;
}

/**
 * Returns ascending cuts for a curve: all, or about `most` evenly spaced ones with the ends and the chosen one among
 * them.
 */
export function curveCuts(scores: number, best: number, most: number): number[] {
  const step = Math.max(1, scores / most);
  const cuts = new Set([0, best, scores]);
  for (let place = 0; place <= scores; place += step) cuts.add(Math.round(place));
  return [...cuts].sort((one, other) => one - other);
}

/**
 * Returns a cut's threshold as the shortest decimal that refuses the same rows: the highest score that is refused, cut
 * off after as few digits as still lie above the next one. 0 refuses all. 1 refuses only rows whose probability is 1.
 */
export function thresholdOfCut({ scores }: Pick<Cuts, "scores">, cut: number): number {
  const lowest = cut === 0 ? 1 : (scores[cut - 1] as number);
  const next = scores[cut];
  if (next === undefined) return 0;
  for (let digits = 1; digits <= 15; digits++) {
    const short = Number((Math.floor(lowest * 10 ** digits) / 10 ** digits).toFixed(digits));
    if (short > next && short <= lowest) return short;
  }
  return lowest;
}
