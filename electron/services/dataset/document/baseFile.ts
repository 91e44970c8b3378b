import { setImmediate as nextTurn } from "node:timers/promises";
import { CELL_BOUND } from "../../../../shared/domain/csv/bounds.ts";
import type { Dialect } from "../../../../shared/domain/csv/dialect.ts";
import { editTable, type TableEdit } from "../../../../shared/domain/csv/edit.ts";
import type { Encoding } from "../../../../shared/domain/csv/encoding.ts";
import { readTable, type Table } from "../../../../shared/domain/csv/table.ts";
import type { RowOrder } from "../../../../shared/domain/dataset/rowOrder.ts";
import type { RowId } from "../../../../shared/schema/document.ts";
import { sha256 } from "../../hashing/hashing.ts";

/** A row of a file: its cells, and the columns whose text is truncated. */
export interface BaseRow {
  readonly cells: readonly string[];
  readonly cut: readonly number[];
}

/** The file on disk that the edits apply to, as it was when it was read. */
export interface BaseFile {
  readonly header: readonly string[];
  readonly encoding: Encoding;
  readonly bom: boolean;
  readonly dialect: Dialect;
  readonly bytes: number;
  readonly sha256: string;
  readonly rows: number;
  /** Rows by position, from 0. */
  read(positions: readonly number[]): Promise<Map<number, BaseRow>>;
  /** Yields all rows in order, in batches, and yields to the event loop in between. */
  scan(): AsyncGenerator<{ readonly first: number; readonly rows: readonly (readonly string[])[] }>;
  /** Yields the file's bytes with edits applied, in pieces. Edits must be in row order. */
  edited(edits: readonly TableEdit[]): AsyncGenerator<Uint8Array>;
  /** The whole file, if it is small enough for memory. */
  readonly content: Uint8Array | null;
}

/** Rows per batch of a scan: a few milliseconds of work. */
const SCANNED_ROWS = 500;

export function shownRow(cells: readonly { readonly value: string }[]): BaseRow {
  const cut = cells.flatMap(({ value }, column) => (value.length > CELL_BOUND ? [column] : []));
  return {
    cells: cells.map(({ value }) => (value.length > CELL_BOUND ? value.slice(0, CELL_BOUND) : value)),
    cut,
  };
}

/** A file that is small enough for memory. */
export class TableFile implements BaseFile {
  readonly #table: Table;
  readonly content: Uint8Array;
  readonly sha256: string;

  /** Throws `Failure` `bad-value` when the file isn't valid CSV. */
  constructor(bytes: Uint8Array, file: string) {
    this.#table = readTable(bytes, file);
    this.content = bytes;
    this.sha256 = sha256(bytes);
  }

  get header() {
    return this.#table.header;
  }
  get encoding() {
    return this.#table.source.encoding;
  }
  get bom() {
    return this.#table.source.bom;
  }
  get dialect() {
    return this.#table.dialect;
  }
  get bytes() {
    return this.content.length;
  }
  get rows() {
    return this.#table.records.length;
  }

  async read(positions: readonly number[]): Promise<Map<number, BaseRow>> {
    return new Map(
      positions.flatMap((position) => {
        const record = this.#table.records[position];
        return record === undefined ? [] : [[position, shownRow(record.cells)]];
      }),
    );
  }

  async *scan() {
    const { records } = this.#table;
    for (let first = 0; first < records.length; first += SCANNED_ROWS) {
      const some = records.slice(first, first + SCANNED_ROWS);
      yield { first, rows: some.map(({ cells }) => cells.map(({ value }) => value)) };
      await nextTurn();
    }
  }

  async *edited(edits: readonly TableEdit[]) {
    yield editTable(this.#table, edits);
  }
}

/** Returns the cells of rows as they are in the file. */
export async function cellsInFile(
  base: BaseFile,
  saved: RowOrder,
  ids: readonly RowId[],
): Promise<Map<RowId, readonly string[]>> {
  const there = ids.filter((id) => saved.has(id));
  const found = await base.read(there.map((id) => saved.positionOf(id)));
  return new Map(there.map((id) => [id, found.get(saved.positionOf(id))?.cells ?? []]));
}
