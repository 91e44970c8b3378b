import type { NameScore } from "../../schema/judge.ts";
import type { ResultRow } from "../../schema/result.ts";
import { hash64Hex } from "../neardup/hash.ts";

/** Significant digits of a sealed number: a spreadsheet shows no more than six and may save what it shows. */
const digits = 5;
/** The largest relative difference between a number and its first six significant digits. */
const rounding = 5e-6;

/**
 * Returns the seal of a record: 16 hexadecimal digits over its stamp and everything that was generated and judged.
 * It covers values, not bytes, so that another delimiter, line ending, quoting, byte order mark or way to write a number
 * doesn't break it. The latency and the study's columns, from which nothing is computed, aren't sealed.
 * It finds edits by hand. It isn't a signature: whoever runs this code can seal anything.
 */
export function sealOf(row: ResultRow, stampCell: string): string {
  return hash64Hex(JSON.stringify([stampCell, ...sealedCells(row)]));
}

/** Returns whether a record is as it was sealed, give or take the rounding of a spreadsheet. */
export function isSealed(row: ResultRow, stampCell: string, seal: string): boolean {
  if (sealOf(row, stampCell) === seal) return true;
  const { refusalProbability } = row;
  if (refusalProbability === null) return false;
  // A number rounded to six digits may fall on the other side of a limit between two roundings to five.
  return [1 - rounding, 1 + rounding].some(
    (factor) => sealOf({ ...row, refusalProbability: refusalProbability * factor }, stampCell) === seal,
  );
}

function sealedCells(row: ResultRow): unknown[] {
  return [
    row.row,
    row.sample,
    line(row.description),
    row.outcome,
    line(row.text),
    row.names,
    row.label ?? "",
    row.labelSource ?? "",
    line(row.slice ?? ""),
    row.split,
    line(row.group),
    row.scores?.map(inKeyOrder) ?? null,
    line(row.unscored?.reason ?? ""),
    line(row.unscored?.detail ?? ""),
    row.nameProbabilities.map((one) => one && [one.probability, one.perToken]),
    row.refusalProbability?.toPrecision(digits) ?? null,
  ];
}

/** Returns text with the line endings that a spreadsheet may change. */
const line = (text: string): string => text.replace(/\r\n?/g, "\n");

/** Keys in one order, so that a resumed run, which reads verdicts back from its journal, writes the same bytes. */
export function inKeyOrder({ index, name, category, score, likert, reason }: NameScore): NameScore {
  return {
    index,
    name,
    category,
    score,
    likert: likert && {
      relevance: likert.relevance,
      creativity: likert.creativity,
      brandability: likert.brandability,
      conciseness: likert.conciseness,
    },
    ...(reason === undefined ? {} : { reason }),
  };
}
