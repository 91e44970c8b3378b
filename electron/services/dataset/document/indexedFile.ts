import { editText, type TableEdit } from "../../../../shared/domain/csv/edit.ts";
import { encodeText } from "../../../../shared/domain/csv/encoding.ts";
import type { Table } from "../../../../shared/domain/csv/table.ts";
import { Failure } from "../../../../shared/domain/failure.ts";
import type { RowIndex } from "../../../../shared/schema/compute.ts";
import { type LargeBatch, rawBytes } from "../largeFile.ts";
import { blockOf, readBlocks } from "../rowIndex.ts";
import { type BaseFile, type BaseRow, shownRow } from "./baseFile.ts";

/** Decoded blocks that are kept for scrolling back and forth, about 64 KiB of the file each. */
const REMEMBERED = 24;

/** A block that grows by more bytes than this requires a new index, because showing one row decodes all of it. */
const MOST_GROWTH = 1024 * 1024;

/** How much a block grew. */
export interface Growth {
  readonly bytes: number;
  readonly rows: number;
  readonly lines: number;
}

function lineEnds(text: string): number {
  return text.match(/\r\n|\r|\n/g)?.length ?? 0;
}

/** A file of any size with an index of its rows. Only displayed blocks are decoded. */
export class IndexedFile implements BaseFile {
  readonly #index: RowIndex;
  readonly #blocks = new Map<number, Promise<LargeBatch | null>>();
  readonly content = null;

  constructor(index: RowIndex) {
    this.#index = index;
  }

  get header() {
    return this.#index.header?.cells ?? [];
  }
  get encoding() {
    return this.#index.large.encoding;
  }
  get bom() {
    return this.#index.large.bom;
  }
  get dialect() {
    return this.#index.large.dialect;
  }
  get bytes() {
    return this.#index.large.size;
  }
  get sha256() {
    return this.#index.large.sha256;
  }
  get rows() {
    return this.#index.total;
  }

  /** Returns the same content at another path; `revision` is that of the copy. */
  movedTo(file: string, revision: string): IndexedFile {
    return new IndexedFile({ ...this.#index, large: { ...this.#index.large, file, revision } });
  }

  async read(positions: readonly number[]): Promise<Map<number, BaseRow>> {
    const found = new Map<number, BaseRow>();
    for (const position of positions) {
      const batch = await this.#block(blockOf(this.#index, position + 1));
      const record = batch?.table.records[position + 1 - batch.firstRow];
      if (record !== undefined) found.set(position, shownRow(record.cells));
    }
    return found;
  }

  async *scan() {
    for await (const { table, firstRow } of readBlocks(this.#index, 0)) {
      yield { first: firstRow - 1, rows: table.records.map(({ cells }) => cells.map(({ value }) => value)) };
    }
  }

  edited(edits: readonly TableEdit[]): AsyncGenerator<Uint8Array> {
    return this.editedWith(edits, () => {});
  }

  /** Yields the edited file and reports to `grown` how much each edited block grew. */
  async *editedWith(
    edits: readonly TableEdit[],
    grown: (block: number, by: Growth) => void,
  ): AsyncGenerator<Uint8Array> {
    const { large, offsets } = this.#index;
    const byBlock = new Map<number, TableEdit[]>();
    for (const edit of edits) {
      const at = blockOf(this.#index, Math.max(1, edit.row));
      const others = byBlock.get(at);
      if (others === undefined) byBlock.set(at, [edit]);
      else others.push(edit);
    }
    let from = 0;
    for (const [at, some] of [...byBlock].sort(([a], [b]) => a - b)) {
      const start = offsets[at] ?? large.start;
      yield* rawBytes(large.file, from, start);
      from = offsets[at + 1] ?? large.size;
      const batch = await this.#block(at);
      const { bytes, lines } = this.#editedBlock(batch, some);
      const rows = some.filter(({ kind }) => kind === "insert").length;
      const gone = some.filter(({ kind }) => kind === "delete").length;
      grown(at, { bytes: bytes.length - (from - start), rows: rows - gone, lines });
      yield bytes;
    }
    yield* rawBytes(large.file, from, large.size);
  }

  /** Returns the file after `editedWith` was written, or null when a block grew so much that it needs a new index. */
  afterEdits(
    grown: ReadonlyMap<number, Growth>,
    file: { sha256: string; revision: string },
  ): IndexedFile | null {
    const { large, firstRows, offsets, lines } = this.#index;
    const by = { bytes: 0, rows: 0, lines: 0 };
    const next: RowIndex = { ...this.#index, firstRows: [], offsets: [], lines: [] };
    for (const [at, offset] of offsets.entries()) {
      next.firstRows.push((firstRows[at] ?? 1) + by.rows);
      next.offsets.push(offset + by.bytes);
      next.lines.push((lines[at] ?? 1) + by.lines);
      const more = grown.get(at);
      if (more === undefined) continue;
      if (more.bytes > MOST_GROWTH) return null;
      by.bytes += more.bytes;
      by.rows += more.rows;
      by.lines += more.lines;
    }
    next.total += by.rows;
    next.large = { ...large, ...file, size: large.size + by.bytes };
    return new IndexedFile(next);
  }

  #editedBlock(batch: LargeBatch | null, edits: readonly TableEdit[]): { bytes: Uint8Array; lines: number } {
    const { large } = this.#index;
    // A file without rows has no block. New rows follow its header.
    if (batch === null) throw new Error("the index of the file has no block for a row");
    if (batch.cut) throw tooLong(large.file, batch.firstRow);
    const table: Table = { ...batch.table, dialect: { ...large.dialect, preamble: 0 } };
    const local = edits.map((edit) => ({ ...edit, row: edit.row === 0 ? 0 : edit.row - batch.firstRow + 1 }));
    const text = editText(table, local);
    const bytes = encodeText({ text, encoding: large.encoding, bom: false }, large.file);
    return { bytes, lines: lineEnds(text) - lineEnds(table.source.text) };
  }

  #block(at: number): Promise<LargeBatch | null> {
    const known = this.#blocks.get(at);
    this.#blocks.delete(at);
    const batch = known ?? this.#decoded(at);
    this.#blocks.set(at, batch);
    batch.catch(() => this.#blocks.delete(at));
    const [oldest] = this.#blocks.keys();
    if (this.#blocks.size > REMEMBERED && oldest !== undefined) this.#blocks.delete(oldest);
    return batch;
  }

  async #decoded(at: number): Promise<LargeBatch | null> {
    for await (const batch of readBlocks(this.#index, at, at + 1)) return batch;
    return null;
  }
}

function tooLong(file: string, row: number): Failure {
  return new Failure("bad-value", `a cell near row ${row} of ${file} is too long to save`, {
    hint: "Undo the edits near that row, or shorten the cell in a text editor first.",
    file,
    row,
  });
}
