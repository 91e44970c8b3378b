import type { LabelCount } from "../../schema/heldout.ts";
import { formatCount, pluralize } from "../format/count.ts";

export function totalOf({ safe, harmful, unlabelled }: LabelCount): number {
  return safe + harmful + unlabelled;
}

/** Returns rows by label, such as "3 rows (1 harmful, 1 safe, 1 unlabeled)". */
export function labelWords(counts: LabelCount): string {
  const unlabeled = counts.unlabelled === 0 ? "" : `, ${formatCount(counts.unlabelled)} unlabeled`;
  return `${pluralize(totalOf(counts), "row")} (${formatCount(counts.harmful)} harmful, ${formatCount(counts.safe)} safe${unlabeled})`;
}
