import type { EvaluatedRow, RowFilter, RowSort, SplitChoice } from "../../schema/evaluationRows.ts";
import { isWrong, worseFirst } from "../analysis/worst.ts";

/** Whether a row passes; an empty list asks nothing. */
export function passes(row: EvaluatedRow, filter: RowFilter): boolean {
  const { outcomes, cells, slices, categories, score, text } = filter;
  return (
    (outcomes.length === 0 || outcomes.includes(row.outcome)) &&
    (cells.length === 0 || (row.cell !== null && cells.includes(row.cell))) &&
    (slices.length === 0 || slices.includes(row.slice ?? "")) &&
    (categories.length === 0 || row.categories.some((category) => categories.includes(category))) &&
    (score === null || isWithin(row.score, score)) &&
    (!filter.onlyFailures || isWrong(row.failure)) &&
    (!filter.onlyUnscored || row.unscored !== null) &&
    (!filter.onlyOverridden || row.overridden.label || row.overridden.scores > 0) &&
    (text === "" || speaksOf(row, text.toLowerCase()))
  );
}

/** A mean of names may be 0.29999… where a bar begins at 0.3. */
const rounding = 1e-9;

function isWithin(score: number | null, { from, to }: NonNullable<RowFilter["score"]>): boolean {
  return score !== null && score >= from - rounding && (to === 1 || score < to - rounding);
}

function speaksOf({ description, names }: EvaluatedRow, text: string): boolean {
  return [description, ...names].some((one) => one.toLowerCase().includes(text));
}

export function ofSplit(rows: readonly EvaluatedRow[], split: SplitChoice): EvaluatedRow[] {
  return rows.filter((row) => split === "all" || row.split === split);
}

/** In the order asked for; rows that lack the figure come last either way, equal ones in file order. */
export function sorted(rows: readonly EvaluatedRow[], { by, descending }: RowSort): EvaluatedRow[] {
  if (by === "worst") {
    const worst = [...rows].sort(worseFirst);
    return descending ? worst.reverse() : worst;
  }
  const sign = descending ? -1 : 1;
  const inFile = (one: EvaluatedRow, other: EvaluatedRow) => one.row - other.row || one.sample - other.sample;
  return [...rows].sort((one, other) => {
    const [left, right] = [figureOf(one, by), figureOf(other, by)];
    if (left === null || right === null)
      return Number(left === null) - Number(right === null) || inFile(one, other);
    return sign * compare(left, right) || inFile(one, other);
  });
}

function figureOf(row: EvaluatedRow, by: Exclude<RowSort["by"], "worst">): number | string | null {
  return by === "latency" ? row.latencyMs : row[by];
}

function compare(left: number | string, right: number | string): number {
  return typeof left === "number" && typeof right === "number"
    ? left - right
    : String(left).localeCompare(String(right));
}

/** The names of slices in the rows, "" for none, by the alphabet. */
export function slicesOf(rows: readonly EvaluatedRow[]): string[] {
  return [...new Set(rows.map(({ slice }) => slice ?? ""))].sort((one, other) => one.localeCompare(other));
}
