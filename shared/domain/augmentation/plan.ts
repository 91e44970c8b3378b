import type { AugmentationPlan, AugmentationStep } from "../../schema/augmentation.ts";
import type { Label } from "../../schema/dataset.ts";
import { unnamedSlice, weakestFirst, weaknessOf } from "../analysis/slices.ts";
import { proportioned } from "./shares.ts";

/** What `analyse` counts of a slice's `dev` rows, as far as a plan needs it. */
export interface SliceWeakness {
  readonly slice: string;
  readonly label: Label;
  readonly n: number;
  readonly failures: number;
  /** What it is about, where its name does not say. */
  readonly topic?: string;
}

export interface PlanOptions {
  /** How many rows to write in all. */
  readonly rows: number;
  /** Whether there are rows for a slice: a pool has those of some slices, an LLM writes for any. */
  readonly isWritable: (slice: SliceWeakness) => boolean;
}

export const defaultRows = 110;

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

function stepsFor(weakness: SliceWeakness, rows: number): AugmentationStep[] {
  const { slice, label } = weakness;
  // Rows without a slice have no topic of that name.
  const topic = weakness.topic ?? (slice === unnamedSlice ? null : slice);
  if (label === "safe") return [{ slice, ...(safeAsks.get(slice) ?? { ...ordinary, topic }), count: rows }];
  const [refusals = 0, neighbours = 0, everyday = 0] = proportioned(rows, Object.values(harmfulMix));
  return [
    { slice, ...ordinary, kind: "refusal", topic, count: refusals },
    { slice, ...ordinary, kind: "neighbour", topic, count: neighbours },
    { slice, ...ordinary, count: everyday },
  ];
}

/**
 * Which rows to write after an evaluation: for each slice with failures, weakest first, in proportion to how weak
 * it is; a harmful slice also gets safe neighbours of its topic and ordinary rows. A fifth of the rows goes evenly to
 * all safe slices, failing or not. Counts add up to `rows`. Without a weak slice that is writable there are no
 * steps. Pass figures of `dev` rows only: the plan must not see the held-out ones.
 */
export function planAugmentation(
  slices: readonly SliceWeakness[],
  { rows, isWritable }: PlanOptions,
): AugmentationPlan {
  const weak = slices.filter(({ failures }) => failures > 0);
  const notWritable = weak
    .filter((slice) => !isWritable(slice))
    .map(({ slice, failures, n }) => ({ slice, failures, n }));
  const targets = weak.filter(isWritable).sort(weakestFirst);
  if (targets.length === 0) return { steps: [], notWritable };
  const kept = slices.filter((slice) => slice.label === "safe" && isWritable(slice));
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
  return { steps: merged(steps.filter(({ count }) => count > 0)), notWritable };
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
