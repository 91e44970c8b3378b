import type { Finding } from "../../schema/dataset.ts";
import { CELL_BOUND } from "../csv/bounds.ts";
import { headerKey } from "../csv/dialect.ts";
import type { CsvRecord } from "../csv/scan.ts";
import { columnIndex, shownHeader, type Table } from "../csv/table.ts";
import { pluralize } from "../format/count.ts";
import { type FindingBody, fileFinding, rowFinding } from "./finding.ts";

const SHOWN_NAME = 40;

function encodingFindings(table: Table): Finding[] {
  if (table.source.encoding !== "latin1") return [];
  const message =
    "not valid UTF-8, so it was read as Latin-1 (Windows-1252); characters other than a–z may be wrong";
  return [fileFinding(table, { rule: "encoding", severity: "warning", value: "latin1", message })];
}

function columnFindings(table: Table, needed: readonly string[]): Finding[] {
  const missing = needed
    .filter((name) => columnIndex(table, name) < 0)
    .map((name) => {
      const message = `column “${name}” not found; the header has ${shownHeader(table.header)}`;
      return fileFinding(table, { rule: "missing-column", severity: "error", value: name, message }, name);
    });
  const counts = new Map<string, number>();
  for (const key of table.header.map(headerKey)) counts.set(key, (counts.get(key) ?? 0) + 1);
  const repeated = [...counts]
    .filter(([, count]) => count > 1)
    .map(([key, count]) => {
      const message = `${count} columns are named “${key.slice(0, SHOWN_NAME)}”; only the first is used`;
      return fileFinding(table, { rule: "duplicate-column", severity: "warning", value: key, message }, key);
    });
  return [...missing, ...repeated];
}

/** Counts cells beyond the header only if they have content, because Excel leaves empty ones. */
function widthFinding(table: Table, record: CsvRecord, row: number): Finding[] {
  const width = table.header.length;
  const surplus = record.cells.slice(width).some(({ value }) => value.trim() !== "");
  if (record.cells.length >= width && !surplus) return [];
  const cells = pluralize(record.cells.length, "cell");
  const message = `the row has ${cells}, but the header has ${width}; check for a missing delimiter or an unescaped quote`;
  const value = record.cells.map((cell) => cell.value).join(table.dialect.delimiter);
  return [
    rowFinding(
      table,
      row,
      { index: -1, name: "" },
      { rule: "cell-count", severity: "error", value, message },
    ),
  ];
}

function cellFindings(table: Table, record: CsvRecord, row: number): Finding[] {
  return record.cells.flatMap(({ value, stray }, index): Finding[] => {
    const column = { index, name: table.header[index] ?? "" };
    const found: FindingBody[] = [];
    if (value.length > CELL_BOUND) {
      found.push({
        rule: "cell-too-long",
        severity: "error",
        value: `${value.slice(0, SHOWN_NAME)}…`,
        message: `has more than ${CELL_BOUND} characters, so its text was not checked; a closing quote may be missing`,
      });
    }
    if (value.includes("\0")) {
      found.push({ rule: "nul-byte", severity: "error", value, message: "contains a NUL byte" });
    }
    if (stray) {
      found.push({
        rule: "stray-quote",
        severity: "warning",
        value,
        message: "text follows the closing quote; double a quote to use it inside a cell",
      });
    }
    return found.map((body) => rowFinding(table, row, column, body));
  });
}

/** Returns findings about the whole file: its encoding and its columns. */
export function fileFindings(table: Table, needed: readonly string[]): Finding[] {
  return [...encodingFindings(table), ...columnFindings(table, needed)];
}

/** Returns findings about the records as CSV: widths, stray quotes, NUL bytes, cells above the bound. */
export function recordFindings(table: Table): Finding[] {
  return table.records.flatMap((record, at) => [
    ...widthFinding(table, record, at + 1),
    ...cellFindings(table, record, at + 1),
  ]);
}

/** Returns findings about the file as CSV: the whole file first, then its records. */
export function structureFindings(table: Table, needed: readonly string[]): Finding[] {
  return [...fileFindings(table, needed), ...recordFindings(table)];
}
