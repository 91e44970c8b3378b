import type { Integrity, ResultRow, Stamp } from "../../schema/result.ts";
import { formatCount, pluralize } from "../format/count.ts";

/** A record of a results file. `isIntact`: as it was sealed, or in an earlier file not contradicting itself. */
export interface ReadRecord {
  readonly row: ResultRow;
  readonly isIntact: boolean;
}

/** Missing rows that are listed by number at most. */
const mostKept = 100;

/**
 * Returns what a file says about itself. The stamp of a sealed file has the number of its records. For an earlier file
 * only gaps between its first and last row are known to be missing.
 */
export function integrityOf(records: readonly ReadRecord[], stamp: Stamp): Integrity {
  const { samples } = stamp.decoding;
  const byRow = Map.groupBy(records, ({ row }) => row.row);
  // An evaluation of the held-out rows alone leaves out every dev row.
  const isWhole = records.some(({ row }) => row.split === "dev");
  const gaps = isWhole ? gapsIn([...byRow.keys()]) : { count: 0, first: [] };
  const cut = [...byRow].filter(([, found]) => found.length < samples);
  const lost = cut.reduce((sum, [, found]) => sum + samples - found.length, gaps.count * samples);
  const changed = new Set(records.filter(({ isIntact }) => !isIntact).map(({ row }) => row.row));
  return {
    sealed: stamp.records !== undefined,
    changedRows: [...changed],
    missing: stamp.records === undefined ? lost : Math.max(0, stamp.records - records.length),
    missingRows: [...gaps.first, ...cut.map(([row]) => row)]
      .sort((one, other) => one - other)
      .slice(0, mostKept),
  };
}

/** Counts the numbers that are left out between the lowest and the highest, and lists the first ones. */
function gapsIn(numbers: readonly number[]): { count: number; first: number[] } {
  const sorted = numbers.toSorted((one, other) => one - other);
  let count = 0;
  const first: number[] = [];
  for (const [at, number] of sorted.entries()) {
    const next = (sorted[at - 1] ?? number - 1) + 1;
    count += number - next;
    for (let gap = next; gap < number && first.length < mostKept; gap += 1) first.push(gap);
  }
  return { count, first };
}

/** Something that a results file contains no longer, or contains in another form. */
export interface IntegrityProblem {
  readonly code: "rows-missing" | "rows-changed";
  readonly message: string;
}

/** Returns why the figures of a file aren't those of its evaluation. `name`: what the file is called. */
export function integrityProblems(name: string, integrity: Integrity | undefined): IntegrityProblem[] {
  if (integrity === undefined) return [];
  const { sealed, missing, missingRows, changedRows } = integrity;
  const problems: IntegrityProblem[] = [];
  if (missing > 0) {
    const lost = `${pluralize(missing, "record is", "records are")} missing`;
    const rows = listed(missingRows, Math.max(missing, missingRows.length));
    problems.push({
      code: "rows-missing",
      message: `${lost} from the results of ${name}${rows}. Restore the file, or evaluate the version again.`,
    });
  }
  if (changedRows.length > 0) {
    const isOne = changedRows.length === 1;
    const differ = sealed
      ? `${pluralize(changedRows.length, "row differs", "rows differ")} from ${isOne ? "its seal" : "their seals"}`
      : `${pluralize(changedRows.length, "row has", "rows have")} an outcome that contradicts ${isOne ? "its" : "their"} overall_category`;
    problems.push({
      code: "rows-changed",
      message: `${differ} in the results of ${name}${listed(changedRows, changedRows.length)}: the file was edited after the evaluation. Restore the file, or evaluate the version again.`,
    });
  }
  return problems;
}

const mostListed = 8;

function listed(rows: readonly number[], count: number): string {
  if (rows.length === 0) return "";
  const shown = rows.slice(0, mostListed);
  const more = count - shown.length;
  return ` (${count === 1 ? "row" : "rows"} ${shown.join(", ")}${more > 0 ? ` and ${formatCount(more)} more` : ""})`;
}
