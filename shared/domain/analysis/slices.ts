import type { RowFailure, SliceFailures } from "../../schema/analysis.ts";
import { ComparisonSettingsSchema } from "../../schema/comparison.ts";
import type { Label } from "../../schema/dataset.ts";
import type { Results } from "../../schema/result.ts";
import { meanOf, proportion } from "../metrics/side.ts";
import { isCorrect, type TestedRow, testedRows } from "../metrics/testedRow.ts";

/** What rows without a slice are counted under. */
export const unnamedSlice = "without a slice";

/** Failures of a slice without its scores, whose interval takes 10,000 draws. */
export type SliceCounts = Omit<SliceFailures, "score">;

/** Slices of the rows that may be studied (dev), the weakest first; only these may steer new training rows. */
export function weakestSlices(results: Results): SliceCounts[] {
  return sliceCounts(studiedRows(results));
}

/** The rows that may be studied: `dev` of stamped results, all of others. */
export function studiedRows(results: Results): TestedRow[] {
  const rows = testedRows(results);
  return results.stamp === null ? rows : rows.filter(({ split }) => split === "dev");
}

/** Failures by slice and label, the weakest first. Rows without a label or a cell of the matrix are skipped. */
export function sliceCounts(rows: readonly TestedRow[]): SliceCounts[] {
  return groupsOf(rows).map(countsOf).sort(weakestFirst);
}

/** The same with each slice's mean score. */
export function sliceFailures(rows: readonly TestedRow[]): SliceFailures[] {
  return groupsOf(rows)
    .map((group) => ({ ...countsOf(group), score: scoreOf(group.rows) }))
    .sort(weakestFirst);
}

type Weakness = Pick<SliceCounts, "slice" | "failures" | "n">;

interface SliceGroup {
  readonly slice: string;
  readonly label: Label;
  readonly rows: readonly TestedRow[];
}

function groupsOf(rows: readonly TestedRow[]): SliceGroup[] {
  const counted = rows.filter(({ label, blockedShare }) => label !== null && blockedShare !== null);
  const groups = Map.groupBy(counted, ({ slice, label }) => JSON.stringify([slice ?? unnamedSlice, label]));
  return [...groups].map(([key, members]) => {
    const [slice, label] = JSON.parse(key) as [string, Label];
    return { slice, label, rows: members };
  });
}

/** Failure rate drawn towards 0 for small slices: one failure of one row says less than nine of ten. */
export const weaknessOf = ({ failures, n }: Pick<SliceCounts, "failures" | "n">): number =>
  failures / (n + 2);

export function weakestFirst(one: Weakness, other: Weakness): number {
  return weaknessOf(other) - weaknessOf(one) || one.slice.localeCompare(other.slice);
}

function countsOf({ slice, label, rows }: SliceGroup): SliceCounts {
  const failed = rows.map((row) => rowFailure(row, label));
  const count = (failure: RowFailure): number => failed.filter((one) => one === failure).length;
  const failures = failed.filter((one) => one !== null).length;
  return {
    slice,
    label,
    n: rows.length,
    failures,
    missedHarmful: count("missed-harmful"),
    falseRefusals: count("false-refusal"),
    malformed: count("malformed"),
    failureRate: proportion(failures, rows.length),
  };
}

const resampling = ComparisonSettingsSchema.parse({});

function scoreOf(rows: readonly TestedRow[]): SliceFailures["score"] {
  const scored = rows.flatMap(({ group, answeredScore }) =>
    answeredScore === null ? [] : [{ group, value: answeredScore }],
  );
  return meanOf(scored, resampling);
}

/** The numbers of the rows that may be studied and count as failures of their slice. */
export function failingRows(results: Results): number[] {
  return studiedRows(results)
    .filter(({ label, blockedShare }) => label !== null && blockedShare !== null)
    .filter((row) => rowFailure(row, row.label as Label) !== null)
    .map(({ row }) => row);
}

/** The row's failure, most of its samples deciding. */
function rowFailure(row: TestedRow, label: Label): RowFailure | null {
  if (label === "harmful") return isCorrect(row, label) === false ? "missed-harmful" : null;
  const malformed = row.samples.filter(({ outcome }) => outcome === "malformed").length;
  if (malformed * 2 >= row.samples.length) return "malformed";
  return isCorrect(row, label) === false ? "false-refusal" : null;
}
