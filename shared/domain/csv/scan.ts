import { Failure } from "../failure.ts";
import { BEHIND_QUOTE, CELL_START, CR, LF, QUOTED, step, UNQUOTED } from "./machine.ts";

/** One cell: its characters in the text (`start` to before `end`, quotes included), its line and its value. */
export interface Cell {
  readonly start: number;
  readonly end: number;
  /** The line of the file where it begins, from 1. */
  readonly line: number;
  readonly value: string;
  readonly quoted: boolean;
  /** Text follows the closing quote: `"a"b`. It is kept as part of the value. */
  readonly stray: boolean;
}

/** One record: `end` is before its line ending, `next` is after it. */
export interface CsvRecord {
  readonly start: number;
  readonly end: number;
  readonly next: number;
  readonly line: number;
  readonly cells: readonly Cell[];
}

/**
 * Reads records of CSV text with the span of every cell, which is what byte-faithful saving needs and Papa Parse
 * does not give. `machine.ts` decides where cells and records end.
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
    const text = this.#text;
    const start = this.#at;
    const line = this.#line;
    let at = start;
    /** After the closing quote, as far as is known. */
    let closed = start;
    let state = CELL_START;
    const delimiter = this.#delimiter;
    for (; at < text.length; at += 1) {
      if (state === QUOTED) at = this.#quoteFrom(at);
      const unit = text.charCodeAt(at);
      // Most units are letters of an unquoted cell, which change nothing.
      if (state === UNQUOTED && unit > CR && unit !== delimiter) continue;
      state = step(state, unit, delimiter);
      if (state <= CELL_START) break;
      if (state === BEHIND_QUOTE) closed = at + 1;
    }
    if (state === QUOTED) throw this.#unclosed();
    const quoted = closed > start;
    if (quoted) this.#countLines(start, closed);
    this.#at = at;
    const inner = quoted ? text.slice(start + 1, closed - 1).replaceAll('""', '"') : "";
    return {
      start,
      end: at,
      line,
      value: inner + text.slice(closed, at),
      quoted,
      stray: at > closed && quoted,
    };
  }

  /** Where the next quote stands: nothing else changes anything inside a quoted cell. */
  #quoteFrom(at: number): number {
    const quote = this.#text.indexOf('"', at);
    if (quote === -1) throw this.#unclosed();
    return quote;
  }

  #unclosed(): Failure {
    return new Failure(
      "bad-value",
      `${this.#file} ends inside a quoted cell that starts on line ${this.#line}`,
      {
        hint: "The file is truncated, or a quote on that line is unclosed or not doubled.",
        file: this.#file,
        ...(this.#records === 0 ? {} : { row: this.#records }),
      },
    );
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
