import { stat } from "node:fs/promises";
import { changeCount, isDirty, unedited } from "../../../../shared/domain/dataset/document.ts";
import { type EditedDocument, freshDocument } from "../../../../shared/domain/dataset/documentHistory.ts";
import { RowOrder } from "../../../../shared/domain/dataset/rowOrder.ts";
import { Failure } from "../../../../shared/domain/failure.ts";
import type { DocumentRow, DocumentRows } from "../../../../shared/schema/document.ts";
import { fileSizes } from "../../compute/fileSizes.ts";
import type { FileLayer } from "../../files/fileLayer.ts";
import { isAbsent } from "../../files/primitives.ts";
import { readSource, sizeOfSource } from "../../files/sourceFile.ts";
import { sha256, sha256OfFile } from "../../hashing/hashing.ts";
import { type LargeFile, openPreview, readBatches } from "../largeFile.ts";
import { type BaseFile, TableFile } from "./baseFile.ts";
import type { DocumentDependencies } from "./dependencies.ts";
import { IndexedFile } from "./indexedFile.ts";

/** Reads a file for editing. Throws `Failure` `missing` or `bad-value`. */
export async function loadBase(
  { files, compute }: Pick<DocumentDependencies, "files" | "compute">,
  file: string,
): Promise<BaseFile> {
  if ((await sizeOfSource(files, file)) < fileSizes.indexedFrom) {
    return new TableFile((await readSource(files, file)).bytes, file);
  }
  return new IndexedFile((await compute.ask({ kind: "index", file })).index);
}

/** Bytes of a large file that are read first: a few hundred rows, in a few milliseconds. Must be even for UTF-16. */
const FIRST_BYTES = 128 * 1024;

/** The first rows of a large file; `estimate` is its approximate number of rows. */
export interface Preview {
  readonly large: LargeFile;
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly estimate: number;
}

/** Returns the header, encoding and dialect of a file. */
export function formatOf(of: BaseFile | Preview) {
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

/** Reads the first rows of a file. Returns null when its beginning has no complete rows. */
export async function loadPreview(file: string): Promise<Preview | null> {
  const large = await openPreview(file);
  const rows: string[][] = [];
  let header: readonly string[] = [];
  /** The number of rows before an offset, for complete batches only. */
  let known = { rows: 0, offset: large.start };
  const end = Math.min(large.previewBytes, large.start + FIRST_BYTES);
  const block = { start: large.start, line: large.line, cursor: { header: null, rows: 0 }, end };
  try {
    for await (const { table, start } of readBatches(large, { block, batchBytes: FIRST_BYTES / 16 })) {
      known = { rows: rows.length, offset: start };
      header = table.header;
      rows.push(...table.records.map(({ cells }) => cells.map(({ value }) => value)));
    }
  } catch (error) {
    // The preview ends inside a quoted cell or a character; the rows before that are valid.
    if (!(error instanceof Failure)) throw error;
  }
  // The last row may be truncated.
  rows.pop();
  if (rows.length === 0 || known.rows === 0) return null;
  const estimate = Math.round((known.rows / (known.offset - large.start)) * (large.size - large.start));
  return { large, header, rows, estimate };
}

/** Returns rows of a preview for display, or null when the preview doesn't contain all of them. */
export function rowsOfPreview(
  preview: Preview,
  revision: number,
  offset: number,
  limit: number,
): DocumentRows | null {
  if (offset + limit > preview.rows.length) return null;
  const rows = preview.rows.slice(offset, offset + limit).map((cells, at): DocumentRow => {
    return { id: offset + at + 1, row: offset + at + 1, cells: [...cells], status: "same" };
  });
  return { revision, total: preview.estimate, exact: false, offset, rows };
}

/** Returns a cheap stamp that changes with a file on disk; "gone" when the file doesn't exist. */
export async function stampOf(file: string): Promise<string> {
  try {
    const { size, mtimeNs, ctimeNs, ino } = await stat(file, { bigint: true });
    return `${size} ${mtimeNs} ${ctimeNs} ${ino}`;
  } catch (error) {
    if (isAbsent(error)) return "gone";
    throw error;
  }
}

/** Returns the hash of a file on disk, or null when the file doesn't exist. */
export async function hashOnDisk(files: FileLayer, file: string): Promise<string | null> {
  try {
    if ((await files.size(file)) >= fileSizes.indexedFrom) return await sha256OfFile(file);
    return sha256(await files.read(file));
  } catch (error) {
    if (isAbsent(error)) return null;
    throw error;
  }
}

/** A file that was read, with its edits. */
export interface Loaded {
  readonly base: BaseFile;
  readonly edited: EditedDocument;
}

/** Returns a file without edits. */
export function fresh(base: BaseFile): Loaded {
  return { base, edited: freshDocument(unedited(RowOrder.counting(base.rows))) };
}

/** Returns the document state's rows and edits. While only the preview is read, the total is an estimate. */
export function contentState(loaded: Loaded | null, preview: Preview | null) {
  const none = { dirty: false, changes: 0, undo: null, redo: null };
  if (loaded === null) return { total: preview?.estimate ?? 0, exact: false, ...none };
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
