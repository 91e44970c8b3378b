import { stat } from "node:fs/promises";
import { changeCount, isDirty, unedited } from "../../../../shared/domain/dataset/document.ts";
import { type EditedDocument, freshDocument } from "../../../../shared/domain/dataset/documentHistory.ts";
import { RowOrder } from "../../../../shared/domain/dataset/rowOrder.ts";
import { Failure } from "../../../../shared/domain/failure.ts";
import type { DocumentRow, DocumentRows } from "../../../../shared/schema/document.ts";
import type { Compute } from "../../compute/compute.ts";
import { fileSizes } from "../../compute/fileSizes.ts";
import type { FileLayer } from "../../files/fileLayer.ts";
import { isAbsent } from "../../files/primitives.ts";
import { readSource, sizeOfSource } from "../../files/sourceFile.ts";
import { sha256, sha256OfFile } from "../../hashing/hashing.ts";
import { type LargeFile, openHead, partsOf } from "../largeFile.ts";
import { type BaseFile, TableFile } from "./baseFile.ts";
import { IndexedFile } from "./indexedFile.ts";

/** Reads a file to edit it. Throws Failure `missing` or `bad-value`. */
export async function loadBase(files: FileLayer, compute: Compute, file: string): Promise<BaseFile> {
  if ((await sizeOfSource(files, file)) < fileSizes.indexedFrom) {
    return new TableFile((await readSource(files, file)).bytes, file);
  }
  return new IndexedFile((await compute.ask({ kind: "index", file })).index);
}

/** So much of a large file is read as rows at once: some hundreds of them, in a few milliseconds. In bytes; even. */
const FIRST_BYTES = 128 * 1024;

/** The first rows of a large file, at once; `estimate`: how many it may have. */
export interface Head {
  readonly large: LargeFile;
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly estimate: number;
}

/** Header, encoding and dialect of a file, which its beginning tells. */
export function formatOf(of: BaseFile | Head) {
  const large = "large" in of ? of.large : of;
  return {
    header: [...of.header],
    encoding: large.encoding,
    bom: large.bom,
    delimiter: large.dialect.delimiter,
    newline: large.dialect.newline,
    bytes: "size" in large ? large.size : large.bytes,
  };
}

/** Null where its beginning does not read as rows. */
export async function loadHead(file: string): Promise<Head | null> {
  const large = await openHead(file);
  const rows: string[][] = [];
  let header: readonly string[] = [];
  /** How many rows stand before which offset: of whole parts only. */
  let known = { rows: 0, offset: large.start };
  const end = Math.min(large.headBytes, large.start + FIRST_BYTES);
  const stretch = { start: large.start, line: large.line, place: { header: null, rows: 0 }, end };
  try {
    for await (const { table, start } of partsOf(large, { stretch, batchBytes: FIRST_BYTES / 16 })) {
      known = { rows: rows.length, offset: start };
      header = table.header;
      rows.push(...table.records.map(({ cells }) => cells.map(({ value }) => value)));
    }
  } catch (error) {
    // The head ends inside a quoted cell or a character: what came before stands.
    if (!(error instanceof Failure)) throw error;
  }
  // The last one may be cut.
  rows.pop();
  if (rows.length === 0 || known.rows === 0) return null;
  const estimate = Math.round((known.rows / (known.offset - large.start)) * (large.size - large.start));
  return { large, header, rows, estimate };
}

/** Rows of a head as they are shown, null where it does not hold them all. */
export function rowsOfHead(head: Head, revision: number, offset: number, limit: number): DocumentRows | null {
  if (offset + limit > head.rows.length) return null;
  const rows = head.rows.slice(offset, offset + limit).map((cells, at): DocumentRow => {
    return { id: offset + at + 1, row: offset + at + 1, cells: [...cells], status: "same" };
  });
  return { revision, total: head.estimate, exact: false, offset, rows };
}

/** What changes with a file on disk, cheaply told; "gone": it is not there. */
export async function stampOf(file: string): Promise<string> {
  try {
    const { size, mtimeNs, ctimeNs, ino } = await stat(file, { bigint: true });
    return `${size} ${mtimeNs} ${ctimeNs} ${ino}`;
  } catch (error) {
    if (isAbsent(error)) return "gone";
    throw error;
  }
}

/** The hash of a file on disk; null: it is not there. */
export async function hashOnDisk(files: FileLayer, file: string): Promise<string | null> {
  try {
    if ((await files.size(file)) >= fileSizes.indexedFrom) return await sha256OfFile(file);
    return sha256(await files.read(file));
  } catch (error) {
    if (isAbsent(error)) return null;
    throw error;
  }
}

/** What is there once the file was read. */
export interface Loaded {
  readonly base: BaseFile;
  readonly edited: EditedDocument;
}

/** A file that was read, with nothing done to it. */
export function fresh(base: BaseFile): Loaded {
  return { base, edited: freshDocument(unedited(RowOrder.counting(base.rows))) };
}

/** What a document's state says of its rows and edits; of a head that is all there is so far, an estimate. */
export function contentState(loaded: Loaded | null, head: Head | null) {
  const none = { dirty: false, changes: 0, undo: null, redo: null };
  if (loaded === null) return { total: head?.estimate ?? 0, exact: false, ...none };
  const { rows, undo, redo } = loaded.edited;
  return {
    total: rows.order.length,
    exact: true,
    dirty: isDirty(rows),
    changes: changeCount(rows),
    undo: undo.at(-1)?.label ?? null,
    redo: redo.at(-1)?.label ?? null,
  };
}
