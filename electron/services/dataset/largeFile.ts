import { createHash } from "node:crypto";
import type { FileHandle } from "node:fs/promises";
import { type Dialect, newlineOf, quotingOf } from "../../../shared/domain/csv/dialect.ts";
import {
  cutUtf16,
  decodeAs,
  encodeText,
  falselyMarked,
  markBytes,
  markedEncoding,
} from "../../../shared/domain/csv/encoding.ts";
import { type CsvRecord, isBlank, Scanner } from "../../../shared/domain/csv/scan.ts";
import { type RecordBatch, RecordSplitter, type SplitterStart } from "../../../shared/domain/csv/split.ts";
import {
  type StreamedFile,
  type StreamPlace,
  type TablePart,
  TableReader,
} from "../../../shared/domain/csv/stream.ts";
import { dialectOf } from "../../../shared/domain/csv/table.ts";
import { Failure } from "../../../shared/domain/failure.ts";
import { openRegular } from "../files/regularFile.ts";
import { explainedRead } from "../files/sourceFile.ts";
import { incompleteEnd, isUtf8Start, Utf8Check } from "./utf8.ts";

/** Bytes per read. Even, for UTF-16. */
const CHUNK_BYTES = 64 * 1024;
/** Bytes per read when nothing is kept. */
const SCANNED_BYTES = 512 * 1024;
/** Bytes at the start of a file that its dialect is detected from. */
const PREVIEW_BYTES = 1024 * 1024;

/** A large file as it was opened. A different `revision` means that the file changed. */
export interface LargeFile extends StreamedFile {
  readonly size: number;
  readonly sha256: string;
  readonly revision: string;
  readonly dialect: Dialect;
  /** The offset of the first record, after the byte order mark and the `sep=` line. */
  readonly start: number;
  readonly line: number;
}

/** A batch of a file's records and its position. */
export interface LargeBatch extends TablePart {
  readonly start: number;
  readonly line: number;
  /** The reader's position before the batch. */
  readonly cursor: StreamPlace;
  /** Whether a cell was truncated, so that the batch must not be written back. */
  readonly cut: boolean;
}

async function revisionOf(handle: FileHandle): Promise<{ size: number; revision: string }> {
  const { size, mtimeNs, ino } = await handle.stat({ bigint: true });
  return { size: Number(size), revision: `${size} ${mtimeNs} ${ino}` };
}

function openFile(file: string): Promise<FileHandle> {
  return openRegular(file).catch((error: unknown) => {
    throw explainedRead(file, error);
  });
}

/** Returns size, time and inode of a file, which change with it. Throws `Failure` `missing` or `bad-value`. */
export async function fileRevision(file: string): Promise<string> {
  await using handle = await openFile(file);
  return (await revisionOf(handle)).revision;
}

/** Yields the raw bytes of a file in [from, to). */
export async function* rawBytes(file: string, from: number, to: number): AsyncGenerator<Uint8Array> {
  await using handle = await openFile(file);
  yield* chunksOf(handle, from, to);
}

/** Fills a buffer up to the end of the file and returns the count. A single read may return less than requested. */
async function readFully(handle: FileHandle, buffer: Buffer, position: number): Promise<number> {
  let have = 0;
  while (have < buffer.length) {
    const { bytesRead } = await handle.read(buffer, have, buffer.length - have, position + have);
    if (bytesRead === 0) break;
    have += bytesRead;
  }
  return have;
}

/**
 * Yields the bytes in [from, to) in chunks that share two buffers, so each chunk is valid only until the next one. The
 * next chunk is read ahead. All chunks but the last are full, so none ends inside a UTF-16 unit.
 */
async function* chunksOf(
  handle: FileHandle,
  from: number,
  to: number,
  signal?: AbortSignal,
  most = CHUNK_BYTES,
): AsyncGenerator<Buffer> {
  const size = Math.min(most, to - from);
  const read = (buffer: Buffer, position: number) =>
    readFully(handle, buffer.subarray(0, to - position), position);
  let [buffer, other] = [Buffer.allocUnsafe(size), Buffer.allocUnsafe(to - from > size ? size : 0)];
  let reading = read(buffer, from);
  try {
    for (let at = from; at < to; ) {
      if (signal?.aborted) throw new Failure("cancelled", "reading was cancelled");
      const have = await reading;
      if (have === 0) return;
      at += have;
      if (at < to) reading = read(other, at);
      yield buffer.subarray(0, have);
      [buffer, other] = [other, buffer];
    }
  } finally {
    // The caller closes the file next, which must not happen during a read. Its errors no longer matter.
    await reading.catch(() => {});
  }
}

/** Decodes a file's first bytes without an incomplete character at the end. */
function headText(head: Uint8Array, encoding: StreamedFile["encoding"], file: string): string {
  if (encoding === "latin1") return decodeAs(head, encoding, file);
  if (encoding !== "utf-8") return decodeAs(head.subarray(0, head.length & ~1), encoding, file);
  return decodeAs(head.subarray(0, head.length - incompleteEnd(head)), "utf-8", file);
}

function encodingOf(head: Uint8Array, isUtf8: boolean, size: number, file: string) {
  const marked = markedEncoding(head);
  if (marked === null) return { encoding: isUtf8 ? "utf-8" : "latin1", bom: false } as const;
  if (marked.encoding === "utf-8" && !isUtf8) throw falselyMarked(file);
  if (marked.encoding !== "utf-8" && (size - markBytes(marked)) % 2 === 1) throw cutUtf16(file);
  return marked;
}

/**
 * Reads a large file once and returns its hash, encoding and dialect. `onChunk` receives all bytes in order; their
 * buffer is reused. Throws `Failure` `missing` or `bad-value`.
 */
