import type { LabelFlip } from "../../schema/comparison.ts";
import type { Label } from "../../schema/dataset.ts";
import type { ResultRow } from "../../schema/result.ts";
import type { TestedRow } from "../metrics/testedRow.ts";

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
  readonly onlyInBaseline: readonly string[];
  readonly onlyInCandidate: readonly string[];
  /** Descriptions that a file holds more than once. */
  readonly repeated: readonly string[];
}

/**
 * Matches rows by description, repeated ones in order. `frozen`: both files are stamped, so that a label belongs
 * to the test row and both sides are held to the same one; otherwise each is held to its own.
 */
export function matchRows(
  baseline: readonly TestedRow[],
  candidate: readonly TestedRow[],
  frozen: boolean,
): Matching {
  const waiting = Map.groupBy(candidate, ({ description }) => description);
  const repeated = new Set<string>();
  for (const [description, same] of waiting) if (same.length > 1) repeated.add(description);
  const pairs: RowPair[] = [];
  const onlyInBaseline: string[] = [];
  const seen = new Set<string>();
  for (const row of baseline) {
    if (seen.has(row.description)) repeated.add(row.description);
    seen.add(row.description);
    const partner = waiting.get(row.description)?.shift();
    if (partner === undefined) onlyInBaseline.push(row.description);
    else pairs.push(pairOf(row, partner, frozen));
  }
  const left = new Set([...waiting.values()].flat());
  return {
    pairs,
    onlyInBaseline,
    onlyInCandidate: candidate.filter((row) => left.has(row)).map((row) => row.description),
    repeated: [...repeated],
  };
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
