import { drawBinomial } from "./binomial.ts";
import { createGenerator, type Generator } from "./generator.ts";
import { type Patterns, patternsOf, type Tallies } from "./tallies.ts";

/**
 * How groups are resampled. `counts`: most groups are alike, so a draw is how often each pattern comes, a multinomial
 * number; `picks`: a draw picks as many groups as there are. Columns that every group has alike are not drawn. Plain
 * data, so that another thread can draw from it.
 */
export interface ResamplingPlan {
  readonly kind: "counts" | "picks";
  readonly groups: number;
  /** The columns that are drawn. */
  readonly columns: readonly number[];
  /** Totals of the columns that are not drawn, by column; the drawn ones are 0 here. */
  readonly fixed: Float64Array;
  /** Rows (patterns or groups) × `columns`. */
  readonly values: Float64Array;
  /** How many groups have each pattern; `picks`: one each. */
  readonly weights: Uint32Array;
}

/** Drawing a pattern's count costs about as much as picking this many groups. */
const picksPerPattern = 16;
/** Draws that share a generator: chunks can be drawn apart from each other, in any order. */
export const chunkDraws = 250;

/** The plan, and the patterns it was made from (each group its own where they are too many to be worth it). */
export function resamplingPlan(tallies: Tallies): { plan: ResamplingPlan; patterns: Patterns } {
  const most = Math.max(picksPerPattern, Math.ceil(tallies.groups / picksPerPattern));
  const patterns = patternsOf(tallies, most);
  const { width, groups } = tallies;
  const columns: number[] = [];
  const fixed = new Float64Array(width);
  for (let column = 0; column < width; column++) {
    if (varies(patterns, width, column)) columns.push(column);
    else fixed[column] = groups * (patterns.values[column] ?? 0);
  }
  const values = new Float64Array(patterns.count * columns.length);
  for (let row = 0, at = 0; row < patterns.count; row++) {
    for (const column of columns) values[at++] = patterns.values[row * width + column] as number;
  }
  const kind = patterns.count <= most ? "counts" : "picks";
  return { plan: { kind, groups, columns, fixed, values, weights: patterns.weights }, patterns };
}

function varies({ count, values }: Patterns, width: number, column: number): boolean {
  for (let row = 1; row < count; row++) {
    if (values[row * width + column] !== values[column]) return true;
  }
  return false;
}

/** Draws totals for a plan: `draws` × its columns, row-major. */
export function drawTotals(plan: ResamplingPlan, seed: number, draws: number): Float64Array {
  const into = new Float64Array(draws * plan.columns.length);
  for (let chunk = 0; chunk * chunkDraws < draws; chunk++) drawChunk(plan, seed, draws, chunk, into);
  return into;
}

/** Draws chunk number `chunk` into its place of `into`, which holds all draws. */
export function drawChunk(
  plan: ResamplingPlan,
  seed: number,
  draws: number,
  chunk: number,
  into: Float64Array,
): void {
  const generator = createGenerator(Math.imul(chunk + 1, 0x9e3779b1) ^ seed);
  const from = chunk * chunkDraws;
  const to = Math.min(draws, from + chunkDraws);
  const width = plan.columns.length;
  if (plan.kind === "counts") {
    for (let draw = from; draw < to; draw++) drawCounts(plan, generator, into, draw * width);
    return;
  }
  const pick = pickerOf(width);
  const pairs = pairsOf(plan);
  const alone = pairs === null ? plan.groups : plan.groups % 2;
  for (let draw = from; draw < to; draw++) {
    if (pairs !== null) pick(pairs, generator, into, draw * width, plan.groups >> 1);
    if (alone > 0) pick(plan, generator, into, draw * width, alone);
  }
}

/** Multinomial counts as one binomial after the other, each given those before it. */
function drawCounts(
  { groups, values, weights, columns }: ResamplingPlan,
  generator: Generator,
  into: Float64Array,
  at: number,
): void {
  const width = columns.length;
  let picks = groups;
  let weightLeft = groups;
  for (let pattern = 0, from = 0; pattern < weights.length && picks > 0; pattern++, from += width) {
    const weight = weights[pattern] as number;
    const count = drawBinomial(generator, picks, weight / weightLeft);
    picks -= count;
    weightLeft -= weight;
    for (let column = 0; count > 0 && column < width; column++) {
      into[at + column] = (into[at + column] as number) + count * (values[from + column] as number);
    }
  }
}

const picksAtOnce = 2_048;
const picked = new Uint32Array(picksAtOnce);

/** Numbers in a table of pairs' sums that still fits a core's cache. */
const mostPairSums = 2 ** 17;

/** Made once for all chunks of a plan. */
const pairPlans = new WeakMap<ResamplingPlan, ResamplingPlan>();

/**
 * The plan whose groups are all ordered pairs of the plan's groups, so that one random number picks two; null where
 * their sums would be too many.
 */
function pairsOf(plan: ResamplingPlan): ResamplingPlan | null {
  const { groups, values, columns } = plan;
  const width = columns.length;
  if (groups ** 2 * width > mostPairSums) return null;
  const known = pairPlans.get(plan);
  if (known !== undefined) return known;
  const sums = new Float64Array(groups ** 2 * width);
  for (let first = 0, at = 0; first < values.length; first += width) {
    for (let second = 0; second < values.length; second += width) {
      for (let column = 0; column < width; column++) {
        sums[at++] = (values[first + column] as number) + (values[second + column] as number);
      }
    }
  }
  const { kind, fixed, weights } = plan;
  const made = { kind, groups: groups ** 2, columns, fixed, values: sums, weights };
  pairPlans.set(plan, made);
  return made;
}

/** One loop per usual number of columns: sums in registers are several times as fast as sums in memory. */
function pickerOf(width: number): Pick {
  if (width === 1) return pickOne;
  return width === 2 ? pickTwo : pickMany;
}

/** Adds the values of `picks` groups to what `into` holds. */
type Pick = (
  plan: ResamplingPlan,
  generator: Generator,
  into: Float64Array,
  at: number,
  picks: number,
) => void;

const pickOne: Pick = ({ groups, values }, generator, into, at, picks) => {
  let sum = into[at] as number;
  for (let left = picks; left > 0; left -= picksAtOnce) {
    const count = Math.min(left, picksAtOnce);
    generator.fillBelow(picked, count, groups);
    for (let pick = 0; pick < count; pick++) sum += values[picked[pick] as number] as number;
  }
  into[at] = sum;
};

const pickTwo: Pick = ({ groups, values }, generator, into, at, picks) => {
  let first = into[at] as number;
  let second = into[at + 1] as number;
  for (let left = picks; left > 0; left -= picksAtOnce) {
    const count = Math.min(left, picksAtOnce);
    generator.fillBelow(picked, count, groups);
    for (let pick = 0; pick < count; pick++) {
      const from = 2 * (picked[pick] as number);
      first += values[from] as number;
      second += values[from + 1] as number;
    }
  }
  into[at] = first;
  into[at + 1] = second;
};

const pickMany: Pick = ({ groups, values, columns }, generator, into, at, picks) => {
  const width = columns.length;
  for (let left = picks; left > 0; left -= picksAtOnce) {
    const count = Math.min(left, picksAtOnce);
    generator.fillBelow(picked, count, groups);
    for (let pick = 0; pick < count; pick++) {
      const from = width * (picked[pick] as number);
      for (let column = 0; column < width; column++) {
        into[at + column] = (into[at + column] as number) + (values[from + column] as number);
      }
    }
  }
};
