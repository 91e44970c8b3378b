import { RecordCounter } from "../../../shared/domain/csv/recordCount.ts";
import type { StreamPlace } from "../../../shared/domain/csv/stream.ts";
import type { Table } from "../../../shared/domain/csv/table.ts";
import type { RowIndex } from "../../../shared/schema/compute.ts";
import { type LargeFile, type LargePart, openHead, openLarge, partsOf, type Stretch } from "./largeFile.ts";

/** A stretch of the index: this much of the file at least, so that a page decodes little more than its rows. */
export const STRETCH_BYTES = 64 * 1024;

/** Looks through a large file: where its rows are. Throws Failure `missing`, `bad-value` or `cancelled`. */
export async function indexRows(file: string, signal?: AbortSignal): Promise<RowIndex> {
  return (await indexByBytes(file, signal)) ?? (await indexByCells(file, signal));
}

/** In one pass over the bytes; null where they alone do not tell, and cells have to be read. */
async function indexByBytes(file: string, signal?: AbortSignal): Promise<RowIndex | null> {
  const guess = await openHead(file);
  // Units of two bytes are no characters by their bytes.
  if (guess.encoding === "utf-16le" || guess.encoding === "utf-16be") return null;
  const { start, line, delimiter } = guess;
  const counter = new RecordCounter({ start, line, delimiter, stretchBytes: STRETCH_BYTES });
  const large = await openLarge(file, signal, (chunk, offset) => {
    const from = Math.max(0, start - offset);
    if (from < chunk.length) counter.push(chunk.subarray(from));
  });
  const records = counter.end();
  const asGuessed =
    large.start === start && large.delimiter === delimiter && large.revision === guess.revision;
  if (!asGuessed || records === null || counter.unsure) return null;
  const header = await headerOf(large);
  // The header is the first record: only the stretches behind it know it.
  const behind = counter.starts.findIndex((one) => one.records > 0);
  return {
    large,
    header,
    headerBefore: behind < 0 ? counter.starts.length : behind,
    total: Math.max(0, records - 1),
    firstRows: counter.starts.map((one) => Math.max(1, one.records)),
    offsets: counter.starts.map(({ offset }) => offset),
    lines: counter.starts.map((one) => one.line),
  };
}

async function headerOf(large: LargeFile): Promise<RowIndex["header"]> {
  for await (const { table } of partsOf(large, { batchBytes: 1 })) {
    if (table.header.length > 0) return copied(table);
  }
  return null;
}

/** Copies: slices would keep their part's text in memory. */
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

/** The last stretch that begins at or before a row (from 1). */
export function stretchOf({ firstRows }: Pick<RowIndex, "firstRows">, row: number): number {
  let [low, high] = [0, firstRows.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((firstRows[middle] ?? 0) <= row) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Where to read from a stretch on, to before stretch `until` or the file's end. */
export function placeOf(index: RowIndex, at: number, until = index.offsets.length): Stretch {
  const header: StreamPlace["header"] = at < index.headerBefore ? null : index.header;
  return {
    start: index.offsets[at] ?? index.large.start,
    line: index.lines[at] ?? index.large.line,
    place: { header, rows: (index.firstRows[at] ?? 1) - 1 },
    end: index.offsets[until] ?? index.large.size,
  };
}

/** The parts of a large file from a stretch on, one a stretch. */
export function partsFrom(index: RowIndex, at: number, until?: number): AsyncGenerator<LargePart> {
  const large: LargeFile = index.large;
  return partsOf(large, { stretch: placeOf(index, at, until), batchBytes: STRETCH_BYTES });
}
