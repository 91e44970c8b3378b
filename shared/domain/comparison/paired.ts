import type { ComparisonSettings, MetricComparison } from "../../schema/comparison.ts";
import { type MetricDefinition, type MetricId, metricDefinitions } from "../metrics/figures.ts";
import { place, vectorOf, vectorWidth } from "../metrics/vector.ts";
import { type BootstrapInterval, bcaIntervals, constantDraws } from "../statistics/bootstrap.ts";
import { exchangeTest } from "../statistics/permutation.ts";
import type { SeededTallies } from "../statistics/seedBootstrap.ts";
import { seedIntervals } from "../statistics/seedBootstrap.ts";
import { type Statistic, type Tallies, talliesOf, totalsOf } from "../statistics/tallies.ts";
import { tangoPaired } from "../statistics/tango.ts";
import type { RowPair } from "./match.ts";
import { testCorrectness } from "./safety.ts";
import { isSeeded, restricted, seededTallies, spreadOf, widened } from "./seedTallies.ts";

/** The matched rows' totals, side by side, in the same groups. */
interface PairedTallies {
  readonly baseline: Tallies;
  readonly candidate: Tallies;
}

/** `level`: of the intervals, where a decision takes another than 0.95. */
export type IntervalSettings = ComparisonSettings & { readonly level?: number };

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
 * Every figure over the matched rows, side by side. Proportions of rows: Tango's interval and McNemar's p over the
 * rows that bear on them; the rest, and all but accuracy where labels flip: BCa bootstrap and exchange test
 * over groups. Versions with several seeds: bootstrap over groups and seeds for all of them, in proportions never
 * narrower than Tango's interval of the averages, and exchange test of the averages. `leftOut`: figures that the two
 * files do not share. `ci95` is at `settings.level`.
 */
export function metricComparisons(
  pairs: readonly RowPair[],
  scoreName: string,
  leftOut: ReadonlySet<MetricId>,
  settings: IntervalSettings,
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
    const tested = testedByRows(pairs, definition, settings);
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

function testedByRows(
  pairs: readonly RowPair[],
  { proportion, better }: MetricDefinition,
  settings: IntervalSettings,
): Tested {
  const counted = pairs.filter(({ baselineLabel }) => proportion === "all" || proportion === baselineLabel);
  const { ci95, p } = testCorrectness(counted, settings).tested;
  // Rates of errors count what went wrong.
  return { ci95: better === "lower" && ci95 !== null ? [-ci95[1], -ci95[0]] : ci95, p };
}

/** Interval and p of each figure, family by family. */
function resampledFigures(
  definitions: readonly MetricDefinition[],
  tallies: PairedTallies,
  seeded: SeededTallies | null,
  settings: IntervalSettings,
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
      const drawn = intervals[index];
      // Both sides flawless over other rows (well-formed shares of 1): the difference is 0 in every draw.
      const interval =
        drawn === undefined || drawn.reason === constantDraws
          ? withoutSpread(definition, differenceOf(definition)(totalsOf(both)), both.groups, settings.level)
          : drawn;
      found.set(definition.id, { ...interval, p: ps[index] ?? null });
    });
  }
  return found;
}

/**
 * The interval where every row differs alike, mostly not at all, so that resampling shows no spread. A row's share or
 * score is from 0 to 1, so that rows that weren't seen can move the mean no further than they move a proportion:
 * Tango's interval with as many discordant pairs as the difference amounts to.
 */
function withoutSpread(
  { id }: MetricDefinition,
  difference: number,
  groups: number,
  level?: number,
): BootstrapInterval {
  if (groups < fewestGroups) return { ci95: null, reason: `fewer than ${fewestGroups} rows` };
  if (!isMeanOverRows.has(id))
    return { ci95: null, reason: difference === 0 ? "no row differs" : constantDraws };
  const [onlyBaseline, onlyCandidate] = [Math.max(0, -difference), Math.max(0, difference)];
  return {
    ci95: tangoPaired(
      { onlyBaseline: onlyBaseline * groups, onlyCandidate: onlyCandidate * groups, n: groups },
      level,
    ),
  };
}

/** Fewer groups than this give no interval, as in the bootstrap. */
const fewestGroups = 10;

/** Figures that are a mean over rows of something from 0 to 1. */
const isMeanOverRows: ReadonlySet<MetricId> = new Set<MetricId>([
  "accuracy",
  "block-recall",
  "specificity",
  "missed-harmful-rate",
  "false-refusal-rate",
  "well-formed-share",
  "answered-score",
  "delivered-score",
]);

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
