import type { AugmentationPlan, AugmentationStep } from "../../schema/augmentation.ts";
import { proportioned } from "./shares.ts";
import { reasonsOf, type SliceWeakness, weakestFirst, weaknessOf } from "./weakness.ts";

export interface PlanOptions {
  /** How many rows to write in all. */
  readonly rows: number;
  /** Whether there are rows for a slice: a pool has those of some slices, an LLM writes for any. */
  readonly isWritable: (slice: SliceWeakness) => boolean;
}

export const defaultRows = 110;
/** Rows written for each failing row that was chosen, where the person says nothing else. */
const rowsPerFailure = 5;
/** Weak rows of a group that a report shows. */
const examplesShown = 3;

/** How many rows to write for a selection. */
export function rowsForSelection(selected: number): number {
  return Math.min(defaultRows, selected * rowsPerFailure);
}

/** Of the rows for a weak harmful slice: to refuse, safe in its words, ordinary. Without the safe ones a model learns to refuse too much. */
const harmfulMix = { refusal: 0.5, neighbour: 0.35, everyday: 0.15 } as const;

/** Of all rows: kept in practice what already works, shared among the safe slices, so that new refusals do not undo it. */
const upkeepShare = 0.2;

type Ask = Omit<AugmentationStep, "slice" | "count">;

const ordinary: Ask = { kind: "safe", topic: null, constraint: null, length: null };

/** What to write for a safe slice, by its name. */
const safeAsks: ReadonlyMap<string, Ask> = new Map([
  ["everyday", ordinary],
  ["no-hyphens", { ...ordinary, constraint: "no-hyphens" }],
  ["numbers", { ...ordinary, constraint: "numbers" }],
  ["ultra-long", { ...ordinary, length: "ultra-long" }],
  ["double-meaning", { ...ordinary, kind: "neighbour" }],
]);

/** What a slice is about: its name, or the words of a group. */
function subjectOf({ slice, group }: SliceWeakness): Pick<Ask, "topic" | "words"> {
  if (group === undefined) return { topic: slice };
  return { topic: group.topic, words: [...group.words] };
}

function stepsFor(weakness: SliceWeakness, rows: number): AugmentationStep[] {
  const { slice, label, group } = weakness;
  const subject = subjectOf(weakness);
  if (label === "safe") {
    const ask = group === undefined ? safeAsks.get(slice) : undefined;
    return [{ slice, ...(ask ?? { ...ordinary, ...subject }), count: rows }];
  }
  const [refusals = 0, neighbours = 0, everyday = 0] = proportioned(rows, Object.values(harmfulMix));
  return [
    { slice, ...ordinary, kind: "refusal", ...subject, count: refusals },
    { slice, ...ordinary, kind: "neighbour", ...subject, count: neighbours },
    { slice, ...ordinary, count: everyday },
  ];
}

/**
 * Which rows to write after an evaluation: for each slice with weak rows, weakest first, in proportion to the weight of
 * its weak rows by its size; a harmful slice also gets safe neighbours of its topic and ordinary rows. Rows without a
 * slice share one size, so their groups get rows in proportion to the weight of their weak rows. A fifth of the rows
 * goes evenly to all safe slices, failing or not. Counts add up to `rows`. Without a weak slice that is writable there
 * are no steps. Pass figures of `dev` rows only: the plan must not see the held-out ones.
 */
export function planAugmentation(
  slices: readonly SliceWeakness[],
  { rows, isWritable }: PlanOptions,
): AugmentationPlan {
  const weak = slices.filter((slice) => slice.weak.length > 0).sort(weakestFirst);
  const notWritable = weak
    .filter((slice) => !isWritable(slice))
    .map(({ slice, weak: { length: failures }, n }) => ({ slice, failures, n }));
  const targets = weak.filter(isWritable);
  if (targets.length === 0) return { groups: [], steps: [], notWritable };
  const kept = slices.filter(
    (slice) => slice.label === "safe" && slice.group === undefined && isWritable(slice),
  );
  const upkeep = kept.length === 0 ? 0 : Math.floor(rows * upkeepShare);
  const targeted = proportioned(rows - upkeep, targets.map(weaknessOf));
  const upkept = proportioned(
    upkeep,
    kept.map(() => 1),
  );
  const steps = [
    ...targets.flatMap((slice, index) => stepsFor(slice, targeted[index] as number)),
    ...kept.flatMap((slice, index) => stepsFor(slice, upkept[index] as number)),
  ];
  const groups = targets.map((slice, index) => groupOf(slice, targeted[index] as number));
  return { groups, steps: merged(steps.filter(({ count }) => count > 0)), notWritable };
}

function groupOf({ slice, label, weak }: SliceWeakness, rows: number): AugmentationPlan["groups"][number] {
  const examples = weak.slice(0, examplesShown).map(({ row, description }) => ({ row, description }));
  return { slice, label, reasons: reasonsOf(weak), rows, examples };
}

/** Merges steps with the same request into the first of them. */
function merged(steps: readonly AugmentationStep[]): AugmentationStep[] {
  const byAsk = new Map<string, AugmentationStep>();
  for (const step of steps) {
    const { count, ...ask } = step;
    const key = JSON.stringify(ask);
    byAsk.set(key, { ...step, count: count + (byAsk.get(key)?.count ?? 0) });
  }
  return [...byAsk.values()];
}
