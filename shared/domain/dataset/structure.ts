import type { Finding } from "../../schema/dataset.ts";
import { headerKey } from "../csv/dialect.ts";
import type { CsvRecord } from "../csv/scan.ts";
import { columnIndex, type Table } from "../csv/table.ts";
import { fileFinding, rowFinding } from "./finding.ts";

function encodingFindings(table: Table): Finding[] {
  if (table.source.encoding !== "latin1") return [];
  const message = "not valid UTF-8; read as Latin-1 (Windows-1252), so letters beyond a–z may be wrong";
  return [fileFinding(table, { rule: "encoding", severity: "warning", value: "latin1", message })];
}

function columnFindings(table: Table, needed: readonly string[]): Finding[] {
  const missing = needed
    .filter((name) => columnIndex(table, name) < 0)
    .map((name) => {
      const message = `there is no column “${name}”; the header has ${table.header.join(", ") || "nothing"}`;
      return fileFinding(table, { rule: "missing-column", severity: "error", value: name, message }, name);
    });
  const keys = table.header.map(headerKey);
  const repeated = [...new Set(keys.filter((key, at) => keys.indexOf(key) !== at))].map((key) => {
    const message = `${keys.filter((other) => other === key).length} columns are called “${key}”; the first is used`;
    return fileFinding(table, { rule: "duplicate-column", severity: "warning", value: key, message }, key);
  });
  return [...missing, ...repeated];
}

/** Cells beyond the header count only where something stands in them: Excel leaves empty ones behind. */
function widthFinding(table: Table, record: CsvRecord, row: number): Finding[] {
  const width = table.header.length;
  const surplus = record.cells.slice(width).some(({ value }) => value.trim() !== "");
  if (record.cells.length >= width && !surplus) return [];
  const cells = record.cells.length === 1 ? "1 cell" : `${record.cells.length} cells`;
  const message = `the row has ${cells}, the header ${width}; is a delimiter or a quote missing or not doubled?`;
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
    const nul = value.includes("\0");
    return [
      ...(nul
        ? [
            rowFinding(table, row, column, {
              rule: "nul-byte",
              severity: "error",
              value,
              message: "holds a NUL byte",
            }),
          ]
        : []),
      ...(stray
        ? [
            rowFinding(table, row, column, {
              rule: "stray-quote",
              severity: "warning",
              value,
              message: "text stands behind the closing quote; a quote inside a cell is doubled",
            }),
          ]
        : []),
    ];
  });
}

/** What is wrong with the file as a CSV: encoding, columns, widths of rows, stray quotes, NUL bytes. */
export function structureFindings(table: Table, needed: readonly string[]): Finding[] {
  return [
    ...encodingFindings(table),
    ...columnFindings(table, needed),
    ...table.records.flatMap((record, at) => [
      ...widthFinding(table, record, at + 1),
      ...cellFindings(table, record, at + 1),
    ]),
  ];
}
