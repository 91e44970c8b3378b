import { createGenerator } from "./generator.ts";
import { QuartetSums } from "./quartetSums.ts";
import { columnsInUse, type Statistic, type Tallies, totalsOf } from "./tallies.ts";

export interface PermutationOptions {
  readonly seed: number;
  readonly draws: number;
}

/** Up to this many differing pairs every assignment is tried; beyond it, draws are. */
const exactPairs = 20;

/**
 * Two-sided paired randomization test (Fisher 1935; Edgington and Onghena, 2007) of statistic(candidate) −
 * statistic(baseline): within each group the two sides are exchanged at random. Exact for at most 20 groups
 * that differ, else (1 + hits) / (1 + draws). For a mean it is the sign-flip test. 1 where nothing differs;
 * null where the statistic is undefined; an assignment that leaves it undefined counts as a hit.
 */
export function exchangeTest(
  baseline: Tallies,
  candidate: Tallies,
  statistics: readonly Statistic[],
  options: PermutationOptions,
): (number | null)[] {
  if (baseline.groups !== candidate.groups || baseline.width !== candidate.width) {
    throw new RangeError("paired tallies differ in shape");
  }
  const exchange = new Exchange(baseline, candidate, statistics);
  const outcome =
    exchange.differing <= exactPairs ? exchange.everyAssignment() : exchange.drawnAssignments(options);
  return exchange.observed.map((gap, index) =>
    Number.isNaN(gap) ? null : (outcome.hits[index] as number) / outcome.tried,
  );
}

interface Tried {
  readonly hits: Float64Array;
  readonly tried: number;
}

/** Two running totals, and the groups whose exchange moves them. */
class Exchange {
  readonly observed: readonly number[];
  readonly differing: number;
  readonly #width: number;
  readonly #shifts: Float64Array;
  readonly #columns: readonly number[];
  readonly #statistics: readonly Statistic[];
  readonly #baseline: Float64Array;
  readonly #candidate: Float64Array;

  constructor(baseline: Tallies, candidate: Tallies, statistics: readonly Statistic[]) {
    this.#width = baseline.width;
    this.#statistics = statistics;
    this.#baseline = totalsOf(baseline);
    this.#candidate = totalsOf(candidate);
    this.#shifts = shiftsOf(baseline, candidate);
    this.#columns = columnsInUse(this.#width, this.#shifts);
    this.differing = this.#shifts.length / this.#width;
    this.observed = statistics.map((statistic) =>
      Math.abs(statistic(this.#candidate) - statistic(this.#baseline)),
    );
  }

  /** Adds `direction` × the group's difference to the baseline and takes it from the candidate. */
  #shift(group: number, direction: number): void {
    for (const column of this.#columns) {
      const amount = direction * (this.#shifts[group * this.#width + column] as number);
      this.#baseline[column] = (this.#baseline[column] as number) + amount;
      this.#candidate[column] = (this.#candidate[column] as number) - amount;
    }
  }

  #countHits(hits: Float64Array): void {
    for (let index = 0; index < this.#statistics.length; index++) {
      const statistic = this.#statistics[index] as Statistic;
      const gap = Math.abs(statistic(this.#candidate) - statistic(this.#baseline));
      const observed = this.observed[index] as number;
      // Sums in another order differ in the last bits: an equal gap must count as one.
      if (Number.isNaN(gap) || gap >= observed - 1e-9 * Math.max(observed, 1e-3)) {
        hits[index] = (hits[index] as number) + 1;
      }
    }
  }

  /** All assignments in Gray-code order, one exchange apart; the last group stays, for the gap is symmetric. */
  everyAssignment(): Tried {
    const hits = new Float64Array(this.#statistics.length);
    const free = Math.max(0, this.differing - 1);
    const exchanged = new Uint8Array(free);
    this.#countHits(hits);
    const tried = 2 ** free;
    for (let step = 1; step < tried; step++) {
      const group = 31 - Math.clz32(step & -step);
      exchanged[group] = 1 - (exchanged[group] as number);
      this.#shift(group, exchanged[group] === 1 ? 1 : -1);
      this.#countHits(hits);
    }
    return { hits, tried };
  }

  drawnAssignments({ seed, draws }: PermutationOptions): Tried {
    const hits = new Float64Array(this.#statistics.length).fill(1);
    const generator = createGenerator(seed);
    const sums = new QuartetSums(this.#shifts, this.#width, this.#columns);
    const [baseline, candidate] = [this.#baseline.slice(), this.#candidate.slice()];
    for (let draw = 0; draw < draws; draw++) {
      const moved = sums.draw(generator);
      for (let index = 0; index < this.#columns.length; index++) {
        const column = this.#columns[index] as number;
        this.#baseline[column] = (baseline[column] as number) + (moved[index] as number);
        this.#candidate[column] = (candidate[column] as number) - (moved[index] as number);
      }
      this.#countHits(hits);
    }
    return { hits, tried: 1 + draws };
  }
}

/** candidate − baseline of the groups where they differ, row-major. */
function shiftsOf(baseline: Tallies, candidate: Tallies): Float64Array {
  const { width, groups } = baseline;
  const shifts = new Float64Array(groups * width);
  let end = 0;
  for (let from = 0; from < groups * width; from += width) {
    let differs = false;
    for (let column = 0; column < width; column++) {
      const amount = (candidate.values[from + column] as number) - (baseline.values[from + column] as number);
      shifts[end + column] = amount;
      differs ||= amount !== 0;
    }
    if (differs) end += width;
  }
  return shifts.slice(0, end);
}
