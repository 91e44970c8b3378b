import { Failure } from "../failure.ts";

/** One cell: its characters in the text (`start` to before `end`, quotes included), its line and its value. */
export interface Cell {
  readonly start: number;
  readonly end: number;
  /** The line of the file where it begins, from 1. */
  readonly line: number;
  readonly value: string;
  readonly quoted: boolean;
  /** Text stands after the closing quote: `"a"b`. It is kept as part of the value. */
  readonly stray: boolean;
}

/** One record: `end` is before its line ending, `next` is behind it. */
export interface CsvRecord {
  readonly start: number;
  readonly end: number;
  readonly next: number;
  readonly line: number;
  readonly cells: readonly Cell[];
}

const LF = 10;
const CR = 13;
const QUOTE = 34;

/**
 * Reads records of CSV text with the span of every cell, which is what byte-faithful saving needs and Papa Parse
 * does not tell. RFC 4180, and: any of LF, CRLF and CR ends a record outside quotes; a quote inside an unquoted
 * cell is a character; text behind a closing quote is kept.
 */
export class Scanner {
  readonly #text: string;
  readonly #delimiter: number;
  readonly #file: string;
  #at: number;
  #line: number;
  /** Records so far, the header among them, blank lines not: the number of the data row that comes next. */
  #records: number;

  /** `at` and `line`: where to begin; `records`: how many there were before. `file` is named in failures. */
  constructor(text: string, delimiter: string, file: string, { at = 0, line = 1, records = 0 } = {}) {
    this.#text = text;
    this.#delimiter = delimiter.charCodeAt(0);
    this.#file = file;
    this.#at = at;
    this.#line = line;
    this.#records = records;
  }

  /** The next record, or null at the end of the text. Throws Failure `bad-value` where a quote stays open. */
  next(): CsvRecord | null {
    if (this.#at >= this.#text.length) return null;
    const start = this.#at;
    const line = this.#line;
    const cells = [this.#cell()];
    while (this.#text.charCodeAt(this.#at) === this.#delimiter) {
      this.#at += 1;
      cells.push(this.#cell());
    }
    const end = this.#at;
    this.#lineEnd();
    const record = { start, end, next: this.#at, line, cells };
    if (!isBlank(record)) this.#records += 1;
    return record;
  }

  #cell(): Cell {
    const start = this.#at;
    const line = this.#line;
    const quoted = this.#text.charCodeAt(start) === QUOTE;
    const inner = quoted ? this.#quotedPart() : "";
    const behind = this.#at;
    this.#at = this.#unquotedEnd(behind);
    const value = inner + this.#text.slice(behind, this.#at);
    return { start, end: this.#at, line, value, quoted, stray: quoted && this.#at > behind };
  }

  /** Reads from the opening quote to behind the closing one and returns what stands between, unescaped. */
  #quotedPart(): string {
    const open = this.#at;
    let close = this.#text.indexOf('"', open + 1);
    while (close !== -1 && this.#text.charCodeAt(close + 1) === QUOTE) {
      close = this.#text.indexOf('"', close + 2);
    }
    if (close === -1) throw this.#unclosed();
    this.#countLines(open, close);
    this.#at = close + 1;
    return this.#text.slice(open + 1, close).replaceAll('""', '"');
  }

  #unclosed(): Failure {
    return new Failure(
      "bad-value",
      `${this.#file} ends inside a quoted cell that opens in line ${this.#line}`,
      {
        hint: "The file was cut, or a quote in that line is not closed or not doubled.",
        file: this.#file,
        ...(this.#records === 0 ? {} : { row: this.#records }),
      },
    );
  }

  #unquotedEnd(from: number): number {
    let at = from;
    for (; at < this.#text.length; at += 1) {
      const unit = this.#text.charCodeAt(at);
      if (unit === this.#delimiter || unit === LF || unit === CR) break;
    }
    return at;
  }

  #countLines(from: number, to: number): void {
    for (let at = from; at < to; at += 1) {
      const unit = this.#text.charCodeAt(at);
      if (unit === CR || (unit === LF && this.#text.charCodeAt(at - 1) !== CR)) this.#line += 1;
    }
  }

  #lineEnd(): void {
    const unit = this.#text.charCodeAt(this.#at);
    if (unit !== CR && unit !== LF) return;
    this.#at += unit === CR && this.#text.charCodeAt(this.#at + 1) === LF ? 2 : 1;
    this.#line += 1;
  }
}

/** A line without anything on it: no row. */
export function isBlank(record: CsvRecord): boolean {
  const [only, ...more] = record.cells;
  return more.length === 0 && only !== undefined && !only.quoted && only.value.trim() === "";
}
