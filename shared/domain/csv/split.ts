import { Failure } from "../failure.ts";
import { formatBytes } from "../format/bytes.ts";
import { KEPT_CELL_BYTES, KEPT_RECORD_BYTES } from "./bounds.ts";
import {
  BEHIND_QUOTE,
  beginsRecord,
  CELL_START,
  CR,
  LF,
  QUOTE,
  QUOTED,
  RECORD_START,
  step,
  UNQUOTED,
} from "./machine.ts";

/** Whole records of a file, one after the other. */
export interface RecordBatch {
  /** The bytes of the file, except for cells that were cut (see `cut`); none where they are only counted. */
  readonly bytes: Uint8Array;
  /** Where the batch begins in the file and where the next one does, in bytes. */
  readonly start: number;
  readonly next: number;
  /** The line of the file where it begins, from 1. */
  readonly line: number;
  /** Bytes after the first `KEPT_CELL_BYTES` of a cell were excluded from it. */
  readonly cut: boolean;
  /** Records that are not blank lines; null where only decoding tells whether a line is blank. */
  readonly records: number | null;
}

/** What a splitter must know of a file, and where it begins to read. */
export interface SplitterStart {
  readonly file: string;
  /** `bytes`: UTF-8, Latin-1. Units of UTF-16 come whole: every chunk is of even length. */
  readonly units: "bytes" | "utf-16le" | "utf-16be";
  /** One unit; in `bytes` an ASCII character. */
  readonly delimiter: string;
  /** Offset of the first chunk in the file, in bytes, and its line. */
  readonly start: number;
  readonly line: number;
  /** A batch ends with the record in which it reaches this size. */
  readonly batchBytes: number;
  /** False: batches are found and their records counted, but their bytes are not kept. */
  readonly keep?: boolean;
}

const SPACE = 32;

/** White space as `trim` takes it away, in ASCII. */
function isSpace(unit: number): boolean {
  return unit === SPACE || (unit >= 9 && unit <= 13);
}

/**
 * Where the next byte is that may change the state or the line; most of a file is between two such. A doubled
 * quote inside quotes changes neither.
 */
function behindLetters(chunk: Uint8Array, from: number, state: number, delimiter: number): number {
  let at = from;
  if (state === QUOTED) {
    const last = chunk.length - 1;
    for (; at <= last; at += 1) {
      const byte = chunk[at] as number;
      if (byte <= CR) return at;
      if (byte !== QUOTE) continue;
      if (at === last || chunk[at + 1] !== QUOTE) return at;
      at += 1;
    }
  } else {
    for (; at < chunk.length; at += 1) {
      const byte = chunk[at] as number;
      if (byte <= CR || byte === delimiter) return at;
    }
  }
  return at;
}

/**
 * Cuts a stream of bytes into batches of whole records without decoding it, in memory that depends on the batch size
 * and the longest cell kept. `machine.ts` decides where cells and records end, as it does for `Scanner`.
 */
export class RecordSplitter {
  readonly #from: SplitterStart;
  readonly #width: 1 | 2;
  readonly #delimiter: number;
  readonly #keeps: boolean;
  #state = RECORD_START;
  #behindCr = false;
  /** File offset of the chunk's first byte. */
  #base: number;
  #line: number;
  #cellStart: number;
  /** The record has more than white space, or more than one cell. */
  #filled = false;
  /** A unit beyond ASCII is in a record that has nothing else: only decoding tells whether it is white space. */
  #odd = false;
  /** The current batch. */
  #parts: Uint8Array[] = [];
  #kept = 0;
  #start: number;
  #startLine: number;
  #cut = false;
  #records: number | null = 0;
  /** Within a cell that is being cut. */
  #skipping = false;

  constructor(from: SplitterStart) {
    this.#from = from;
    this.#width = from.units === "bytes" ? 1 : 2;
    this.#delimiter = from.delimiter.charCodeAt(0);
    this.#keeps = from.keep ?? true;
    this.#base = from.start;
    this.#start = from.start;
    this.#cellStart = from.start;
    this.#line = from.line;
    this.#startLine = from.line;
  }

  /** True where the bytes so far end inside a quoted cell. */
  get open(): boolean {
    return this.#state === QUOTED;
  }

