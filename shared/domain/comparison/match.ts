import type { LabelFlip } from "../../schema/comparison.ts";
import type { Label } from "../../schema/dataset.ts";
import type { ResultRow } from "../../schema/result.ts";
import type { TestedRow } from "../metrics/testedRow.ts";
import { normalize } from "../neardup/shingles.ts";

/** One description in both files, with the label that each side is held to. */
export interface RowPair {
  readonly baseline: TestedRow;
  readonly candidate: TestedRow;
  readonly baselineLabel: Label | null;
  readonly candidateLabel: Label | null;
  /** What the two files say, where they contradict each other. */
  readonly flip: LabelFlip | null;
}

export interface Matching {
  readonly pairs: readonly RowPair[];
  /** Pairs whose descriptions differ in case, spaces or punctuation. */
  readonly byNormalizedText: number;
  readonly onlyInBaseline: readonly string[];
  readonly onlyInCandidate: readonly string[];
  /** Descriptions that a file holds more than once. */
  readonly repeated: readonly string[];
}

/**
 * Matches rows by description, repeated ones in order, then what is left by the text that lint compares. `frozen`: both
 * files are stamped, so that a label belongs to the test row and both sides are held to the same one; otherwise each is
 * held to its own.
 */
export function matchRows(
  baseline: readonly TestedRow[],
  candidate: readonly TestedRow[],
  frozen: boolean,
): Matching {
  const exact = partnersOf(baseline, candidate, ({ description }) => description);
  const alone = baseline.filter((row) => !exact.has(row));
  const taken = new Set(exact.values());
  const free = candidate.filter((row) => !taken.has(row));
  // A text of nothing but punctuation is equal to no other.
  const loose = partnersOf(alone, free, ({ description }) => normalize(description) || null);
  const partners = new Map([...exact, ...loose]);
  const matched = new Set(partners.values());
  return {
    pairs: baseline.flatMap((row) => {
      const partner = partners.get(row);
      return partner === undefined ? [] : [pairOf(row, partner, frozen)];
    }),
    byNormalizedText: loose.size,
    onlyInBaseline: baseline.filter((row) => !partners.has(row)).map(({ description }) => description),
    onlyInCandidate: candidate.filter((row) => !matched.has(row)).map(({ description }) => description),
    repeated: [...new Set([...repeatedIn(baseline), ...repeatedIn(candidate)])],
  };
}

/** Finds each row's partner of the same key, in order. Rows with the key null have none. */
function partnersOf(
  baseline: readonly TestedRow[],
  candidate: readonly TestedRow[],
  keyOf: (row: TestedRow) => string | null,
): Map<TestedRow, TestedRow> {
  const waiting = Map.groupBy(candidate, keyOf);
  const partners = new Map<TestedRow, TestedRow>();
  for (const row of baseline) {
    const key = keyOf(row);
    const partner = key === null ? undefined : waiting.get(key)?.shift();
    if (partner !== undefined) partners.set(row, partner);
  }
  return partners;
}

function repeatedIn(rows: readonly TestedRow[]): string[] {
  const byDescription = Map.groupBy(rows, ({ description }) => description);
  return [...byDescription].filter(([, same]) => same.length > 1).map(([description]) => description);
}

function pairOf(baseline: TestedRow, candidate: TestedRow, frozen: boolean): RowPair {
  const flip =
    baseline.label !== null && candidate.label !== null && baseline.label !== candidate.label
      ? { description: baseline.description, baseline: baseline.label, candidate: candidate.label }
      : null;
  const common = frozen ? frozenLabel(baseline, candidate) : null;
  return {
    baseline,
    candidate,
    baselineLabel: frozen ? common : baseline.label,
    candidateLabel: frozen ? common : candidate.label,
    flip,
  };
}

const authority: Record<NonNullable<ResultRow["labelSource"]>, number> = {
  override: 3,
  column: 2,
  frozen: 1,
};

/** The stronger of two labels: the user's override, then the column, then a frozen verdict; of equals the newer. */
function frozenLabel(baseline: TestedRow, candidate: TestedRow): Label | null {
  if (baseline.label === null || candidate.label === null) return baseline.label ?? candidate.label;
  const rank = (row: TestedRow): number => (row.labelSource === null ? 0 : authority[row.labelSource]);
  return rank(baseline) > rank(candidate) ? baseline.label : candidate.label;
}
