import { Failure } from "../failure.ts";
import { formatBytes } from "../format/bytes.ts";
import { WHOLE_FILE_BOUND } from "./bounds.ts";
import { type Dialect, guessDelimiter, headerKey, newlineOf, quotingOf, readSepLine } from "./dialect.ts";
import { type DecodedText, decodeText } from "./encoding.ts";
import { readRows } from "./rows.ts";
import { type Cell, type CsvRecord, isBlank, Scanner } from "./scan.ts";

/**
 * A CSV file in memory with the span of each cell. Rows are lists of cells beside a list of headers, never
 * objects keyed by header: a column may be called `__proto__`, and two may have one name.
 */
export interface Table {
  readonly file: string;
  readonly source: DecodedText;
  readonly dialect: Dialect;
  /** The header cells as they are; [] for an empty file. */
  readonly header: readonly string[];
  /** The line of the header in the file, from 1. */
  readonly headerLine: number;
  /** The data records without blank lines; row n (from 1) is `records[n - 1]`. */
  readonly records: readonly CsvRecord[];
}

/** The delimiter, and the characters of a `sep=` line, by the beginning of a file's text. */
export function dialectOf(text: string, file: string): Pick<Dialect, "delimiter" | "preamble"> {
  const sep = readSepLine(text);
  return sep === null
    ? { delimiter: guessDelimiter(text, file), preamble: 0 }
    : { delimiter: sep.delimiter, preamble: sep.length };
}

function tooLarge(bytes: number, file: string): Failure {
  const [size, bound] = [bytes, WHOLE_FILE_BOUND].map(formatBytes);
  return new Failure(
    "bad-value",
    `${file} is ${size}; files larger than ${bound} can be linted and viewed, but not edited`,
    {
      hint: "Split the file. `dataset lint` and `dataset stats` work on files of any size.",
      file,
    },
  );
}

/**
 * Reads a CSV file: encoding, byte order mark, `sep=` line, delimiter and line endings are recognized; blank
 * lines are no rows. Throws Failure `bad-value` with the line where the file is cut inside quotes, and for a file
 * above `WHOLE_FILE_BOUND`.
 */
export function readTable(bytes: Uint8Array, file: string): Table {
  if (bytes.length > WHOLE_FILE_BOUND) throw tooLarge(bytes.length, file);
  const source = decodeText(bytes, file);
  const { text } = source;
  const { delimiter, preamble } = dialectOf(text, file);
  const scanner = new Scanner(text, delimiter, file, { at: preamble, line: preamble === 0 ? 1 : 2 });
  const all: CsvRecord[] = [];
  for (let record = scanner.next(); record !== null; record = scanner.next()) {
    if (!isBlank(record)) all.push(record);
  }
  const [head, ...records] = all;
  return {
    file,
    source,
    dialect: { delimiter, preamble, newline: newlineOf(text, all), quoting: quotingOf(all) },
    header: head?.cells.map(({ value }) => value) ?? [],
    headerLine: head?.line ?? 1,
    records,
  };
}

/** The rows of a CSV file as text, without their places in it: for readers that write nothing back. */
export interface RowTable extends Pick<Table, "file" | "header"> {
  readonly delimiter: string;
  readonly rows: readonly (readonly string[])[];
}

/** As `readTable`, by Papa Parse. Throws Failure `bad-value`. */
export function readRowTable(bytes: Uint8Array, file: string): RowTable {
  if (bytes.length > WHOLE_FILE_BOUND) throw tooLarge(bytes.length, file);
  const { text } = decodeText(bytes, file);
  const { delimiter, preamble } = dialectOf(text, file);
  const filled = readRows(text.slice(preamble), delimiter, file).filter(
    ([only = "", ...more]) => more.length > 0 || only.trim() !== "",
  );
  const [header = [], ...rows] = filled;
  return { file, header, delimiter, rows };
}

/** The index of the first column of that name (white space and case aside), or −1. */
export function columnIndex(table: Pick<Table, "header">, name: string): number {
  return table.header.findIndex((cell) => headerKey(cell) === name);
}

/** The cell at a row (from 1) and column (from 0), or undefined where the record is too short. */
export function cellAt(table: Table, row: number, column: number): Cell | undefined {
  return column < 0 ? undefined : table.records[row - 1]?.cells[column];
}

/** The value of a row's cell, "" where the row is too short or the column missing (−1). */
export function valueAt(table: Table, row: number, column: number): string {
  return cellAt(table, row, column)?.value ?? "";
}

const SHOWN_COLUMNS = 20;
const SHOWN_NAME = 40;

/** The header for a message: its first columns, long names cut; “nothing” for none. */
export function shownHeader(header: readonly string[]): string {
  if (header.length === 0) return "nothing";
  const names = header
    .slice(0, SHOWN_COLUMNS)
    .map((name) => (name.length > SHOWN_NAME ? `${name.slice(0, SHOWN_NAME)}…` : name))
    .join(", ");
  return header.length > SHOWN_COLUMNS ? `${names}, … (${header.length} columns)` : names;
}

/** The indices of the named columns. Throws Failure `bad-value` that names every missing one. */
export function requireColumns<Name extends string>(
  table: Pick<Table, "file" | "header">,
  names: readonly Name[],
): Record<Name, number> {
  const indices = names.map((name): [Name, number] => [name, columnIndex(table, name)]);
  const missing = indices.filter(([, index]) => index < 0).map(([name]) => name);
  if (missing.length === 0) return Object.fromEntries(indices) as Record<Name, number>;
  const list = missing.map((name) => `“${name}”`).join(" and ");
  throw new Failure(
    "bad-value",
    `${table.file} has no column ${list}. Its columns: ${shownHeader(table.header)}`,
    {
      hint: "Rename the column, or import the file with `namewright dataset import FILE --map description=…`.",
      file: table.file,
      ...(missing[0] === undefined ? {} : { column: missing[0] }),
    },
  );
}
