import type { Interval, SeedSpread, Spread } from "../../schema/comparison.ts";
import type { Label } from "../../schema/dataset.ts";
import type { TestedRow } from "../metrics/testedRow.ts";
import { constantDraws } from "../statistics/bootstrap.ts";
import type { SeededTallies } from "../statistics/seedBootstrap.ts";
import { type Tallies, talliesOf, totalsOf } from "../statistics/tallies.ts";
import type { RowPair } from "./match.ts";

/** Whether a side of a comparison was trained with several seeds. */
export function isSeeded(pairs: readonly RowPair[]): boolean {
  return pairs.some(({ baseline, candidate }) => (baseline.members ?? candidate.members) !== undefined);
}

/** Returns what a seed's row adds to the totals, given the pair that it is one side of. */
type VectorOf = (row: TestedRow, label: Label | null, pair: RowPair) => readonly number[];

/** The totals of each seed by group, in the same groups on both sides. A side with one seed has one. */
export function seededTallies(pairs: readonly RowPair[], width: number, vectorOf: VectorOf): SeededTallies {
  const side = (rowOf: (pair: RowPair) => TestedRow, labelOf: (pair: RowPair) => Label | null): Tallies[] => {
    const seeds = pairs[0] === undefined ? 1 : (rowOf(pairs[0]).members?.length ?? 1);
    return Array.from({ length: seeds }, (_, seed) =>
      talliesOf(
        pairs.map((pair) => {
          const row = rowOf(pair);
          const own = row.members === undefined ? row : (row.members[seed] as TestedRow);
          return { group: pair.baseline.group, vector: vectorOf(own, labelOf(pair), pair) };
        }),
        width,
      ),
    );
  };
  return {
    baseline: side(
      ({ baseline }) => baseline,
      ({ baselineLabel }) => baselineLabel,
    ),
    candidate: side(
      ({ candidate }) => candidate,
      ({ candidateLabel }) => candidateLabel,
    ),
  };
}

/** Keeps some places of the vectors, and the groups in which a seed has one of `present`. */
export function restricted(
  { baseline, candidate }: SeededTallies,
  { places, present }: { readonly places: readonly number[]; readonly present: readonly number[] },
): SeededTallies {
  const all = [...baseline, ...candidate];
  const { width, groups } = all[0] as Tallies;
  const kept = Array.from({ length: groups }, (_, group) => group * width).filter((from) =>
    all.some(({ values }) => present.some((index) => values[from + index] !== 0)),
  );
  const only = ({ values }: Tallies): Tallies => {
    const chosen = new Float64Array(kept.length * width);
    kept.forEach((from, at) => {
      for (const index of places) chosen[at * width + index] = values[from + index] as number;
    });
    return { width, groups: kept.length, values: chosen };
  };
  return { baseline: baseline.map(only), candidate: candidate.map(only) };
}

/** How a figure differs between the seeds of each side. */
export function spreadOf(
  { baseline, candidate }: SeededTallies,
  figure: (totals: Float64Array) => number | null,
): Spread {
  const side = (seeds: readonly Tallies[]): SeedSpread =>
    spreadAmong(seeds.map((one) => figure(totalsOf(one))));
  return { baseline: side(baseline), candidate: side(candidate) };
}

function spreadAmong(values: readonly (number | null)[]): SeedSpread {
  const seeds = values.length;
  const defined = values.filter((value) => value !== null);
  if (defined.length < seeds) return { seeds, sd: null, min: null, max: null };
  const mean = defined.reduce((sum, value) => sum + value, 0) / seeds;
  const squares = defined.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return {
    seeds,
    sd: seeds < 2 ? null : Math.sqrt(squares / (seeds - 1)),
    min: Math.min(...defined),
    max: Math.max(...defined),
  };
}

/**
 * Widens the interval over rows and seeds to `byRows`, that of the averages over the rows alone. A score interval keeps its
 * width where rows hardly differ, which a bootstrap doesn't. Where no draw differs, it is the only interval: every seed
 * then did the same, so that there is no luck of seeds to add, and the rows may only not have shown a difference.
 */
export function widened(
  { ci95, reason }: { readonly ci95: Interval; readonly reason?: string | undefined },
  byRows: Interval,
): { ci95: Interval; reason?: string } {
  if (reason === constantDraws) return { ci95: byRows };
  if (ci95 === null) return { ci95, ...(reason === undefined ? {} : { reason }) };
  if (byRows === null) return { ci95 };
  return { ci95: [Math.min(ci95[0], byRows[0]), Math.max(ci95[1], byRows[1])] };
}
