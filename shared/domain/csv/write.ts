import type { Dialect } from "./dialect.ts";

/** Doubles the quotes and puts the value between two. */
function quote(value: string): string {
  return `"${value.replaceAll('"', '""')}"`;
}

/** True where a value would not be read back as it is without quotes. */
export function needsQuotes(value: string, delimiter: string): boolean {
  return value.includes(delimiter) || /["\r\n]|^\s|\s$/.test(value);
}

/** Writes one cell; `quoted` keeps quotes that are not needed. */
export function cellText(value: string, delimiter: string, quoted: boolean): string {
  return quoted || needsQuotes(value, delimiter) ? quote(value) : value;
}

/** Writes one record without its line ending. A lone blank cell is quoted: else it would be a blank line. */
export function recordText(
  values: readonly string[],
  { delimiter, quoting }: Pick<Dialect, "delimiter" | "quoting">,
): string {
  const [only = ""] = values;
  const quoted = quoting === "all" || (values.length === 1 && only.trim() === "");
  return values.map((value) => cellText(value, delimiter, quoted)).join(delimiter);
}

/** The dialect in which the workbench writes its own files: comma, LF, quotes only where needed. */
const canonicalDialect: Dialect = { delimiter: ",", newline: "\n", quoting: "minimal", preamble: 0 };

/** Writes a whole CSV in the canonical dialect; every record ends in LF. */
export function writeCsv(header: readonly string[], rows: readonly (readonly string[])[]): string {
  return [header, ...rows].map((values) => `${recordText(values, canonicalDialect)}\n`).join("");
}
