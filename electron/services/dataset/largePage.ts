import { CELL_BOUND } from "../../../shared/domain/csv/bounds.ts";
import type { StreamPlace } from "../../../shared/domain/csv/stream.ts";
import type { DatasetPage } from "../../../shared/schema/dataset.ts";
import { fileRevision, type LargeFile, openLarge, partsOf } from "./largeFile.ts";

/** A stretch of the index: this much of the file at least, so that a page decodes little more than its rows. */
const STRETCH_BYTES = 64 * 1024;
/** Indexes of so many files are remembered. */
const REMEMBERED = 4;

/** Where the rows of a large file are: the first row of each stretch, its offset in bytes and its line. */
interface RowIndex {
  readonly large: LargeFile;
  readonly header: StreamPlace["header"];
  /** The first stretch before which the header was known. */
  readonly headerBefore: number;
  readonly total: number;
  readonly firstRows: Float64Array;
  readonly offsets: Float64Array;
  readonly lines: Float64Array;
}

async function indexOf(file: string): Promise<RowIndex> {
  const large = await openLarge(file);
  const places: { row: number; offset: number; line: number }[] = [];
  let header: StreamPlace["header"] = null;
  let headerBefore = 0;
  let total = 0;
  for await (const { table, firstRow, start, line, place } of partsOf(large, { batchBytes: STRETCH_BYTES })) {
    places.push({ row: firstRow, offset: start, line });
    if (place.header === null) headerBefore = places.length;
    // Copies: the slices would keep their part's text.
    if (header === null && table.header.length > 0) {
      header = { cells: JSON.parse(JSON.stringify(table.header)) as string[], line: table.headerLine };
    }
    total += table.records.length;
  }
  return {
    large,
    header,
    headerBefore,
    total,
    firstRows: Float64Array.from(places, ({ row }) => row),
    offsets: Float64Array.from(places, ({ offset }) => offset),
    lines: Float64Array.from(places, ({ line }) => line),
  };
}

/** The last stretch that begins at or before a row (from 1). */
function stretchOf({ firstRows }: RowIndex, row: number): number {
  let [low, high] = [0, firstRows.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((firstRows[middle] ?? 0) <= row) low = middle;
    else high = middle - 1;
  }
  return low;
}

async function rowsFrom(index: RowIndex, offset: number, limit: number): Promise<DatasetPage["rows"]> {
  const rows: DatasetPage["rows"] = [];
  if (offset >= index.total) return rows;
  const at = stretchOf(index, offset + 1);
  const header = at < index.headerBefore ? null : index.header;
  const place = { header, rows: (index.firstRows[at] ?? 1) - 1 };
  const stretch = {
    start: index.offsets[at] ?? index.large.start,
    line: index.lines[at] ?? index.large.line,
    place,
    end: index.large.size,
  };
  for await (const { table, firstRow } of partsOf(index.large, { stretch, batchBytes: STRETCH_BYTES })) {
    for (const [behind, { line, cells }] of table.records.entries()) {
      const row = firstRow + behind;
      if (row <= offset) continue;
      if (row > offset + limit) return rows;
      const cut = cells.flatMap(({ value }, column) => (value.length > CELL_BOUND ? [column] : []));
      rows.push({
        row,
        line,
        cells: cells.map(({ value }) => value.slice(0, CELL_BOUND)),
        ...(cut.length === 0 ? {} : { cut }),
      });
    }
  }
  return rows;
}

/** Pages of large files by an index of their rows, made once per revision of a file and kept in memory. */
export function createLargePages() {
  const remembered = new Map<string, { revision: string; index: Promise<RowIndex> }>();

  async function indexFor(file: string, revision: string): Promise<RowIndex> {
    const known = remembered.get(file);
    if (known?.revision === revision) return known.index;
    const index = indexOf(file);
    remembered.delete(file);
    remembered.set(file, { revision, index });
    index.catch(() => remembered.delete(file));
    const [oldest] = remembered.keys();
    if (remembered.size > REMEMBERED && oldest !== undefined) remembered.delete(oldest);
    return index;
  }

  return {
    /** `offset` counts data rows from 0. Throws Failure `bad-value` for a file that changes meanwhile. */
    async read(request: { file: string; offset: number; limit: number }): Promise<DatasetPage> {
      const { file, offset, limit } = request;
      const index = await indexFor(file, await fileRevision(file));
      const { sha256, encoding, delimiter } = index.large;
      const rows = await rowsFrom(index, offset, limit);
      const header = [...(index.header?.cells ?? [])];
      return { file, sha256, encoding, delimiter, header, total: index.total, offset, rows };
    },
  };
}
