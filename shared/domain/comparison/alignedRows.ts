import type {
  AlignedFilter,
  AlignedPage,
  AlignedQuery,
  AlignedRow,
  AlignedSide,
  RowVerdict,
} from "../../schema/alignedRows.ts";
import type { Label } from "../../schema/dataset.ts";
import type { TestedRow } from "../metrics/testedRow.ts";
import { scatterMargin, scoreVerdict } from "../report/scatter.ts";
import { cellOf, isRightCell } from "../report/shift.ts";
import { openFiles } from "./compare.ts";
import type { NamedResults } from "./namedResults.ts";

/** The rows of two files beside each other, in the baseline's order; those of one file only come last. */
export interface AlignedFiles {
  readonly rows: readonly AlignedRow[];
  /** Both are stamped: rows belong to dev or to the held-out ones. */
  readonly stamped: boolean;
  /** Null: not judged alike. */
  readonly scoreName: string | null;
}

export function alignFiles(baseline: NamedResults, candidate: NamedResults): AlignedFiles {
  const { matching, stamped, scale, ...files } = openFiles(baseline, candidate);
  const comparable = scale !== null;
  const both = matching.pairs.map((pair) =>
    alignedRow(
      sideOf(pair.baseline, pair.baselineLabel),
      sideOf(pair.candidate, pair.candidateLabel),
      pair.baseline,
      comparable,
    ),
  );
  const matchedBaseline = new Set(matching.pairs.map((pair) => pair.baseline));
  const matchedCandidate = new Set(matching.pairs.map((pair) => pair.candidate));
  const left = files.baseline.rows.filter((row) => !matchedBaseline.has(row));
  const right = files.candidate.rows.filter((row) => !matchedCandidate.has(row));
  const word = scale === "rule-score" ? "rule score" : "quality";
  return {
    rows: [
      ...both,
      ...left.map((row) => alignedRow(sideOf(row, row.label), null, row, comparable)),
      ...right.map((row) => alignedRow(null, sideOf(row, row.label), row, comparable)),
    ],
    stamped,
    scoreName: comparable ? (stamped ? `delivered ${word}` : word) : null,
  };
}

function sideOf(row: TestedRow, label: Label | null): AlignedSide {
  const [first] = row.samples;
  return {
    row: row.row,
    label,
    outcome: first?.outcome ?? "malformed",
    names: [...(first?.names ?? [])],
    cell: cellOf(row, label),
    score: row.deliveredScore ?? row.answeredScore,
    unscored: row.unscored
      ? (row.samples.find(({ unscored }) => unscored !== null)?.unscored?.reason ??
        "the judge failed on this row")
      : null,
    samples: row.samples.length,
  };
}

function alignedRow(
  baseline: AlignedSide | null,
  candidate: AlignedSide | null,
  { description, slice, split }: TestedRow,
  comparable: boolean,
): AlignedRow {
  const [before, after] = [baseline?.score ?? null, candidate?.score ?? null];
  const change = comparable && before !== null && after !== null ? after - before : null;
  return {
    description,
    slice,
    split,
    baseline,
    candidate,
    change,
    verdict: verdictOf(baseline, candidate, change),
    safetyChanged: baseline !== null && candidate !== null && baseline.cell !== candidate.cell,
  };
}

/** Safety first: a row that moved into a right cell improved, whatever its names are. Then the score. */
function verdictOf(
  baseline: AlignedSide | null,
  candidate: AlignedSide | null,
  change: number | null,
): RowVerdict {
  if (baseline === null || candidate === null) return "unmatched";
  const [from, to] = [baseline.cell, candidate.cell];
  const sameLabel = baseline.label === candidate.label;
  if (sameLabel && from !== null && to !== null && from !== to) {
    return isRightCell(to) ? "improved" : "regressed";
  }
  const verdict = change === null ? "inside" : scoreVerdict(change, scatterMargin);
  if (verdict !== "inside") return verdict === "better" ? "improved" : "regressed";
  const alike =
    sameLabel && baseline.outcome === candidate.outcome && sameNames(baseline.names, candidate.names);
  return alike ? "same" : "changed";
}

function sameNames(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((name, index) => name === other[index]);
}

const passes: Record<AlignedFilter, (row: AlignedRow) => boolean> = {
  all: () => true,
  improved: ({ verdict }) => verdict === "improved",
  regressed: ({ verdict }) => verdict === "regressed",
  safety: ({ safetyChanged }) => safetyChanged,
  different: ({ verdict }) => verdict !== "same",
};

/** Whether a row belongs to the rows that are asked for; files without splits have all of theirs there. */
export function inSplit(
  { stamped }: AlignedFiles,
  split: AlignedQuery["split"],
): (row: AlignedRow) => boolean {
  return (row) => !stamped || split === "all" || row.split === split;
}

/** The rows that a query asks for, with how many each filter would let through. */
export function alignedPage(files: AlignedFiles, query: AlignedQuery): AlignedPage {
  const within = files.rows.filter(inSplit(files, query.split));
  const filters = Object.keys(passes) as AlignedFilter[];
  const counts = Object.fromEntries(
    filters.map((filter) => [filter, within.filter(passes[filter]).length]),
  ) as Record<AlignedFilter, number>;
  const words = query.text.trim().toLowerCase();
  const found = within.filter(
    (row) =>
      passes[query.filter](row) &&
      (query.from === null || row.baseline?.cell === query.from) &&
      (query.to === null || row.candidate?.cell === query.to) &&
      (query.slices === null || query.slices.includes(row.slice ?? "")) &&
      (words === "" || textOf(row).includes(words)),
  );
  if (query.order === "change") found.sort(byChange);
  const { offset, limit } = query;
  return {
    split: files.stamped ? query.split : "all",
    counts,
    matched: found.length,
    offset,
    rows: found.slice(offset, offset + limit),
    scoreName: files.scoreName,
  };
}

function textOf({ description, baseline, candidate }: AlignedRow): string {
  return [description, ...(baseline?.names ?? []), ...(candidate?.names ?? [])].join("\n").toLowerCase();
}

const weight: Record<RowVerdict, number> = { regressed: 0, improved: 2, changed: 3, same: 4, unmatched: 5 };

/** What got worse comes first, the most first; a safety change is more than any change of score. */
function byChange(one: AlignedRow, other: AlignedRow): number {
  const safety = Number(other.safetyChanged) - Number(one.safetyChanged);
  const size = Math.abs(other.change ?? 0) - Math.abs(one.change ?? 0);
  return weight[one.verdict] - weight[other.verdict] || safety || size;
}
