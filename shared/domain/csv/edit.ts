import { Failure } from "../failure.ts";
import { encodeText } from "./encoding.ts";
import type { CsvRecord } from "./scan.ts";
import type { Table } from "./table.ts";
import { cellText, recordText } from "./write.ts";

/** A change of a table: rows count from 1, columns from 0, both as the table was read. */
export type TableEdit =
  | { readonly kind: "set"; readonly row: number; readonly column: number; readonly value: string }
  | { readonly kind: "delete"; readonly row: number };

/** Characters `start` to before `end` of the text become `replacement`. */
interface Splice {
  readonly start: number;
  readonly end: number;
  readonly replacement: string;
}

/** The new values of a row by column, or "deleted". */
type RowChange = "deleted" | Map<number, string>;

function changesByRow(edits: readonly TableEdit[]): [number, RowChange][] {
  const changes = new Map<number, RowChange>();
  for (const edit of edits) {
    const earlier = changes.get(edit.row);
    if (edit.kind === "delete") changes.set(edit.row, "deleted");
    else if (earlier === undefined) changes.set(edit.row, new Map([[edit.column, edit.value]]));
    else if (earlier !== "deleted") earlier.set(edit.column, edit.value);
  }
  return [...changes].sort(([a], [b]) => a - b);
}

function recordOf(table: Table, row: number): CsvRecord {
  const record = table.records[row - 1];
  if (record !== undefined) return record;
  throw new Failure("bad-value", `${table.file} has no row ${row}; it has ${table.records.length}`, {
    hint: "The file may have changed since it was read; read it again.",
    file: table.file,
    row,
  });
}

/** The record gets cells it does not have yet: written behind its last one, empty ones in between. */
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

function splicesOf(table: Table, row: number, change: RowChange): Splice[] {
  const record = recordOf(table, row);
  if (change === "deleted") return [{ start: record.start, end: record.next, replacement: "" }];
  const replaced = record.cells.flatMap((cell, column): Splice[] => {
    const value = change.get(column);
    if (value === undefined) return [];
    // A lone blank cell without quotes would be a blank line, and so no row any more.
    const lonely = record.cells.length === 1 && value.trim() === "";
    const replacement = cellText(value, table.dialect.delimiter, cell.quoted || lonely);
    return [{ start: cell.start, end: cell.end, replacement }];
  });
  return [...replaced, ...extension(table, record, change)];
}

/**
 * Applies edits and gives the file's new bytes: what was not edited keeps every byte, and what was is written in
 * the file's own encoding, delimiter and quoting. Of two edits of one cell the later counts; a deleted row stays
 * deleted. Throws Failure `bad-value` for a row that is not there, or a character its encoding lacks.
 */
export function editTable(table: Table, edits: readonly TableEdit[]): Uint8Array {
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
  return encodeText({ ...table.source, text: parts.join("") }, table.file);
}

/** Appends rows of cells in the file's own dialect: the old bytes are a prefix of the new ones. */
export function appendRows(table: Table, rows: readonly (readonly string[])[]): Uint8Array {
  const { text } = table.source;
  const { newline } = table.dialect;
  const joint = text === "" || rows.length === 0 || /[\r\n]$/.test(text) ? "" : newline;
  const appended = rows.map((values) => recordText(values, table.dialect) + newline).join("");
  return encodeText({ ...table.source, text: text + joint + appended }, table.file);
}
