import type { ComparisonSettings, MetricComparison } from "../../schema/comparison.ts";
import { type MetricDefinition, type MetricId, metricDefinitions } from "../metrics/figures.ts";
import { place, vectorOf, vectorWidth } from "../metrics/vector.ts";
import { type BootstrapInterval, bcaIntervals, constantDraws } from "../statistics/bootstrap.ts";
import { mcnemarExact } from "../statistics/mcnemar.ts";
import { exchangeTest } from "../statistics/permutation.ts";
import { newcombePaired95 } from "../statistics/proportions.ts";
import type { SeededTallies } from "../statistics/seedBootstrap.ts";
import { seedIntervals } from "../statistics/seedBootstrap.ts";
import { type Statistic, type Tallies, talliesOf, totalsOf } from "../statistics/tallies.ts";
import type { RowPair } from "./match.ts";
import { correctnessTable } from "./safety.ts";
import { isSeeded, restricted, seededTallies, spreadOf, widened } from "./seedTallies.ts";

/** The matched rows' totals, side by side, in the same groups. */
interface PairedTallies {
  readonly baseline: Tallies;
  readonly candidate: Tallies;
}

/** Figures that rest on the same places of a row's vector. `present`: the row bears on them if one is not 0. */
interface Family {
  readonly places: readonly number[];
  readonly present: readonly number[];
  /** A row counts only where both sides have it. */
  readonly onlyPairs: boolean;
}

const matrixPlaces = [place.truePositive, place.falsePositive, place.falseNegative, place.trueNegative];
const families = {
  matrix: { places: matrixPlaces, present: matrixPlaces, onlyPairs: true },
  answered: {
    places: [place.answeredScore, place.answeredRows],
    present: [place.answeredRows],
    onlyPairs: true,
  },
  delivered: {
    places: [place.deliveredScore, place.deliveredRows],
    present: [place.deliveredRows],
    onlyPairs: true,
  },
  wellFormed: { places: [place.wellFormed, place.notRefused], present: [place.notRefused], onlyPairs: false },
} satisfies Record<string, Family>;

function familyOf(id: MetricId): Family {
  if (id === "answered-score") return families.answered;
  if (id === "delivered-score") return families.delivered;
  return id === "well-formed-share" ? families.wellFormed : families.matrix;
}

const bears = (vector: ArrayLike<number>, family: Family, offset = 0): boolean =>
  family.present.some((index) => vector[index + offset] !== 0);

/** Totals by group; what only one side of a pair has (a score, a cell of the matrix) counts on neither. */
function pairedTallies(pairs: readonly RowPair[]): PairedTallies {
  const baseline: { group: string; vector: number[] }[] = [];
  const candidate: { group: string; vector: number[] }[] = [];
  for (const pair of pairs) {
    const one = [...vectorOf(pair.baseline, pair.baselineLabel)];
    const other = [...vectorOf(pair.candidate, pair.candidateLabel)];
    for (const index of unpairedPlaces(one, other)) one[index] = other[index] = 0;
    baseline.push({ group: pair.baseline.group, vector: one });
    candidate.push({ group: pair.baseline.group, vector: other });
  }
  return { baseline: talliesOf(baseline, vectorWidth), candidate: talliesOf(candidate, vectorWidth) };
}

/** The places of figures that only one side of a pair has. */
function unpairedPlaces(one: readonly number[], other: readonly number[]): number[] {
  const unpaired = Object.values(families).filter(
    (family) => family.onlyPairs && !(bears(one, family) && bears(other, family)),
  );
  return unpaired.flatMap(({ places }) => places);
}

/** The same totals for each seed; null where both sides have one. */
function talliesBySeed(pairs: readonly RowPair[]): SeededTallies | null {
  if (!isSeeded(pairs)) return null;
  return seededTallies(
    pairs,
    vectorWidth,
    (row, label, { baseline, baselineLabel, candidate, candidateLabel }) => {
      const unpaired = unpairedPlaces(vectorOf(baseline, baselineLabel), vectorOf(candidate, candidateLabel));
      return vectorOf(row, label).map((value, index) => (unpaired.includes(index) ? 0 : value));
    },
  );
}

/** The groups that bear on a family's figures, both sides in one vector, all other places 0. */
function sideBySide({ baseline, candidate }: PairedTallies, family: Family): Tallies {
  const values = new Float64Array(2 * baseline.values.length);
  let end = 0;
  for (let from = 0; from < baseline.values.length; from += vectorWidth) {
    if (!bears(baseline.values, family, from) && !bears(candidate.values, family, from)) continue;
    for (const index of family.places) {
      values[end + index] = baseline.values[from + index] as number;
      values[end + index + vectorWidth] = candidate.values[from + index] as number;
    }
    end += 2 * vectorWidth;
  }
  return { width: 2 * vectorWidth, groups: end / (2 * vectorWidth), values: values.slice(0, end) };
}

/** One side of vectors that hold both. */
function sideOnly(both: Tallies, offset: number): Tallies {
  const values = new Float64Array(both.groups * vectorWidth);
  for (let group = 0; group < both.groups; group++) {
    const from = group * both.width + offset;
    values.set(both.values.subarray(from, from + vectorWidth), group * vectorWidth);
  }
  return { width: vectorWidth, groups: both.groups, values };
}

