import type { RecordBatch } from "../../../shared/domain/csv/split.ts";
import type { Table } from "../../../shared/domain/csv/table.ts";
import type { RowIndex } from "../../../shared/schema/compute.ts";
import {
  type LargeBatch,
  type LargeFile,
  openLarge,
  openPreview,
  readBatches,
  splitterOf,
} from "./largeFile.ts";

/** The minimum size of an index block, in bytes. A page decodes little more than its own rows. */
const BLOCK_BYTES = 64 * 1024;

/** Indexes the rows of a large file. Throws `Failure` `missing`, `bad-value` or `cancelled`. */
export async function indexRows(file: string, signal?: AbortSignal): Promise<RowIndex> {
  return (await indexByBytes(file, signal)) ?? (await indexByCells(file, signal));
}

/** Indexes rows in one pass over the bytes. Returns null when the cells have to be parsed. */
async function indexByBytes(file: string, signal?: AbortSignal): Promise<RowIndex | null> {
  const guess = await openPreview(file);
  const { start, delimiter } = guess;
  const splitter = splitterOf(guess, { ...guess, batchBytes: BLOCK_BYTES, keep: false });
  const batches: RecordBatch[] = [];
  const large = await openLarge(file, signal, (chunk, offset) => {
    const from = Math.max(0, start - offset);
    if (from < chunk.length) batches.push(...splitter.push(chunk.subarray(from)));
  });
  const rest = splitter.end();
  if (rest !== null) batches.push(rest);
  const asGuessed =
    large.start === start && large.delimiter === delimiter && large.revision === guess.revision;
  if (!asGuessed || splitter.open) return null;
  const before: number[] = [];
  let records = 0;
  for (const batch of batches) {
    if (batch.records === null) return null;
    before.push(records);
    records += batch.records;
  }
  // The header is the first record, so only the blocks after it know it.
  const after = before.findIndex((count) => count > 0);
  return {
    large,
    header: await headerOf(large),
    headerBefore: after < 0 ? batches.length : after,
    total: Math.max(0, records - 1),
    firstRows: before.map((count) => Math.max(1, count)),
    offsets: batches.map((batch) => batch.start),
    lines: batches.map((batch) => batch.line),
  };
}

async function headerOf(large: LargeFile): Promise<RowIndex["header"]> {
  for await (const { table } of readBatches(large, { batchBytes: 1 })) {
    if (table.header.length > 0) return copied(table);
  }
  return null;
}

/** Returns a copy, because slices would keep their batch's text in memory. */
function copied({ header, headerLine }: Pick<Table, "header" | "headerLine">): RowIndex["header"] {
  return { cells: JSON.parse(JSON.stringify(header)) as string[], line: headerLine };
}

async function indexByCells(file: string, signal?: AbortSignal): Promise<RowIndex> {
  const large = await openLarge(file, signal);
  const index: RowIndex = {
    large,
    header: null,
    headerBefore: 0,
    total: 0,
    firstRows: [],
    offsets: [],
    lines: [],
  };
  for await (const { table, firstRow, start, line, cursor } of readBatches(large, {
    batchBytes: BLOCK_BYTES,
    signal,
  })) {
    index.firstRows.push(firstRow);
    index.offsets.push(start);
    index.lines.push(line);
    if (cursor.header === null) index.headerBefore = index.offsets.length;
    if (index.header === null && table.header.length > 0) index.header = copied(table);
    index.total += table.records.length;
  }
  return index;
}

/** Returns the last block that starts at or before a row (from 1). */
export function blockOf({ firstRows }: Pick<RowIndex, "firstRows">, row: number): number {
  let [low, high] = [0, firstRows.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((firstRows[middle] ?? 0) <= row) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Yields the records from block `at` on, one batch per block, up to block `until` or the end of the file. */
export function readBlocks(
  index: RowIndex,
  at: number,
  until = index.offsets.length,
): AsyncGenerator<LargeBatch> {
  const block = {
    start: index.offsets[at] ?? index.large.start,
    line: index.lines[at] ?? index.large.line,
    cursor: {
      header: at < index.headerBefore ? null : index.header,
      rows: (index.firstRows[at] ?? 1) - 1,
    },
    end: index.offsets[until] ?? index.large.size,
  };
  return readBatches(index.large, { block, batchBytes: BLOCK_BYTES });
}
