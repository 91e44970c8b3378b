import type { RecordBatch } from "../../../shared/domain/csv/split.ts";
import type { StreamPlace } from "../../../shared/domain/csv/stream.ts";
import type { Table } from "../../../shared/domain/csv/table.ts";
import type { RowIndex } from "../../../shared/schema/compute.ts";
import {
  type LargeFile,
  type LargePart,
  openHead,
  openLarge,
  partsOf,
  type Stretch,
  splitterOf,
} from "./largeFile.ts";

/** The minimum size of an index stretch, in bytes. A page decodes little more than its own rows. */
export const STRETCH_BYTES = 64 * 1024;

/** Indexes the rows of a large file. Throws `Failure` `missing`, `bad-value` or `cancelled`. */
export async function indexRows(file: string, signal?: AbortSignal): Promise<RowIndex> {
  return (await indexByBytes(file, signal)) ?? (await indexByCells(file, signal));
}

/** Indexes rows in one pass over the bytes. Returns null when the cells have to be parsed. */
async function indexByBytes(file: string, signal?: AbortSignal): Promise<RowIndex | null> {
  const guess = await openHead(file);
  const { start, delimiter } = guess;
  const splitter = splitterOf(guess, { ...guess, batchBytes: STRETCH_BYTES, keep: false });
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
  // The header is the first record, so only the stretches after it know it.
  const behind = before.findIndex((count) => count > 0);
  return {
    large,
    header: await headerOf(large),
    headerBefore: behind < 0 ? batches.length : behind,
    total: Math.max(0, records - 1),
    firstRows: before.map((count) => Math.max(1, count)),
    offsets: batches.map((batch) => batch.start),
    lines: batches.map((batch) => batch.line),
  };
}

async function headerOf(large: LargeFile): Promise<RowIndex["header"]> {
  for await (const { table } of partsOf(large, { batchBytes: 1 })) {
    if (table.header.length > 0) return copied(table);
  }
  return null;
}

/** Returns a copy, because slices would keep their part's text in memory. */
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
  for await (const { table, firstRow, start, line, place } of partsOf(large, {
    batchBytes: STRETCH_BYTES,
    signal,
  })) {
    index.firstRows.push(firstRow);
    index.offsets.push(start);
    index.lines.push(line);
    if (place.header === null) index.headerBefore = index.offsets.length;
    if (index.header === null && table.header.length > 0) index.header = copied(table);
    index.total += table.records.length;
  }
  return index;
}

/** Returns the last stretch that starts at or before a row (from 1). */
export function stretchOf({ firstRows }: Pick<RowIndex, "firstRows">, row: number): number {
  let [low, high] = [0, firstRows.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((firstRows[middle] ?? 0) <= row) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Returns the range from a stretch to the start of stretch `until` or the end of the file. */
export function placeOf(index: RowIndex, at: number, until = index.offsets.length): Stretch {
  const header: StreamPlace["header"] = at < index.headerBefore ? null : index.header;
  return {
    start: index.offsets[at] ?? index.large.start,
    line: index.lines[at] ?? index.large.line,
    place: { header, rows: (index.firstRows[at] ?? 1) - 1 },
    end: index.offsets[until] ?? index.large.size,
  };
}

/** Yields the parts of a large file from a stretch on, one per stretch. */
export function partsFrom(index: RowIndex, at: number, until?: number): AsyncGenerator<LargePart> {
  const large: LargeFile = index.large;
  return partsOf(large, { stretch: placeOf(index, at, until), batchBytes: STRETCH_BYTES });
}
