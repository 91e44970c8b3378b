import { headerKey } from "../csv/dialect.ts";
import type { ColumnMap, KnownColumn } from "./foreign.ts";
import { namesFromForeign } from "./foreign.ts";
import { datasetColumns } from "./read.ts";
import { parseSuggestions } from "./suggestions.ts";
import { testSetColumns } from "./testSet.ts";

/** What columns are called elsewhere, best first. */
const synonyms: Record<KnownColumn, readonly string[]> = {
  description:
    "description business_description business prompt input text idea summary question instruction".split(
      " ",
    ),
  suggestions:
    "suggestions names domains domain_names suggested_names completion output answer response result".split(
      " ",
    ),
  label: ["label", "safety", "class", "category"],
  slice: ["slice", "topic", "segment"],
  split: ["split", "fold", "set"],
  group: ["group", "cluster", "family"],
};

const known: readonly KnownColumn[] = [...datasetColumns, ...testSetColumns];

function byName(columns: readonly string[], taken: ReadonlySet<number>, wanted: KnownColumn): number {
  const keys = columns.map((column) => headerKey(column).replaceAll(/[\s-]+/g, "_"));
  for (const synonym of synonyms[wanted]) {
    const at = keys.findIndex((key, index) => key === synonym && !taken.has(index));
    if (at >= 0) return at;
  }
  return -1;
}

/** The share of cells that read as a list of names. */
function listShare(cells: readonly string[]): number {
  const lists = cells.filter((cell) => {
    const parsed = parseSuggestions(cell);
    return parsed.kind === "names" || (namesFromForeign(cell)?.length ?? 0) > 1;
  });
  return cells.length === 0 ? 0 : lists.length / cells.length;
}

function byContent(
  columns: number,
  taken: ReadonlySet<number>,
  rows: readonly (readonly string[])[],
  score: (cells: string[]) => number,
) {
  let best = { at: -1, score: 0 };
  for (let at = 0; at < columns; at += 1) {
    if (taken.has(at)) continue;
    const found = score(rows.map((row) => row[at] ?? ""));
    if (found > best.score) best = { at, score: found };
  }
  return best.at;
}

const meanLength = (cells: readonly string[]) =>
  cells.reduce((sum, cell) => sum + cell.length, 0) / Math.max(1, cells.length);

/**
 * Guesses which column of a foreign file holds each of ours: by its name, else, for the two that are needed, by what
 * is in its first rows (lists of names; the longest texts). The user looks at it before it is used.
 */
export function guessColumns(columns: readonly string[], rows: readonly (readonly string[])[]): ColumnMap {
  const taken = new Set<number>();
  const found = new Map<KnownColumn, number>();
  const take = (column: KnownColumn, at: number) => {
    if (at < 0) return;
    taken.add(at);
    found.set(column, at);
  };
  for (const column of known) take(column, byName(columns, taken, column));
  if (!found.has("suggestions"))
    take(
      "suggestions",
      byContent(columns.length, taken, rows, (cells) => (listShare(cells) > 0.5 ? listShare(cells) : 0)),
    );
  if (!found.has("description")) take("description", byContent(columns.length, taken, rows, meanLength));
  return Object.fromEntries([...found].map(([column, at]) => [column, columns[at] ?? ""]));
}
