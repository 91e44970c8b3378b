import { isUtf8 } from "node:buffer";
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

/** Bytes per read. Even, for UTF-16. */
const CHUNK_BYTES = 64 * 1024;
/** Bytes per read when nothing is kept. */
const LOOKED_BYTES = 512 * 1024;
/** Bytes of a file that its dialect is detected from. */
const HEAD_BYTES = 1024 * 1024;

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

/** A part of a file and its position. */
export interface LargePart extends TablePart {
  readonly start: number;
  readonly line: number;
  /** The reader's position before the part. */
  readonly place: StreamPlace;
  /** Whether a cell was truncated, so that the part must not be written back. */
  readonly cut: boolean;
}

async function revisionOf(handle: FileHandle): Promise<{ size: number; revision: string }> {
  const { size, mtimeNs, ino } = await handle.stat({ bigint: true });
  return { size: Number(size), revision: `${size} ${mtimeNs} ${ino}` };
}

async function withFile<T>(file: string, body: (handle: FileHandle) => Promise<T>): Promise<T> {
  let handle: FileHandle;
  try {
    handle = await openRegular(file);
  } catch (error) {
    throw explainedRead(file, error);
  }
  try {
    return await body(handle);
  } finally {
    await handle.close();
  }
}

/** Returns size, time and inode of a file, which change with it. Throws `Failure` `missing` or `bad-value`. */
export function fileRevision(file: string): Promise<string> {
  return withFile(file, async (handle) => (await revisionOf(handle)).revision);
}

/** Yields the raw bytes of a file in [from, to). */
export async function* rawBytes(file: string, from: number, to: number): AsyncGenerator<Uint8Array> {
  const handle = await openRegular(file).catch((error: unknown) => {
    throw explainedRead(file, error);
  });
  try {
    yield* chunksOf(handle, from, to);
  } finally {
    await handle.close();
  }
}

