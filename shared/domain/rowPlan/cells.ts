import type { AugmentationStep } from "../../schema/augmentation.ts";
import type { RowCell, Trade } from "../../schema/rowCell.ts";
import { proportioned } from "../augmentation/shares.ts";
import { Failure } from "../failure.ts";
import { below, chance, pick, type Random, shuffled } from "../random.ts";
import { edges, harmfulTopics, leftOutSlice, lengths, owners, regions, tones } from "./axes.ts";
import { omittedTopicIn } from "./omitted.ts";

/** Rows of one cell at most: a model's third idea for the same cell is already a variation of its first. */
const rowsPerCell = 3;

/** Shares of the safe rows: ordinary, near-miss, with a constraint, ultra-long. With 10 % refusals: 60, 15, 10 and 5 %. */
const safeShares = [60, 15, 10, 5] as const;

/** What a new dataset or test set should contain. */
export interface RowQuota {
  readonly rows: number;
  readonly refusals: number;
}

/** Returns the steps of a new dataset or test set. Their counts add up to `rows`. */
export function stepsOfQuota({ rows, refusals }: RowQuota): AugmentationStep[] {
  const [everyday = 0, near = 0, constrained = 0, long = 0] = proportioned(rows - refusals, safeShares);
  const [noHyphens = 0, numbers = 0] = proportioned(constrained, [1, 1]);
  const safe = { kind: "safe", topic: null, constraint: null, length: null } as const;
  const steps: AugmentationStep[] = [
    { ...safe, slice: "everyday", count: everyday },
    { ...safe, slice: "double-meaning", kind: "neighbour", count: near },
    { ...safe, slice: "no-hyphens", constraint: "no-hyphens", count: noHyphens },
    { ...safe, slice: "numbers", constraint: "numbers", count: numbers },
    { ...safe, slice: "ultra-long", length: "ultra-long", count: long },
    { ...safe, slice: "refusals", kind: "refusal", count: refusals },
  ];
  return steps.filter(({ count }) => count > 0);
}

/** Whether a step's rows are about a trade of the taxonomy. */
export const needsTrade = ({ kind, topic }: Pick<AugmentationStep, "kind" | "topic">): boolean =>
  kind === "safe" && (topic === null || topic === leftOutSlice);

/** Hands out choices in random order, and each again only after all others. */
function rotation<T>(random: Random, choices: readonly T[]): () => T {
  let left: T[] = [];
  return () => {
    if (left.length === 0) left = shuffled(random, choices);
    const next = left.pop();
    if (next !== undefined) return next;
    throw new Failure("usage", "every topic that rows could be about is omitted", {
      hint: "Omit fewer topics. Nothing was written.",
    });
  };
}

/** Draws cells one after the other; the same for the same seed, trades and calls. */
export interface CellSource {
  /** Draws the cells of a step. Their counts add up to the step's. */
  cellsOf(step: AugmentationStep): RowCell[];
  /** Draws a cell for missing rows of another: the same slice and kind, but another trade, owner, region and tone. */
  instead(cell: RowCell, missing: number): RowCell;
}

/**
 * Creates a source of cells. Harmful topics about an omitted topic are left out; the trades must already be without it.
 * Refusals alternate between open and veiled.
 */
export function createCellSource(
  random: Random,
  trades: readonly Trade[],
  omit: readonly string[] = [],
): CellSource {
  const omitted = omittedTopicIn(omit);
  const nextTrade = rotation(random, trades);
  const harms = [...harmfulTopics.keys()].filter((slice) => omitted(slice.replaceAll("-", " ")) === null);
  const nextHarm = { refusal: rotation(random, harms), neighbour: rotation(random, harms) };
  let drawn = 0;
  let refusals = 0;

  function subjectOf({
    slice,
    kind,
    topic,
  }: AugmentationStep): Pick<RowCell, "slice" | "topic" | "sector" | "style"> {
    if (needsTrade({ kind, topic })) {
      const { trade, sector } = nextTrade();
      return { slice, topic: trade, sector, style: null };
    }
    const subject = topic ?? nextHarm[kind === "refusal" ? kind : "neighbour"]();
    const words = { topic: harmfulTopics.get(subject) ?? subject, sector: null };
    if (kind !== "refusal") return { slice, ...words, style: null };
    refusals += 1;
    // The refusals of a new dataset belong to the slice of their topic.
    return {
      slice: topic === null ? subject : slice,
      ...words,
      style: refusals % 2 === 1 ? "open" : "veiled",
    };
  }

  function cell(step: AugmentationStep, count: number): RowCell {
    drawn += 1;
    return {
      id: `cell-${drawn}`,
      kind: step.kind,
      ...subjectOf(step),
      owner: pick(random, owners),
      region: pick(random, regions),
      tone: pick(random, tones),
      length: step.length ?? pick(random, lengths),
      constraint: step.constraint,
      edge: step.kind === "safe" && chance(random, 0.5) ? pick(random, edges) : null,
      count,
    };
  }

  return {
    cellsOf(step) {
      const cells: RowCell[] = [];
      for (let left = step.count; left > 0; ) {
        const count = Math.min(left, 1 + below(random, rowsPerCell));
        cells.push(cell(step, count));
        left -= count;
      }
      return cells;
    },
    instead({ slice, kind, topic, sector, constraint, length }, missing) {
      const step = { slice, kind, constraint, length, count: missing };
      return cell({ ...step, topic: sector === null ? topic : null }, missing);
    },
  };
}

/** Describes a cell in one line, such as `bakery · two sisters · London · playful · short`. */
export function describeCell({
  topic,
  owner,
  region,
  tone,
  length,
  constraint,
  edge,
  style,
}: RowCell): string {
  return [topic, style, owner, region, tone, length, constraint, edge]
    .filter((part) => part !== null)
    .join(" · ");
}
