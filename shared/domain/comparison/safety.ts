import type { ComparisonSettings, Figure, McNemar, SliceComparison } from "../../schema/comparison.ts";
import type { Label } from "../../schema/dataset.ts";
import { proportion } from "../metrics/side.ts";
import { correctShare } from "../metrics/testedRow.ts";
import { mcnemarExact } from "../statistics/mcnemar.ts";
import { newcombePaired95, type PairedTable, pairedTable } from "../statistics/proportions.ts";
import type { RowPair } from "./match.ts";
import { seedCorrectness } from "./seedCorrectness.ts";
import { isSeeded } from "./seedTallies.ts";

/** Correctness of the pairs that have a cell of the matrix on both sides, each side by the label given for it. */
export function correctnessTable(
  pairs: readonly RowPair[],
  labels: (pair: RowPair) => { baseline: Label | null; candidate: Label | null } = ownLabels,
): PairedTable {
  return pairedTable(
    pairs.flatMap((pair) => {
      const label = labels(pair);
      if (label.baseline === null || label.candidate === null) return [];
      const baseline = correctShare(pair.baseline, label.baseline);
      const candidate = correctShare(pair.candidate, label.candidate);
      return baseline === null || candidate === null ? [] : [{ baseline, candidate }];
    }),
  );
}

const ownLabels = (pair: RowPair) => ({ baseline: pair.baselineLabel, candidate: pair.candidateLabel });

/** Exact McNemar on each side's own labels and, where labels flip, by either file's and without the flips. */
export function mcnemarOf(pairs: readonly RowPair[]): McNemar {
  const own = correctnessTable(pairs);
  const table = {
    bothCorrect: own.both,
    onlyBaselineCorrect: own.onlyBaseline,
    onlyCandidateCorrect: own.onlyCandidate,
    neitherCorrect: own.neither,
    p: p(own),
  };
  if (pairs.every(({ flip }) => flip === null)) return table;
  const by = (side: "baseline" | "candidate"): number =>
    p(
      correctnessTable(pairs, (pair) => {
        const label = pair.flip?.[side] ?? pair.baselineLabel;
        return { baseline: label, candidate: label };
      }),
    );
  return {
    ...table,
    sensitivity: {
      baselineLabels: by("baseline"),
      candidateLabels: by("candidate"),
      withoutFlips: p(correctnessTable(pairs.filter(({ flip }) => flip === null))),
    },
  };
}

const p = (table: PairedTable): number => mcnemarExact(table.onlyBaseline, table.onlyCandidate);

/** The table of versions with several seeds, whose cells are no counts that McNemar's test could take. */
export function seedTableOf(pairs: readonly RowPair[], signFlipP: number): McNemar {
  const { both, onlyBaseline, onlyCandidate, neither } = correctnessTable(pairs);
  return {
    bothCorrect: both,
    onlyBaselineCorrect: onlyBaseline,
    onlyCandidateCorrect: onlyCandidate,
    neitherCorrect: neither,
    p: signFlipP,
    test: "sign-flip",
  };
}

/** Candidate − baseline of a paired proportion with Newcombe's interval. */
export function proportionDifference(table: PairedTable): Figure {
  const n = table.both + table.onlyBaseline + table.onlyCandidate + table.neither;
  if (n === 0) return { value: null, ci95: null, reason: "no matched rows" };
  return { value: (table.onlyCandidate - table.onlyBaseline) / n, ci95: newcombePaired95(table) };
}

/** Safety correctness slice by slice (of the baseline's row), then of several slices pooled under one name. */
export function sliceComparisons(
  pairs: readonly RowPair[],
  pooled: Readonly<Record<string, readonly string[]>>,
  settings: ComparisonSettings,
): SliceComparison[] {
  const sliceOf = (pair: RowPair): string | null => pair.baseline.slice ?? pair.candidate.slice;
  const names = [...new Set(pairs.map(sliceOf))].filter((slice) => slice !== null).sort();
  const single = names.map((name) =>
    sliceComparison(
      name,
      pairs.filter((pair) => sliceOf(pair) === name),
      settings,
    ),
  );
  const together = Object.entries(pooled).map(([name, slices]) => ({
    ...sliceComparison(
      name,
      pairs.filter((pair) => slices.includes(sliceOf(pair) ?? "")),
      settings,
    ),
    pools: [...slices],
  }));
  return [...single, ...together].filter(({ n }) => n > 0);
}

function sliceComparison(
  slice: string,
  pairs: readonly RowPair[],
  settings: ComparisonSettings,
): SliceComparison {
  const table = correctnessTable(pairs);
  const n = table.both + table.onlyBaseline + table.onlyCandidate + table.neither;
  return {
    slice,
    n,
    harmful: pairs.filter((pair) => pair.baselineLabel === "harmful" && pair.baseline.blockedShare !== null)
      .length,
    baseline: proportion(table.both + table.onlyBaseline, n),
    candidate: proportion(table.both + table.onlyCandidate, n),
    ...sliceDifference(pairs, table, settings),
  };
}

function sliceDifference(
  pairs: readonly RowPair[],
  table: PairedTable,
  settings: ComparisonSettings,
): Pick<SliceComparison, "difference" | "p" | "spread"> {
  const difference = proportionDifference(table);
  if (!isSeeded(pairs) || difference.value === null) return { difference, p: p(table) };
  const { p: signFlipP, spread, ...interval } = seedCorrectness(pairs, difference.ci95, settings);
  return { difference: { value: difference.value, ...interval }, p: signFlipP, spread };
}
