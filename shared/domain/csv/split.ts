import { Failure } from "../failure.ts";
import { formatBytes } from "../format/bytes.ts";
import { KEPT_CELL_BYTES, KEPT_RECORD_BYTES } from "./bounds.ts";

/** Whole records of a file, one behind the other. */
export interface RecordBatch {
  /** As they stand in the file, but for cells that were cut (see `cut`). */
  readonly bytes: Uint8Array;
  /** Where the batch begins in the file and where the next one does, in bytes. */
  readonly start: number;
  readonly next: number;
  /** The line of the file where it begins, from 1. */
  readonly line: number;
  /** Bytes behind the first `KEPT_CELL_BYTES` of a cell were left out of it. */
  readonly cut: boolean;
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
}

const LF = 10;
const CR = 13;
const QUOTE = 34;

const CELL_START = 0;
const UNQUOTED = 1;
const QUOTED = 2;
/** Behind a quote in a quoted cell: it closes the cell, or is the first of a doubled one. */
const BEHIND_QUOTE = 3;
/** Behind a CR that ended a record: a LF would belong to it. */
const BEHIND_CR = 4;

/**
 * Cuts a stream of bytes into batches of whole records without decoding it, in memory that hangs on the batch size
 * and the longest cell kept. It sees the same records as `Scanner`.
 */
export class RecordSplitter {
  readonly #from: SplitterStart;
  readonly #width: 1 | 2;
  readonly #delimiter: number;
  #state = CELL_START;
  #behindCr = false;
  /** File offset of the chunk's first byte. */
  #base: number;
  #line: number;
  #cellStart: number;
  /** The current batch. */
  #parts: Uint8Array[] = [];
  #kept = 0;
  #start: number;
  #startLine: number;
  #cut = false;
  /** Within a cell that is being cut. */
  #skipping = false;

  constructor(from: SplitterStart) {
    this.#from = from;
    this.#width = from.units === "bytes" ? 1 : 2;
    this.#delimiter = from.delimiter.charCodeAt(0);
    this.#base = from.start;
    this.#start = from.start;
    this.#cellStart = from.start;
    this.#line = from.line;
    this.#startLine = from.line;
  }

  /**
   * Takes the next bytes; they may be reused afterwards. Throws Failure `bad-value` for a record of which more than
   * `KEPT_RECORD_BYTES` would be kept.
   */
  push(chunk: Uint8Array): RecordBatch[] {
    const batches: RecordBatch[] = [];
    let keptFrom = this.#beginSkipping(chunk);
    for (let at = 0; at < chunk.length; at += this.#width) {
      const unit = this.#unitAt(chunk, at);
      if (this.#state === BEHIND_CR && unit !== LF) {
        keptFrom = this.#endRecord(chunk, keptFrom, at, batches);
      }
      if (this.#state === BEHIND_QUOTE && unit !== QUOTE) {
        if (this.#skipping) {
          this.#keep(this.#quote());
          this.#skipping = false;
          keptFrom = at;
        }
        this.#state = UNQUOTED;
      }
      const wasSkipping = this.#skipping;
      this.#step(unit, at);
      if (wasSkipping && !this.#skipping) keptFrom = at;
      if (unit === LF && this.#state === CELL_START) {
        keptFrom = this.#endRecord(chunk, keptFrom, at + this.#width, batches);
      }
    }
    if (!this.#skipping) this.#keep(chunk.subarray(keptFrom));
    this.#base += chunk.length;
    if (this.#kept > KEPT_RECORD_BYTES) throw this.#tooLong();
    return batches;
  }

  /** What is left at the end of the file; an open quote is left open. Null where that is nothing. */
  end(): RecordBatch | null {
    if (this.#state === BEHIND_QUOTE && this.#skipping) this.#keep(this.#quote());
    return this.#base > this.#start ? this.#batch(this.#base) : null;
  }

  #unitAt(chunk: Uint8Array, at: number): number {
    const first = chunk[at] ?? 0;
    if (this.#width === 1) return first;
    const second = chunk[at + 1] ?? 0;
    return this.#from.units === "utf-16le" ? first | (second << 8) : (first << 8) | second;
  }

  /** Moves on over one unit: the state, the lines and the cell's beginning. */
  #step(unit: number, at: number): void {
    if (unit === CR || (unit === LF && !this.#behindCr)) this.#line += 1;
    this.#behindCr = unit === CR;
    if (this.#state === QUOTED) {
      if (unit === QUOTE) this.#state = BEHIND_QUOTE;
      return;
    }
    if (this.#state === BEHIND_QUOTE) {
      this.#state = QUOTED; // The second of a doubled quote.
      return;
    }
    if (unit === this.#delimiter || unit === CR || unit === LF) {
      this.#state = unit === CR ? BEHIND_CR : CELL_START;
      this.#cellStart = this.#base + at + this.#width;
      this.#skipping = false;
      return;
    }
    if (this.#state === CELL_START) this.#state = unit === QUOTE ? QUOTED : UNQUOTED;
  }

  /** Decides at a chunk's beginning whether the cell it goes on with is cut from here on; where to keep from. */
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

  /** The record ends before `at`; the batch too, where it is large enough. Where to keep from. */
  #endRecord(chunk: Uint8Array, keptFrom: number, at: number, batches: RecordBatch[]): number {
    this.#state = CELL_START;
    this.#cellStart = this.#base + at;
    if (this.#kept + at - keptFrom < this.#from.batchBytes) return keptFrom;
    this.#keep(chunk.subarray(keptFrom, at));
    batches.push(this.#batch(this.#base + at));
    return at;
  }

  #batch(next: number): RecordBatch {
    const bytes = new Uint8Array(this.#kept);
    let at = 0;
    for (const part of this.#parts) {
      bytes.set(part, at);
      at += part.length;
    }
    const batch = { bytes, start: this.#start, next, line: this.#startLine, cut: this.#cut };
    this.#parts = [];
    this.#kept = 0;
    this.#start = next;
    this.#startLine = this.#line;
    this.#cut = false;
    return batch;
  }

  /** A copy is kept: the chunk's memory is used again, and a Node `Buffer` shares it with its slices. */
  #keep(part: Uint8Array): void {
    if (part.length === 0) return;
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
      `${file}: the row that begins near line ${this.#startLine} is over ${formatBytes(KEPT_RECORD_BYTES)}`,
      {
        hint: "No dataset has such a row; is a line ending or a closing quote missing there?",
        file,
      },
    );
  }
}
