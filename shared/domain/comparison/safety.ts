import type { Figure, McNemar, SliceComparison } from "../../schema/comparison.ts";
import type { Label } from "../../schema/dataset.ts";
import { proportion } from "../metrics/side.ts";
import { isCorrect } from "../metrics/testedRow.ts";
import { mcnemarExact } from "../statistics/mcnemar.ts";
import {
  type PairedOptions,
  type PairedOutcome,
  type PairedProportion,
  pairedProportion,
} from "../statistics/pairedProportion.ts";
import type { PermutationOptions } from "../statistics/permutation.ts";
import { type PairedTable, pairedTable } from "../statistics/proportions.ts";
import type { RowPair } from "./match.ts";

/** Correctness of the pairs that have a cell of the matrix on both sides, each side by the label given for it. */
export function correctness(
  pairs: readonly RowPair[],
  labels: (pair: RowPair) => { baseline: Label | null; candidate: Label | null } = ownLabels,
): PairedOutcome[] {
  return pairs.flatMap((pair) => {
    const label = labels(pair);
    if (label.baseline === null || label.candidate === null) return [];
    const baseline = isCorrect(pair.baseline, label.baseline);
    const candidate = isCorrect(pair.candidate, label.candidate);
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
  const table = {
    bothCorrect: own.both,
    onlyBaselineCorrect: own.onlyBaseline,
    onlyCandidateCorrect: own.onlyCandidate,
    neitherCorrect: own.neither,
    p: p(own),
    ...(groups === null ? {} : { clustered: { groups, p: overGroups } }),
  };
  if (pairs.every(({ flip }) => flip === null)) return table;
  const by = (side: "baseline" | "candidate"): number =>
    p(
      pairedTable(
        correctness(pairs, (pair) => {
          const label = pair.flip?.[side] ?? pair.baselineLabel;
          return { baseline: label, candidate: label };
        }),
      ),
    );
  return {
    ...table,
    sensitivity: {
      baselineLabels: by("baseline"),
      candidateLabels: by("candidate"),
      withoutFlips: p(pairedTable(correctness(pairs.filter(({ flip }) => flip === null)))),
    },
  };
}

const p = (table: PairedTable): number => mcnemarExact(table.onlyBaseline, table.onlyCandidate);

/** Candidate − baseline of the share of correct rows, over the pairs that have a cell of the matrix on both sides. */
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
    difference,
    p: tested.p,
  };
}
