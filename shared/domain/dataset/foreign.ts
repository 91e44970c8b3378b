import { headerKey } from "../csv/dialect.ts";
import { shownHeader, type Table, valueAt } from "../csv/table.ts";
import { writeCsv } from "../csv/write.ts";
import { Failure } from "../failure.ts";
import { datasetColumns } from "./read.ts";
import { parseSuggestions, suggestionsText } from "./suggestions.ts";
import { testSetColumns } from "./testSet.ts";

/** The columns we know, and which column of a foreign file each is taken from. */
export type KnownColumn = (typeof datasetColumns)[number] | (typeof testSetColumns)[number];
export type ColumnMap = { readonly [Column in KnownColumn]?: string | undefined };

/** A foreign file as a dataset or test set of ours, and what changed on the way. */
export interface ImportedTable {
  readonly text: string;
  readonly descriptions: readonly string[];
  readonly renamedColumns: { from: string; to: string }[];
  readonly droppedColumns: string[];
  readonly convertedRows: number[];
}

const openingQuotes = new Set("\"'`“‘");
const closingQuotes = new Set("\"'`”’");

/** By hand: a pattern with `+$` takes quadratic time on a long run of quotes that is not at the end. */
function withoutQuotes(part: string): string {
  let start = 0;
  let end = part.length;
  while (start < end && openingQuotes.has(part[start] ?? "")) start += 1;
  while (end > start && closingQuotes.has(part[end - 1] ?? "")) end -= 1;
  return part.slice(start, end);
}

/**
 * Reads names that are no JSON array: separated by line ends, commas, semicolons or bars, perhaps in brackets,
 * quotes, or numbered. Null where that gives nothing: an empty cell is never taken for a refusal.
 */
export function namesFromForeign(raw: string): string[] | null {
  if (raw.trim().startsWith("{")) return null;
  const names = raw
    .trim()
    .replace(/^\[|\]$/g, "")
    .split(/[\n\r,;|]+/)
    .map((part) => part.trim().replace(/^(?:\d+[.)]|[-*•])\s+/, ""))
    .map((part) => withoutQuotes(part).trim())
    .filter((part) => part !== "");
  return names.length === 0 ? null : names;
}

/** Where each known column comes from: the map first, else a column of that name. */
function sourcesOf(table: Table, map: ColumnMap): Map<KnownColumn, number> {
  const keys = table.header.map(headerKey);
  const sources = new Map<KnownColumn, number>();
  for (const column of [...datasetColumns, ...testSetColumns]) {
    const wanted = map[column];
    const index = keys.indexOf(headerKey(wanted ?? column));
    if (index >= 0) sources.set(column, index);
    else if (wanted !== undefined || column === "description" || column === "suggestions") {
      throw missingColumn(table, wanted ?? column, column);
    }
  }
  return sources;
}

function missingColumn(table: Table, wanted: string, column: KnownColumn): Failure {
  const has = shownHeader(table.header);
  return new Failure("bad-value", `${table.file} has no column “${wanted}”. Its columns: ${has}`, {
    hint: `Name the column to use: --map ${column}=COLUMN.`,
    file: table.file,
    column: wanted,
  });
}

/** The suggestions as a JSON array; null where the cell is one already or cannot be made one. */
function converted(raw: string): string | null {
  if (parseSuggestions(raw).kind !== "bad-json") return null;
  const names = namesFromForeign(raw);
  return names === null ? null : suggestionsText(names);
}

/**
 * Brings a foreign table into our columns and dialect. Names are not repaired, and what cannot be read stays as it
 * is for lint to report. Throws Failure `bad-value` that names a missing column.
 */
export function importTable(table: Table, map: ColumnMap = {}): ImportedTable {
  const sources = sourcesOf(table, map);
  const convertedRows: number[] = [];
  const rows = table.records.map((_, at) =>
    [...sources].map(([column, index]) => {
      const value = valueAt(table, at + 1, index);
      const json = column === "suggestions" ? converted(value) : null;
      if (json !== null) convertedRows.push(at + 1);
      return json ?? value;
    }),
  );
  const used = new Set(sources.values());
  const columns = [...sources].map(([to, index]) => ({ from: table.header[index] ?? "", to }));
  return {
    text: writeCsv([...sources.keys()], rows),
    descriptions: rows.map(([description = ""]) => description),
    renamedColumns: columns.filter(({ from, to }) => from !== to),
    droppedColumns: table.header.filter((_, index) => !used.has(index)),
    convertedRows,
  };
}
