import type { Label } from "../../schema/dataset.ts";
import type { TestedRow } from "../metrics/testedRow.ts";

/** The refusal probability of a labeled row, and the resampling group that the row belongs to. */
export interface LabeledScore {
  readonly harmful: boolean;
  /** From 0 to 1; a row is refused from a threshold on. */
  readonly score: number;
  readonly group: string;
}

/**
 * Returns a row's refusal probability, which is the same in all its samples; null without one. The seeds of a version have
 * one each, which make no score together: their mean would be that of an ensemble, which nobody uses.
 */
function refusalScore(row: TestedRow): number | null {
  if (row.members !== undefined) return null;
  return row.samples[0]?.refusalProbability ?? null;
}

/** Returns the row's score under a label; none where the label or the probability is missing. */
export function labeledScore(row: TestedRow, label: Label | null = row.label): LabeledScore[] {
  const score = refusalScore(row);
  return label === null || score === null ? [] : [{ harmful: label === "harmful", score, group: row.group }];
}