  /**
   * Takes the next bytes; they may be reused afterwards. Throws Failure `bad-value` for a record of which more than
   * `KEPT_RECORD_BYTES` would be kept.
   */
  push(chunk: Uint8Array): RecordBatch[] {
    const batches: RecordBatch[] = [];
    const width = this.#width;
    let keptFrom = this.#beginSkipping(chunk);
    for (let at = 0; at < chunk.length; at += width) {
      const before = this.#state;
      if (width === 1 && this.#filled && (before === QUOTED || before === UNQUOTED)) {
        const next = behindLetters(chunk, at, before, this.#delimiter);
        if (next > at) this.#behindCr = false;
        at = next;
        if (at === chunk.length) break;
      }
      const unit = this.#unitAt(chunk, at);
      if (beginsRecord(before, unit)) keptFrom = this.#endRecord(chunk, keptFrom, at, batches);
      this.#state = step(before, unit, this.#delimiter);
      if (unit === CR || (unit === LF && !this.#behindCr)) this.#line += 1;
      this.#behindCr = unit === CR;
      if (!this.#filled) this.#look(unit);
      if (this.#skipping) keptFrom = this.#endSkipping(before, keptFrom, at);
      if (this.#state <= CELL_START) this.#cellStart = this.#base + at + width;
    }
    if (!this.#skipping) this.#keep(chunk.subarray(keptFrom));
    this.#base += chunk.length;
    if (this.#kept > KEPT_RECORD_BYTES) throw this.#tooLong();
    return batches;
  }

  /** What is left at the end of the file; an open quote is left open. Null where that is nothing. */
  end(): RecordBatch | null {
    if (this.#state === BEHIND_QUOTE && this.#skipping) this.#keep(this.#quote());
    this.#countRecord();
    return this.#base > this.#start ? this.#batch(this.#base) : null;
  }

  #unitAt(chunk: Uint8Array, at: number): number {
    const first = chunk[at] ?? 0;
    if (this.#width === 1) return first;
    const second = chunk[at + 1] ?? 0;
    return this.#from.units === "utf-16le" ? first | (second << 8) : (first << 8) | second;
  }

  /** Whether the unit shows that the record is more than a blank line. */
  #look(unit: number): void {
    if (unit === this.#delimiter) this.#filled = true;
    else if (unit >= 0x80) this.#odd = true;
    else if (!isSpace(unit)) this.#filled = true;
  }

  #countRecord(): void {
    if (this.#filled && this.#records !== null) this.#records += 1;
    if (!this.#filled && this.#odd) this.#records = null;
    this.#filled = false;
    this.#odd = false;
  }

  /** Decides at a chunk's beginning whether the cell it continues is cut from here on; where to keep from. */
  #beginSkipping(chunk: Uint8Array): number {
    const within = this.#state === UNQUOTED || this.#state === QUOTED;
    if (this.#skipping || !within || this.#base - this.#cellStart < KEPT_CELL_BYTES) return 0;
    let whole = 0;
    // Not in the middle of a UTF-8 character.
    if (this.#width === 1) while (whole < 3 && ((chunk[whole] ?? 0) & 0xc0) === 0x80) whole += 1;
    this.#keep(chunk.subarray(0, whole));
    this.#skipping = true;
    this.#cut = true;
    return 0;
  }

  /** Ends the skipping where the cell or its quotes end; where to keep from. */
  #endSkipping(before: number, keptFrom: number, at: number): number {
    const closed = before === BEHIND_QUOTE && this.#state !== QUOTED;
    if (closed) this.#keep(this.#quote());
    if (!closed && this.#state > CELL_START) return keptFrom;
    this.#skipping = false;
    return at;
  }

  /** The record ends before `at`; the batch too, where it is large enough. Where to keep from. */
  #endRecord(chunk: Uint8Array, keptFrom: number, at: number, batches: RecordBatch[]): number {
    this.#countRecord();
    this.#cellStart = this.#base + at;
    if (this.#cellStart - this.#start < this.#from.batchBytes) return keptFrom;
    this.#keep(chunk.subarray(keptFrom, at));
    batches.push(this.#batch(this.#cellStart));
    return at;
  }

  #batch(next: number): RecordBatch {
    const bytes = new Uint8Array(this.#kept);
    let at = 0;
    for (const part of this.#parts) {
      bytes.set(part, at);
      at += part.length;
    }
    const [start, line, cut, records] = [this.#start, this.#startLine, this.#cut, this.#records];
    this.#parts = [];
    this.#kept = 0;
    this.#start = next;
    this.#startLine = this.#line;
    this.#cut = false;
    this.#records = 0;
    return { bytes, start, next, line, cut, records };
  }

  /** A copy is kept: the chunk's memory is used again, and a Node `Buffer` shares it with its slices. */
  #keep(part: Uint8Array): void {
    if (part.length === 0 || !this.#keeps) return;
    this.#parts.push(new Uint8Array(part));
    this.#kept += part.length;
  }

  #quote(): Uint8Array {
    if (this.#width === 1) return new Uint8Array([QUOTE]);
    return new Uint8Array(this.#from.units === "utf-16le" ? [QUOTE, 0] : [0, QUOTE]);
  }

  #tooLong(): Failure {
    const { file } = this.#from;
    return new Failure(
      "bad-value",
      `${file}: the row that starts near line ${this.#startLine} is larger than ${formatBytes(KEPT_RECORD_BYTES)}`,
      {
        hint: "A line ending or a closing quote is probably missing there.",
        file,
      },
    );
  }
}
