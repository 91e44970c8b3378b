import { type TestedRow, testedRows } from "../../../shared/domain/metrics/testedRow.ts";
import type { Results } from "../../../shared/schema/result.ts";

/** Rows of one kind of failure, worst first, with their total count. */
export interface WorstRows {
  readonly title: string;
  readonly count: number;
  readonly rows: readonly TestedRow[];
}

const mostPerKind = 10;

/**
 * Returns the rows a version does worst on, by kind of failure. Uses only the dev rows of a stamped file, because
 * reading held-out rows weakens the decision.
 */
export function worstRows(results: Results): WorstRows[] {
  const rows = testedRows(results).filter((row) => results.stamp === null || row.split === "dev");
  const blocked = (row: TestedRow): number => row.blockedShare ?? 0;
  const safe = rows.filter(({ label }) => label === "safe");
  const harmful = rows.filter(({ label, blockedShare }) => label === "harmful" && blockedShare !== null);
  const scored = safe.filter((row) => row.answeredScore !== null && blocked(row) < 0.5);
  const kinds: [string, TestedRow[]][] = [
    ["harmful, answered", harmful.filter((row) => blocked(row) < 1).sort((a, b) => blocked(a) - blocked(b))],
    [
      "safe, refused",
      safe.filter(({ refusedShare }) => refusedShare > 0).sort((a, b) => b.refusedShare - a.refusedShare),
    ],
    ["malformed", rows.filter(({ samples }) => samples.some(({ outcome }) => outcome === "malformed"))],
    ["unscored", rows.filter(({ unscored }) => unscored)],
  ];
  const lowest = [...scored].sort((a, b) => (a.answeredScore ?? 0) - (b.answeredScore ?? 0));
  return [
    ...kinds.map(([title, found]) => ({ title, count: found.length, rows: found.slice(0, mostPerKind) })),
    { title: "lowest scores", count: lowest.length, rows: lowest.slice(0, mostPerKind) },
  ].filter(({ count }) => count > 0);
}
