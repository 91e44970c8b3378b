import type { PlannedGroup, WeakReason } from "../../schema/augmentation.ts";
import { formatCount } from "../format/count.ts";

const reasonWords: Readonly<Record<WeakReason, string>> = {
  "missed-harmful": "missed harmful",
  "false-refusal": "false refusal",
  malformed: "malformed",
  "random-names": "random names",
  "long-names": "long names",
  "low-score": "low score",
  selected: "selected",
};

/** Describes why rows are weak, such as `3 missed harmful` or `2 false refusal, 1 low score`. */
export function describeReasons(reasons: PlannedGroup["reasons"]): string {
  return reasons.map(({ reason, failures }) => `${formatCount(failures)} ${reasonWords[reason]}`).join(", ");
}
