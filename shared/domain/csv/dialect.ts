import { Failure } from "../failure.ts";
import { type CsvRecord, isBlank, Scanner } from "./scan.ts";

export type Newline = "\n" | "\r\n" | "\r";

/** How a file separates and quotes; what is written into it follows the same ways. */
export interface Dialect {
  readonly delimiter: string;
  readonly newline: Newline;
  /** `all`: every cell of the file is in quotes. */
  readonly quoting: "minimal" | "all";
  /** Characters before the header: a `sep=` line with its line ending, else 0. */
  readonly preamble: number;
}

const candidates = [",", ";", "\t", "|"] as const;
/** How many records decide which quoting style a file has. */
const QUOTING_PROBE = 100;

/** Reads Excel's first line `sep=;`: the delimiter and the line's length in characters, or null. */
export function readSepLine(text: string): { delimiter: string; length: number } | null {
  const match = /^"?sep=([^\r\n"])"?(\r\n|\n|\r|$)/i.exec(text);
  return match?.[1] === undefined ? null : { delimiter: match[1], length: match[0].length };
}

/** How a header cell is compared: without surrounding white space, in lower case. */
export function headerKey(cell: string): string {
  return cell.trim().toLowerCase();
}

function headerUnder(text: string, delimiter: string, file: string): string[] {
  const scanner = new Scanner(text, delimiter, file);
  try {
    for (let record = scanner.next(); record !== null; record = scanner.next()) {
      if (!isBlank(record)) return record.cells.map(({ value }) => headerKey(value));
    }
  } catch (error) {
    // A delimiter under which a quote stays open is only a wrong guess here.
    if (!(error instanceof Failure)) throw error;
  }
  return [];
}

/** The delimiter under which the header has a `description` column, else the most columns; ties: comma first. */
export function guessDelimiter(text: string, file: string): string {
  const scores = candidates.map((delimiter) => {
    const header = headerUnder(text, delimiter, file);
    return header.length + (header.includes("description") ? 1_000_000 : 0);
  });
  return candidates[scores.indexOf(Math.max(...scores))] ?? ",";
}

/** The most frequent line ending between records; LF where there is none. */
export function newlineOf(text: string, records: readonly CsvRecord[]): Newline {
  const counts = new Map<Newline, number>([
    ["\n", 0],
    ["\r\n", 0],
    ["\r", 0],
  ]);
  for (const { end, next } of records) {
    const found = text.slice(end, next) as Newline | "";
    if (found !== "") counts.set(found, (counts.get(found) ?? 0) + 1);
  }
  return [...counts].reduce((best, entry) => (entry[1] > best[1] ? entry : best))[0];
}

/** `all` where every cell of the first records, header included, is in quotes. */
export function quotingOf(records: readonly CsvRecord[]): Dialect["quoting"] {
  const cells = records.slice(0, QUOTING_PROBE).flatMap((record) => record.cells);
  return cells.length > 0 && cells.every(({ quoted }) => quoted) ? "all" : "minimal";
}
