import type { DatasetRow } from "../../schema/dataset.ts";
import { columnIndex, requireColumns, valueAt } from "../csv/table.ts";
import { readDataset, refuseErrors } from "../dataset/read.ts";
import { Failure } from "../failure.ts";

/** A row written beforehand. `row` counts data rows of the pool from 1. */
export interface PoolRow extends DatasetRow {
  readonly row: number;
  /** A harmful topic for a refusal, otherwise the slice of a test set, such as `numbers`. */
  readonly slice: string;
  /** The harmful topic whose words a safe row uses; null where it uses none. */
  readonly topic: string | null;
}

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