/**
 * Every figure over the matched rows, side by side. Proportions of rows: Newcombe's interval and McNemar's p over
 * the rows that bear on them; the rest, and all but accuracy where labels flip: BCa bootstrap and exchange test
 * over groups. Versions with several seeds: bootstrap over groups and seeds for all of them, exchange test of the
 * averages. `leftOut`: figures that the two files do not share.
 */
export function metricComparisons(
  pairs: readonly RowPair[],
  scoreName: string,
  leftOut: ReadonlySet<MetricId>,
  settings: ComparisonSettings,
): MetricComparison[] {
  const definitions = metricDefinitions(settings.costs, scoreName).filter(({ id }) => !leftOut.has(id));
  const tallies = pairedTallies(pairs);
  const baselineTotals = totalsOf(tallies.baseline);
  const candidateTotals = totalsOf(tallies.candidate);
  const flips = pairs.some(({ flip }) => flip !== null);
  const byRows = ({ proportion }: MetricDefinition): boolean =>
    proportion === "all" || (proportion !== undefined && !flips);
  const seeded = talliesBySeed(pairs);
  const toResample = seeded === null ? definitions.filter((definition) => !byRows(definition)) : definitions;
  const resampled = resampledFigures(toResample, tallies, seeded, settings);
  const testedOf = (definition: MetricDefinition): Tested => {
    const drawn = resampled.get(definition.id) as Tested;
    if (!byRows(definition)) return drawn;
    const tested = testedByRows(pairs, definition);
    return seeded === null ? tested : { ...widened(drawn, tested.ci95), p: drawn.p };
  };
  return definitions.map((definition) => {
    const baseline = definition.of(baselineTotals);
    const candidate = definition.of(candidateTotals);
    const change = baseline === null || candidate === null ? null : candidate - baseline;
    return {
      id: definition.id,
      name: definition.name,
      better: definition.better,
      baseline,
      candidate,
      change,
      relativeChange: change === null || baseline === null || baseline === 0 ? null : change / baseline,
      ...(change === null
        ? { ci95: null, p: null, reason: "undefined: a denominator is zero" }
        : testedOf(definition)),
      ...(seeded === null ? {} : { spread: spreadOf(seeded, definition.of) }),
    };
  });
}

type Tested = Pick<MetricComparison, "ci95" | "p" | "reason">;

function testedByRows(pairs: readonly RowPair[], { proportion, better }: MetricDefinition): Tested {
  const counted = pairs.filter(({ baselineLabel }) => proportion === "all" || proportion === baselineLabel);
  const { both, onlyBaseline, onlyCandidate, neither } = correctnessTable(counted);
  // Rates of errors count what went wrong.
  const table =
    better === "lower"
      ? { both: neither, onlyBaseline: onlyCandidate, onlyCandidate: onlyBaseline, neither: both }
      : { both, onlyBaseline, onlyCandidate, neither };
  const whole = Number.isInteger(table.onlyBaseline) && Number.isInteger(table.onlyCandidate);
  return {
    ci95: newcombePaired95(table),
    p: whole ? mcnemarExact(table.onlyBaseline, table.onlyCandidate) : null,
  };
}

/** Interval and p of each figure, family by family; all differences zero: [0, 0] and p = 1. */
function resampledFigures(
  definitions: readonly MetricDefinition[],
  tallies: PairedTallies,
  seeded: SeededTallies | null,
  settings: ComparisonSettings,
): Map<MetricId, Tested> {
  const found = new Map<MetricId, Tested>();
  for (const family of Object.values(families)) {
    const members = definitions.filter(({ id }) => familyOf(id) === family);
    if (members.length === 0) continue;
    const both = sideBySide(tallies, family);
    const statistics = members.map(
      ({ of }): Statistic =>
        (totals) =>
          of(totals) ?? Number.NaN,
    );
    // Averages may be equal where no seed is.
    const same = seeded === null && nothingDiffers(both);
    const intervals = same
      ? []
      : seeded === null
        ? bcaIntervals(both, members.map(differenceOf), settings)
        : seedIntervals(restricted(seeded, family), statistics, settings);
    const ps = exchangeTest(sideOnly(both, 0), sideOnly(both, vectorWidth), statistics, settings);
    members.forEach((definition, index) => {
      const drawn: BootstrapInterval = same ? { ci95: [0, 0] } : (intervals[index] ?? { ci95: null });
      // Both sides flawless over other rows (well-formed shares of 1): the difference is 0 in every draw.
      const zero = drawn.reason === constantDraws && differenceOf(definition)(totalsOf(both)) === 0;
      const interval: BootstrapInterval = zero ? { ci95: [0, 0] } : drawn;
      found.set(definition.id, { ...interval, p: ps[index] ?? null });
    });
  }
  return found;
}

/** Candidate − baseline from totals that hold both. Draws share one buffer, so its two halves are looked up once. */
function differenceOf({ of }: MetricDefinition): Statistic {
  let halves: { whole: Float64Array; baseline: Float64Array; candidate: Float64Array } | null = null;
  return (totals) => {
    if (halves?.whole !== totals) {
      const [baseline, candidate] = [totals.subarray(0, vectorWidth), totals.subarray(vectorWidth)];
      halves = { whole: totals, baseline, candidate };
    }
    return (of(halves.candidate) ?? Number.NaN) - (of(halves.baseline) ?? Number.NaN);
  };
}

function nothingDiffers(both: Tallies): boolean {
  return both.values.every((value, index) => {
    const column = index % both.width;
    return column >= vectorWidth || value === both.values[index + vectorWidth];
  });
}
