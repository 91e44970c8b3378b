import type { Figure, Scale } from "../../schema/comparison.ts";
import type { NameConfidence } from "../../schema/nameConfidence.ts";
import type { ResultRow } from "../../schema/result.ts";
import { intervalOfDraws, jackknifeSkew } from "../statistics/bootstrap.ts";
import { createGenerator } from "../statistics/generator.ts";
import { rankedPairs } from "../statistics/rankCorrelation.ts";
import { rankInterval } from "../statistics/rankInterval.ts";
import type { TestedRow } from "./testedRow.ts";

interface ScoredName {
  readonly probability: number;
  readonly score: number;
  readonly group: string;
}

export interface NameConfidenceOptions {
  readonly seed: number;
  readonly draws: number;
}

const parts = 10;
const fewestGroups = 10;

/** With more names, 10,000 draws take seconds, and the analytic interval hardly differs from theirs. */
const mostDrawnNames = 1_000;

/**
 * How far the probability of a name (per token) tells its score: Spearman's correlation with an interval, and the mean
 * score by decile of probability. The names of a row depend on each other, so both intervals count row groups: a BCa
 * bootstrap, or above 1,000 names the analytic interval. A row whose judge call failed is left out.
 */
export function nameConfidence(
  rows: readonly TestedRow[],
  scale: Scale,
  options: NameConfidenceOptions,
): NameConfidence {
  const perRow = rows.map(({ group, samples }) => samples.flatMap((sample) => scoredNames(sample, group)));
  const names = perRow.flat();
  return {
    scale,
    names: names.length,
    rows: perRow.filter((own) => own.length > 0).length,
    spearman: correlationOf(names, options),
    deciles: decilesOf(names),
  };
}

function scoredNames({ unscored, scores, nameProbabilities }: ResultRow, group: string): ScoredName[] {
  if (unscored !== null) return [];
  return (scores ?? []).flatMap(({ index, score }) => {
    const probability = nameProbabilities[index]?.perToken;
    return probability === undefined ? [] : [{ probability, score, group }];
  });
}

/** The correlation with its interval over row groups; null with its reason where it can't be given. */
function correlationOf(names: readonly ScoredName[], { seed, draws }: NameConfidenceOptions): Figure {
  if (names.length === 0) {
    return { value: null, ci95: null, reason: "no name has both a score and a probability" };
  }
  const probabilities = names.map(({ probability }) => probability);
  const scores = names.map(({ score }) => score);
  const pairs = rankedPairs(probabilities, scores);
  const value = pairs.correlation(new Uint32Array(names.length).fill(1));
  if (Number.isNaN(value)) {
    return { value: null, ci95: null, reason: "all names have the same score or the same probability" };
  }
  const ids = [...new Set(names.map(({ group }) => group))];
  if (ids.length < fewestGroups) return { value, ci95: null, reason: `fewer than ${fewestGroups} rows` };
  const position = new Map(ids.map((id, at) => [id, at]));
  const groups = Uint32Array.from(names, ({ group }) => position.get(group) ?? 0);
  if (names.length > mostDrawnNames) return { value, ...rankInterval(probabilities, scores, groups) };
  const weights = new Uint32Array(names.length);
  const weighted = (counts: Uint32Array) => {
    for (let at = 0; at < groups.length; at++) weights[at] = counts[groups[at] as number] as number;
    return pairs.correlation(weights);
  };
  const drawn = drawCorrelations(ids.length, weighted, seed, draws);
  return { value, ...intervalOfDraws(drawn, value, () => accelerationOf(ids.length, weighted)) };
}

type Weighted = (counts: Uint32Array) => number;

function drawCorrelations(groups: number, weighted: Weighted, seed: number, draws: number): Float64Array {
  const generator = createGenerator(seed);
  const picked = new Uint32Array(groups);
  const counts = new Uint32Array(groups);
  const drawn = new Float64Array(draws);
  for (let draw = 0; draw < draws; draw++) {
    counts.fill(0);
    generator.fillBelow(picked, groups, groups);
    for (let at = 0; at < groups; at++)
      counts[picked[at] as number] = (counts[picked[at] as number] as number) + 1;
    drawn[draw] = weighted(counts);
  }
  return drawn;
}

function accelerationOf(groups: number, weighted: Weighted): number {
  const counts = new Uint32Array(groups).fill(1);
  const left = Float64Array.from({ length: groups }, (_, group) => {
    counts[group] = 0;
    const without = weighted(counts);
    counts[group] = 1;
    return without;
  });
  return jackknifeSkew(left, counts);
}

/** Ten parts as equal as possible, the least probable first; equal probabilities by their score, so that order is nothing. */
function decilesOf(names: readonly ScoredName[]): NameConfidence["deciles"] {
  if (names.length < parts) return [];
  const sorted = names.toSorted((a, b) => a.probability - b.probability || a.score - b.score);
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  return Array.from({ length: parts }, (_, part) => {
    const from = Math.floor((part * sorted.length) / parts);
    const own = sorted.slice(from, Math.floor(((part + 1) * sorted.length) / parts));
    return {
      names: own.length,
      probability: mean(own.map(({ probability }) => probability)),
      score: mean(own.map(({ score }) => score)),
    };
  });
}
