import type { AugmentationStep } from "../../schema/augmentation.ts";
import type { DatasetRow } from "../../schema/dataset.ts";
import { columnIndex, requireColumns, valueAt } from "../csv/table.ts";
import { readDataset, refuseErrors } from "../dataset/read.ts";
import { Failure } from "../failure.ts";
import type { SliceWeakness } from "./plan.ts";

/** A row written beforehand. `row` counts data rows of the pool from 1. */
export interface PoolRow extends DatasetRow {
  readonly row: number;
  /** A harmful topic for a refusal, otherwise the slice of a test set, such as `numbers`. */
  readonly slice: string;
  /** The harmful topic whose words a safe row uses; null where it uses none. */
  readonly topic: string | null;
}

/** Safe rows in the words of a harmful topic. */
const NEIGHBOUR_SLICE = "double-meaning";

/**
 * Reads a pool: a dataset with the columns `slice` and, optionally, `topic`.
 * Throws `Failure` `bad-value` for a file or row that can't be read, or a row without a slice.
 */
export function readPool(bytes: Uint8Array, file: string): PoolRow[] {
  const { table, rows, findings } = readDataset(bytes, file);
  refuseErrors(findings, file);
  const { slice: sliceAt } = requireColumns(table, ["slice"]);
  const topicAt = columnIndex(table, "topic");
  return rows.map(({ row, line, description, suggestions }) => {
    const slice = valueAt(table, row, sliceAt).trim();
    if (slice === "") {
      throw new Failure("bad-value", `${file}, line ${line}: the row has no slice`, {
        hint: "Enter the slice that the row is for, such as phishing or everyday.",
        file,
        row,
        column: "slice",
      });
    }
    const topic = topicAt < 0 ? "" : valueAt(table, row, topicAt).trim();
    return { row, description, suggestions: suggestions ?? [], slice, topic: topic === "" ? null : topic };
  });
}

/** Whether a pool row can serve a step: right answer, slice, and for a neighbour the topic. */
export function servesStep({ slice, topic, suggestions }: PoolRow, step: AugmentationStep): boolean {
  if ((suggestions.length === 0) !== (step.kind === "refusal")) return false;
  if (step.kind !== "neighbour") return slice === poolSliceOf(step);
  return slice === NEIGHBOUR_SLICE && (step.topic === null || topic === step.topic);
}

/** The slice of the pool that a refusal or an ordinary safe row comes from. */
function poolSliceOf({ topic, constraint, length }: AugmentationStep): string {
  return constraint ?? topic ?? (length === "ultra-long" ? length : "everyday");
}

/** Whether the pool has rows for a weak slice. */
export function poolCovers(pool: readonly PoolRow[], { slice, label }: SliceWeakness): boolean {
  return pool.some((row) => row.slice === slice && (row.suggestions.length === 0) === (label === "harmful"));
}
