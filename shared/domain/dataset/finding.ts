import type { Finding } from "../../schema/dataset.ts";
import type { Table } from "../csv/table.ts";

const SHOWN_CHARACTERS = 200;

/** A value short enough to be shown; the rest is counted. */
export function shownValue(value: string): string {
  return value.length <= SHOWN_CHARACTERS
    ? value
    : `${value.slice(0, SHOWN_CHARACTERS)}… (${value.length} characters)`;
}

/** What a finding is about, without where it stands. */
export type FindingBody = Pick<Finding, "severity" | "value" | "message" | "fix"> & { readonly rule: string };

/** A finding of a whole file; it is at the header's line. */
export function fileFinding(table: Table, body: FindingBody, column = ""): Finding {
  return { ...body, value: shownValue(body.value), row: null, line: table.headerLine, column };
}

/** A finding in a row (from 1); `column` is its index (−1: the row as a whole) and its name as shown. */
export function rowFinding(
  table: Table,
  row: number,
  column: { index: number; name: string },
  body: FindingBody,
): Finding {
  const record = table.records[row - 1];
  const line = record?.cells[column.index]?.line ?? record?.line ?? table.headerLine;
  return { ...body, value: shownValue(body.value), row, line, column: column.name };
}
