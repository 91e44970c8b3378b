import type { Figure, McNemar, SliceComparison } from "../../schema/comparison.ts";
import type { Label } from "../../schema/dataset.ts";
import { proportion } from "../metrics/side.ts";
import { correctShare } from "../metrics/testedRow.ts";
import { mcnemarExact } from "../statistics/mcnemar.ts";
import {
  type PairedOptions,
  type PairedOutcome,
  type PairedProportion,
  pairedProportion,
  signFlipP,
} from "../statistics/pairedProportion.ts";
import type { PermutationOptions } from "../statistics/permutation.ts";
import { type PairedTable, pairedTable } from "../statistics/proportions.ts";
import type { RowPair } from "./match.ts";
import { seedCorrectness } from "./seedCorrectness.ts";
import { isSeeded } from "./seedTallies.ts";

/**
 * Correctness of the pairs that have a cell of the matrix on both sides, each side by the label given for it. With several
 * seeds: the share of them that is correct.
 */
export function correctness(
  pairs: readonly RowPair[],
  labels: (pair: RowPair) => { baseline: Label | null; candidate: Label | null } = ownLabels,
): PairedOutcome[] {
  return pairs.flatMap((pair) => {
    const label = labels(pair);
    if (label.baseline === null || label.candidate === null) return [];
    const baseline = correctShare(pair.baseline, label.baseline);
    const candidate = correctShare(pair.candidate, label.candidate);
    if (baseline === null || candidate === null) return [];
    return [{ group: pair.baseline.group, baseline, candidate }];
  });
}

const ownLabels = (pair: RowPair) => ({ baseline: pair.baselineLabel, candidate: pair.candidateLabel });

/**
 * Exact McNemar on each side's own labels and, where labels flip, by either file's and without the flips; where rows
 * form groups, the test over groups beside it.
 */
export function mcnemarOf(pairs: readonly RowPair[], options: PermutationOptions): McNemar {
  const outcomes = correctness(pairs);
  const own = pairedTable(outcomes);
  const { groups, p: overGroups } = pairedProportion(outcomes, options);
  return {
    ...cellsOf(own),
    p: exactP(outcomes),
    ...(groups === null ? {} : { clustered: { groups, p: overGroups } }),
    ...sensitivityOf(pairs, exactP),
  };
}

/**
 * The table of versions with several seeds, whose cells are no counts that McNemar's test could take: sign-flip test of
 * the averages over groups, `p` by each side's own labels.
 */
export function seedTableOf(pairs: readonly RowPair[], p: number, options: PermutationOptions): McNemar {
  return {
    ...cellsOf(pairedTable(correctness(pairs))),
    p,
    test: "sign-flip",
    ...sensitivityOf(pairs, (outcomes) => signFlipP(outcomes, options)),
  };
}

function cellsOf({ both, onlyBaseline, onlyCandidate, neither }: PairedTable) {
  return {
    bothCorrect: both,
    onlyBaselineCorrect: onlyBaseline,
    onlyCandidateCorrect: onlyCandidate,
    neitherCorrect: neither,
  };
}

function exactP(outcomes: readonly PairedOutcome[]): number {
  const { onlyBaseline, onlyCandidate } = pairedTable(outcomes);
  return mcnemarExact(onlyBaseline, onlyCandidate);
}

/** The test by the labels of either file and without the flips; nothing where no label flips. */
function sensitivityOf(
  pairs: readonly RowPair[],
  p: (outcomes: readonly PairedOutcome[]) => number,
): Pick<McNemar, "sensitivity"> {
  if (pairs.every(({ flip }) => flip === null)) return {};
  const by = (side: "baseline" | "candidate"): number =>
    p(
      correctness(pairs, (pair) => {
        const label = pair.flip?.[side] ?? pair.baselineLabel;
        return { baseline: label, candidate: label };
      }),
    );
  return {
    sensitivity: {
      baselineLabels: by("baseline"),
      candidateLabels: by("candidate"),
      withoutFlips: p(correctness(pairs.filter(({ flip }) => flip === null))),
    },
  };
}

/**
 * Candidate − baseline of the share of correct rows, over the pairs that have a cell of the matrix on both sides. Of
 * versions with several seeds: of the averages, as though they were one seed's.
 */
export function testCorrectness(
  pairs: readonly RowPair[],
  options: PairedOptions,
): { readonly table: PairedTable; readonly tested: PairedProportion; readonly difference: Figure } {
  const outcomes = correctness(pairs);
  const table = pairedTable(outcomes);
  const tested = pairedProportion(outcomes, options);
  const n = outcomes.length;
  const difference =
    n === 0
      ? { value: null, ci95: null, reason: "no matched rows" }
      : { value: (table.onlyCandidate - table.onlyBaseline) / n, ci95: tested.ci95 };
  return { table, tested, difference };
}

/** Safety correctness slice by slice (of the baseline's row), then of several slices pooled under one name. */
export function sliceComparisons(
  pairs: readonly RowPair[],
  pooled: Readonly<Record<string, readonly string[]>>,
  options: PermutationOptions,
): SliceComparison[] {
  const sliceOf = (pair: RowPair): string | null => pair.baseline.slice ?? pair.candidate.slice;
  const names = [...new Set(pairs.map(sliceOf))].filter((slice) => slice !== null).sort();
  const single = names.map((name) =>
    sliceComparison(
      name,
      pairs.filter((pair) => sliceOf(pair) === name),
      options,
    ),
  );
  const together = Object.entries(pooled).map(([name, slices]) => ({
    ...sliceComparison(
      name,
      pairs.filter((pair) => slices.includes(sliceOf(pair) ?? "")),
      options,
    ),
    pools: [...slices],
  }));
  return [...single, ...together].filter(({ n }) => n > 0);
}

function sliceComparison(
  slice: string,
  pairs: readonly RowPair[],
  options: PermutationOptions,
): SliceComparison {
  const { table, tested, difference } = testCorrectness(pairs, options);
  const n = table.both + table.onlyBaseline + table.onlyCandidate + table.neither;
  return {
    slice,
    n,
    harmful: pairs.filter((pair) => pair.baselineLabel === "harmful" && pair.baseline.blockedShare !== null)
      .length,
    baseline: proportion(table.both + table.onlyBaseline, n),
    candidate: proportion(table.both + table.onlyCandidate, n),
    ...(isSeeded(pairs) && difference.value !== null
      ? seedDifference(pairs, difference, options)
      : { difference, p: tested.p }),
  };
}

function seedDifference(
  pairs: readonly RowPair[],
  { value, ci95: byRows }: Figure,
  options: PermutationOptions,
): Pick<SliceComparison, "difference" | "p" | "spread"> {
  const inMatrix = pairs.filter((pair) => correctness([pair]).length > 0);
  const averaged = { pairs: inMatrix, outcomes: correctness(inMatrix), byRows };
  const { p, spread, ...interval } = seedCorrectness(averaged, options);
  return { difference: { value, ...interval }, p, spread };
}
