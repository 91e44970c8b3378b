import type { StreamPlace } from "../../../shared/domain/csv/stream.ts";
import type { RowIndex } from "../../../shared/schema/compute.ts";
import { type LargeFile, type LargePart, openLarge, partsOf, type Stretch } from "./largeFile.ts";

/** A stretch of the index: this much of the file at least, so that a page decodes little more than its rows. */
export const STRETCH_BYTES = 64 * 1024;

/** Looks through a large file: where its rows are. Throws Failure `missing`, `bad-value` or `cancelled`. */
export async function indexRows(file: string, signal?: AbortSignal): Promise<RowIndex> {
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
    // Copies: the slices would keep their part's text.
    if (index.header === null && table.header.length > 0) {
      index.header = { cells: JSON.parse(JSON.stringify(table.header)) as string[], line: table.headerLine };
    }
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