export async function openLarge(
  file: string,
  signal?: AbortSignal,
  onChunk?: (chunk: Uint8Array, offset: number) => void,
): Promise<LargeFile> {
  await using handle = await openFile(file);
  const { size, revision } = await revisionOf(handle);
  const head = Buffer.alloc(Math.min(PREVIEW_BYTES, size));
  const hash = createHash("sha256");
  const check = new Utf8Check();
  let at = 0;
  for await (const chunk of chunksOf(handle, 0, size, signal, SCANNED_BYTES)) {
    if (at < head.length) chunk.copy(head, at);
    onChunk?.(chunk, at);
    at += chunk.length;
    hash.update(chunk);
    check.push(chunk);
  }
  const source = encodingOf(head, check.end(), size, file);
  return { ...layoutOf(head, source, file), size, revision, sha256: hash.digest("hex") };
}

/**
 * Opens a large file by its beginning only, which is enough to show the first rows. The hash is unknown, and the
 * encoding is a guess.
 */
export async function openPreview(file: string): Promise<LargeFile & { readonly previewBytes: number }> {
  await using handle = await openFile(file);
  const { size, revision } = await revisionOf(handle);
  const head = Buffer.alloc(Math.min(PREVIEW_BYTES, size));
  await readFully(handle, head, 0);
  // Even, for UTF-16.
  const previewBytes = head.length & ~1;
  const source = encodingOf(head, isUtf8Start(head), previewBytes, file);
  return { ...layoutOf(head, source, file), size, revision, sha256: "", previewBytes };
}

/** Returns the dialect of a large file and the position of its first record. */
function layoutOf(head: Uint8Array, source: Pick<StreamedFile, "encoding" | "bom">, file: string) {
  const text = headText(head.subarray(markBytes(source)), source.encoding, file);
  const found = dialectOf(text, file);
  const preamble = encodeText({ text: text.slice(0, found.preamble), ...source, bom: false }, file);
  if (source.encoding === "utf-8" && found.delimiter.charCodeAt(0) >= 0x80) throw oddDelimiter(file);
  const records = firstRecords(text, found, file);
  const dialect = { ...found, newline: newlineOf(text, records), quoting: quotingOf(records) };
  return {
    file,
    ...source,
    dialect,
    delimiter: found.delimiter,
    start: markBytes(source) + preamble.length,
    line: found.preamble === 0 ? 1 : 2,
  };
}

/** The number of records that quoting and line endings are detected from. */
const DIALECT_RECORDS = 200;

function firstRecords(
  text: string,
  { delimiter, preamble }: Pick<Dialect, "delimiter" | "preamble">,
  file: string,
) {
  const scanner = new Scanner(text, delimiter, file, { at: preamble });
  const records: CsvRecord[] = [];
  try {
    for (let record = scanner.next(); record !== null; record = scanner.next()) {
      if (!isBlank(record)) records.push(record);
      if (records.length === DIALECT_RECORDS) break;
    }
  } catch (error) {
    // The head may end inside a quoted cell.
    if (!(error instanceof Failure)) throw error;
  }
  return records;
}

function oddDelimiter(file: string): Failure {
  return new Failure("bad-value", `${file} is too large for a non-ASCII delimiter`, {
    hint: "Save the file with commas, semicolons, bars, or tabs between its cells.",
    file,
  });
}

function changed(file: string): Failure {
  return new Failure("bad-value", `${file} was changed by another program`, {
    hint: "Nothing was written. Try again.",
    file,
  });
}

/** A range of a file: where to start reading records, and the offset at which to stop. */
export interface IndexBlock {
  readonly start: number;
  readonly line: number;
  readonly cursor: StreamPlace;
  readonly end: number;
}

/** Returns a splitter that cuts a large file's bytes into batches of records. */
export function splitterOf(
  { file, encoding, delimiter }: StreamedFile,
  { start, line, batchBytes, keep = true }: Omit<SplitterStart, "file" | "units" | "delimiter">,
): RecordSplitter {
  const units = encoding === "utf-16le" || encoding === "utf-16be" ? encoding : "bytes";
  return new RecordSplitter({ file, units, delimiter, start, line, batchBytes, keep });
}

/**
 * Yields the records of a large file, or of one block of it, in batches, with the memory of one batch. Throws `Failure`
 * `bad-value` when the file changed since it was opened or isn't valid CSV, and `Failure` `cancelled`.
 */
export async function* readBatches(
  large: LargeFile,
  options: { block?: IndexBlock; batchBytes?: number; signal?: AbortSignal | undefined } = {},
): AsyncGenerator<LargeBatch> {
  const whole = { start: large.start, line: large.line, cursor: { header: null, rows: 0 }, end: large.size };
  const { start, line, cursor, end } = options.block ?? whole;
  await using handle = await openFile(large.file);
  if ((await revisionOf(handle)).revision !== large.revision) throw changed(large.file);
  const reader = new TableReader(large, cursor);
  const splitter = splitterOf(large, { start, line, batchBytes: options.batchBytes ?? CHUNK_BYTES });
  const read = (batch: RecordBatch): LargeBatch => {
    const before = reader.place;
    return { ...reader.read(batch), start: batch.start, line: batch.line, cursor: before, cut: batch.cut };
  };
  for await (const chunk of chunksOf(handle, start, end, options.signal)) {
    for (const batch of splitter.push(chunk)) yield read(batch);
  }
  const rest = splitter.end();
  if (rest !== null) yield read(rest);
  // A change during the read mixes rows of two files, so all of them are invalid.
  if ((await revisionOf(handle)).revision !== large.revision) throw changed(large.file);
}
