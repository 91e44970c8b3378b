import { Failure } from "../failure.ts";
import { encodeText } from "./encoding.ts";
import type { CsvRecord } from "./scan.ts";
import type { Table } from "./table.ts";
import { cellText, recordText } from "./write.ts";

/**
 * A change of a table: rows count from 1, columns from 0, both as the table was read. `row`: all cells of a row; those
 * that are so already keep their bytes. `insert`: a new row after row `row` (0: before the first).
 */
export type TableEdit =
  | { readonly kind: "set"; readonly row: number; readonly column: number; readonly value: string }
  | { readonly kind: "row"; readonly row: number; readonly values: readonly string[] }
  | { readonly kind: "insert"; readonly row: number; readonly values: readonly string[] }
  | { readonly kind: "delete"; readonly row: number };

/** Characters `start` to before `end` of the text become `replacement`. */
interface Splice {
  readonly start: number;
  readonly end: number;
  readonly replacement: string;
}

/** What becomes of a row, and the rows that are inserted after it. */
interface RowChange {
  deleted: boolean;
  /** New values by column. */
  readonly values: Map<number, string>;
  readonly inserted: (readonly string[])[];
}

function changesByRow(edits: readonly TableEdit[]): [number, RowChange][] {
  const changes = new Map<number, RowChange>();
  for (const edit of edits) {
    let change = changes.get(edit.row);
    if (change === undefined) {
      change = { deleted: false, values: new Map(), inserted: [] };
      changes.set(edit.row, change);
    }
    if (edit.kind === "delete") change.deleted = true;
    else if (edit.kind === "insert") change.inserted.push(edit.values);
    else if (edit.kind === "set") change.values.set(edit.column, edit.value);
    else for (const [column, value] of edit.values.entries()) change.values.set(column, value);
  }
  return [...changes].sort(([a], [b]) => a - b);
}

function recordOf(table: Table, row: number): CsvRecord {
  const record = table.records[row - 1];
  if (record !== undefined) return record;
  throw new Failure("bad-value", `${table.file} has no row ${row} (rows: ${table.records.length})`, {
    hint: "The file may have changed after it was read. Reload it.",
    file: table.file,
    row,
  });
}

/** The record gets cells it does not have yet: written after its last one, empty ones in between. */
function extension(table: Table, record: CsvRecord, values: Map<number, string>): Splice[] {
  const have = record.cells.length;
  const width = Math.max(0, ...values.keys()) + 1;
  if (width <= have) return [];
  const { delimiter, quoting } = table.dialect;
  const added = Array.from({ length: width - have }, (_, offset) => values.get(have + offset) ?? "");
  const replacement = added
    .map((value) => delimiter + cellText(value, delimiter, quoting === "all"))
    .join("");
  return [{ start: record.end, end: record.end, replacement }];
}

/** The new text of a row's cells. */
function cellSplices(table: Table, record: CsvRecord, values: Map<number, string>): Splice[] {
  const replaced = record.cells.flatMap((cell, column): Splice[] => {
    const value = values.get(column);
    if (value === undefined || value === cell.value) return [];
    // A lone blank cell without quotes would be a blank line, and so no row any more.
    const lonely = record.cells.length === 1 && value.trim() === "";
    const replacement = cellText(value, table.dialect.delimiter, cell.quoted || lonely);
    return [{ start: cell.start, end: cell.end, replacement }];
  });
  const beyond = [...values].filter(([column]) => column >= record.cells.length);
  // Empty cells that the row does not have are not written only because its width is known.
  return beyond.every(([, value]) => value === "")
    ? replaced
    : [...replaced, ...extension(table, record, values)];
}

/** New rows at a place between records; `torn`: the record before it has no line ending yet. */
function insertion({ dialect }: Table, at: number, rows: RowChange["inserted"], torn: boolean): Splice[] {
  if (rows.length === 0) return [];
  const text = rows.map((values) => recordText(values, dialect) + dialect.newline).join("");
  return [{ start: at, end: at, replacement: (torn ? dialect.newline : "") + text }];
}

function splicesOf(table: Table, row: number, change: RowChange): Splice[] {
  if (row === 0) {
    const { text } = table.source;
    const at = table.records[0]?.start ?? text.length;
    return insertion(table, at, change.inserted, at > 0 && !/[\r\n]$/.test(text.slice(0, at)));
  }
  const record = recordOf(table, row);
  const torn = record.end === record.next && !change.deleted;
  return [
    ...(change.deleted
      ? [{ start: record.start, end: record.next, replacement: "" }]
      : cellSplices(table, record, change.values)),
    ...insertion(table, record.next, change.inserted, torn),
  ];
}

/**
 * Applies edits and gives the file's new bytes: what was not edited keeps every byte, and what was is written in
 * the file's own encoding, delimiter and quoting. Of two edits of one cell the later counts; a deleted row stays
 * deleted. Throws Failure `bad-value` for a row that is not there, or a character its encoding lacks.
 */
export function editTable(table: Table, edits: readonly TableEdit[]): Uint8Array {
  return encodeText({ ...table.source, text: editText(table, edits) }, table.file);
}

/** The text that `editTable` encodes. */
export function editText(table: Table, edits: readonly TableEdit[]): string {
  const { text } = table.source;
  const parts: string[] = [];
  let at = 0;
  for (const [row, change] of changesByRow(edits)) {
    for (const { start, end, replacement } of splicesOf(table, row, change)) {
      parts.push(text.slice(at, start), replacement);
      at = end;
    }
  }
  parts.push(text.slice(at));
  return parts.join("");
}

/** Appends rows of cells in the file's own dialect: the old bytes are a prefix of the new ones. */
export function appendRows(table: Table, rows: readonly (readonly string[])[]): Uint8Array {
  const { text } = table.source;
  const { newline } = table.dialect;
  const joint = text === "" || rows.length === 0 || /[\r\n]$/.test(text) ? "" : newline;
  const appended = rows.map((values) => recordText(values, table.dialect) + newline).join("");
  return encodeText({ ...table.source, text: text + joint + appended }, table.file);
}