/** Fills a buffer up to the end of the file and returns the count. A single read may return less than requested. */
async function filled(handle: FileHandle, buffer: Buffer, place: number, wanted: number): Promise<number> {
  let have = 0;
  while (have < wanted) {
    const { bytesRead } = await handle.read(buffer, have, wanted - have, place + have);
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
  const read = (buffer: Buffer, place: number) =>
    filled(handle, buffer, place, Math.min(buffer.length, to - place));
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

/** Returns how many bytes at the end belong to an incomplete character. */
function unfinished(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if ((byte & 0xc0) === 0x80) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return length > back ? back : 0;
  }
  return 0;
}

/** Checks chunk by chunk that all bytes are valid UTF-8. */
class Utf8Check {
  #rest: Uint8Array = new Uint8Array();
  valid = true;

  push(chunk: Uint8Array): void {
    if (!this.valid) return;
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const whole = bytes.length - unfinished(bytes);
    this.valid = isUtf8(bytes.subarray(0, whole));
    // A copy, because the chunk's buffer is reused.
    this.#rest = Uint8Array.from(bytes.subarray(whole));
  }

  end(): boolean {
    return this.valid && this.#rest.length === 0;
  }
}

/** Decodes a file's first bytes without an incomplete character at the end. */
function headText(head: Uint8Array, encoding: StreamedFile["encoding"], file: string): string {
  if (encoding === "latin1") return decodeAs(head, encoding, file);
  if (encoding !== "utf-8") return decodeAs(head.subarray(0, head.length & ~1), encoding, file);
  let end = head.length;
  while (end > 0 && end > head.length - 4 && ((head[end - 1] ?? 0) & 0xc0) === 0x80) end -= 1;
  // The lead byte of a character that may be incomplete.
  if (end > 0 && (head[end - 1] ?? 0) >= 0xc0) end -= 1;
  return decodeAs(head.subarray(0, end), "utf-8", file);
}

function encodingOf(head: Uint8Array, check: Pick<Utf8Check, "end">, size: number, file: string) {
  const marked = markedEncoding(head);
  const valid = check.end();
  if (marked === null) return { encoding: valid ? "utf-8" : "latin1", bom: false } as const;
  if (marked.encoding === "utf-8" && !valid) throw falselyMarked(file);
  if (marked.encoding !== "utf-8" && (size - markBytes(marked)) % 2 === 1) throw cutUtf16(file);
  return marked;
}

/**
 * Reads a large file once and returns its hash, encoding and dialect. `onChunk` receives all bytes in order; their
 * buffer is reused. Throws `Failure` `missing` or `bad-value`.
 */
export function openLarge(
  file: string,
  signal?: AbortSignal,
  onChunk?: (chunk: Uint8Array, offset: number) => void,
): Promise<LargeFile> {
  return withFile(file, async (handle) => {
    const { size, revision } = await revisionOf(handle);
    const head = Buffer.alloc(Math.min(HEAD_BYTES, size));
    const hash = createHash("sha256");
    const check = new Utf8Check();
    let at = 0;
    for await (const chunk of chunksOf(handle, 0, size, signal, LOOKED_BYTES)) {
      if (at < head.length) chunk.copy(head, at);
      onChunk?.(chunk, at);
      at += chunk.length;
      hash.update(chunk);
      check.push(chunk);
    }
    const source = encodingOf(head, check, size, file);
    return { ...layoutOf(head, source, file), size, revision, sha256: hash.digest("hex") };
  });
}

/**
 * Opens a large file by its beginning only, which is enough to show the first rows. The hash is unknown, and the
 * encoding is a guess.
 */
export function openHead(file: string): Promise<LargeFile & { readonly headBytes: number }> {
  return withFile(file, async (handle) => {
    const { size, revision } = await revisionOf(handle);
    const head = Buffer.alloc(Math.min(HEAD_BYTES, size));
    const check = new Utf8Check();
    let at = 0;
    for await (const chunk of chunksOf(handle, 0, head.length)) {
      chunk.copy(head, at);
      at += chunk.length;
      check.push(chunk);
    }
    // An incomplete character at the end of the head doesn't mean another encoding.
    const source = encodingOf(head, { end: () => check.valid }, head.length & ~1, file);
    return { ...layoutOf(head, source, file), size, revision, sha256: "", headBytes: head.length & ~1 };
  });
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

/** Where to start reading records, and the offset at which to stop. */
export interface Stretch {
  readonly start: number;
  readonly line: number;
  readonly place: StreamPlace;
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

function wholeFile({ start, line, size }: LargeFile): Stretch {
  return { start, line, place: { header: null, rows: 0 }, end: size };
}

/**
 * Yields the records of a large file in parts, with the memory of one part. Throws `Failure` `bad-value` when the file
 * changed since it was opened or isn't valid CSV, and `Failure` `cancelled`.
 */
export async function* partsOf(
  large: LargeFile,
  options: { stretch?: Stretch; batchBytes?: number; signal?: AbortSignal | undefined } = {},
): AsyncGenerator<LargePart> {
  const { start, line, place, end } = options.stretch ?? wholeFile(large);
  const handle = await openRegular(large.file).catch((error: unknown) => {
    throw explainedRead(large.file, error);
  });
  try {
    if ((await revisionOf(handle)).revision !== large.revision) throw changed(large.file);
    const reader = new TableReader(large, place);
    const splitter = splitterOf(large, { start, line, batchBytes: options.batchBytes ?? CHUNK_BYTES });
    const part = (batch: RecordBatch): LargePart => {
      const before = reader.place;
      return { ...reader.read(batch), start: batch.start, line: batch.line, place: before, cut: batch.cut };
    };
    for await (const chunk of chunksOf(handle, start, end, options.signal)) {
      for (const batch of splitter.push(chunk)) yield part(batch);
    }
    const rest = splitter.end();
    if (rest !== null) yield part(rest);
    // A change during the read mixes rows of two files, so all of them are invalid.
    if ((await revisionOf(handle)).revision !== large.revision) throw changed(large.file);
  } finally {
    await handle.close();
  }
}
