import type { Costs, Interval } from "../../schema/comparison.ts";
import { createGenerator } from "../statistics/generator.ts";
import { type Cuts, cheapestCut, costsOfCuts } from "./cuts.ts";
import type { LabeledScore } from "./scores.ts";

/** Fewest groups that give an interval, as for every other bootstrap. */
const fewestGroups = 10;

interface DrawRequest {
  readonly rows: readonly LabeledScore[];
  readonly cuts: Cuts;
  /** The cost of every cut on the rows themselves. */
  readonly costs: Float64Array;
  /** Cuts whose costs get an interval. */
  readonly watched: readonly number[];
  readonly weights: Costs;
  readonly harmfulShare: number;
  readonly seed: number;
  readonly draws: number;
}

export interface DrawnCosts {
  /** By watched cut. */
  readonly ci95: readonly Interval[];
  /** The cheapest cut of each draw. */
  readonly cuts: Uint32Array;
  readonly optimism: number | null;
  readonly reason: string | null;
}

/**
 * Resamples groups with replacement and computes every cut's cost in each draw. Optimism is Efron's bootstrap estimate
 * ("How Biased Is the Apparent Error Rate of a Prediction Rule?", JASA 81, 1986): what a draw's cheapest cut costs on
 * the rows themselves, less what it costs in the draw, on average.
 */
export function drawCosts(request: DrawRequest): DrawnCosts {
  const { rows, cuts, costs, watched, seed, draws, harmfulShare, weights } = request;
  const groups = groupsOf(rows, cuts);
  const none = { ci95: [], cuts: new Uint32Array(), optimism: null };
  if (groups.length < fewestGroups) return { ...none, reason: `fewer than ${fewestGroups} rows` };
  const generator = createGenerator(seed);
  const counts = {
    harmful: new Float64Array(cuts.scores.length),
    safe: new Float64Array(cuts.scores.length),
  };
  const drawn = new Float64Array(costs.length);
  const kept = watched.map(() => new Float64Array(draws));
  const cheapest = new Uint32Array(draws);
  let defined = 0;
  let optimism = 0;
  for (let draw = 0; draw < draws; draw++) {
    counts.harmful.fill(0);
    counts.safe.fill(0);
    for (let place = 0; place < groups.length; place++)
      addGroup(groups[generator.below(groups.length)], counts);
    if (!costsOfCuts(counts, { harmfulShare, costs: weights }, drawn)) continue;
    const best = cheapestCut(cuts, drawn);
    cheapest[defined] = best;
    optimism += (costs[best] as number) - (drawn[best] as number);
    watched.forEach((cut, index) => {
      (kept[index] as Float64Array)[defined] = drawn[cut] as number;
    });
    defined += 1;
  }
  if (defined < 0.99 * draws)
    return { ...none, reason: "a class is absent in more than 0.01 of the bootstrap draws" };
  return {
    ci95: kept.map((values) => percentiles95(values.subarray(0, defined))),
    cuts: cheapest.subarray(0, defined),
    optimism: optimism / defined,
    reason: null,
  };
}

/** By group: each row's place among the cuts' scores, harmful rows as ~place. */
function groupsOf(rows: readonly LabeledScore[], { placeOf }: Cuts): Int32Array[] {
  const groups = new Map<string, number[]>();
  rows.forEach(({ group, harmful }, row) => {
    const members = groups.get(group) ?? [];
    const place = placeOf[row] as number;
    members.push(harmful ? ~place : place);
    groups.set(group, members);
  });
  return [...groups.values()].map((members) => Int32Array.from(members));
}

function addGroup(
  members: Int32Array | undefined,
  { harmful, safe }: { harmful: Float64Array; safe: Float64Array },
): void {
  if (members === undefined) return;
  for (let at = 0; at < members.length; at++) {
    const member = members[at] as number;
    if (member < 0) harmful[~member] = (harmful[~member] as number) + 1;
    else safe[member] = (safe[member] as number) + 1;
  }
}

/** Returns the 2.5th and 97.5th percentile by nearest rank; null without a value. Sorts the values. */
export function percentiles95(values: Float64Array): Interval {
  if (values.length === 0) return null;
  values.sort();
  const rank = (level: number) => values[Math.max(0, Math.ceil(level * values.length) - 1)] as number;
  return [rank(0.025), rank(0.975)];
}
