import type { View } from "../../schema/document.ts";
import { columnIndex } from "../csv/table.ts";
import { parseSuggestions, replaceNames } from "./suggestions.ts";

/** True where a view shows rows in the document's order, all of them. */
export function isWhole({ text, rule, label, refusals, edited, sort }: View): boolean {
  return text === "" && rule === null && label === null && refusals === null && !edited && sort === null;
}

/** Whether the cells of a row belong into a view; rules and edits are judged by the row's id elsewhere. */
export function rowMatcher(view: View, header: readonly string[]): (cells: readonly string[]) => boolean {
  const wanted = view.text.toLowerCase();
  const label = columnIndex({ header }, "label");
  const suggestions = columnIndex({ header }, "suggestions");
  const holds = (cell: string) => cell.toLowerCase().includes(wanted);
  return (cells) => {
    if (wanted !== "" && !(view.column === null ? cells.some(holds) : holds(cells[view.column] ?? "")))
      return false;
    if (view.label !== null && (cells[label] ?? "").trim().toLowerCase() !== view.label.toLowerCase())
      return false;
    if (view.refusals === null) return true;
    const parsed = parseSuggestions(cells[suggestions] ?? "");
    return (parsed.kind === "names" && parsed.names.length === 0) === view.refusals;
  };
}

/** So much of a cell decides its place when rows are sorted. */
const SORTED_CHARACTERS = 60;

/** What of a cell is compared. A copy: a slice would keep the whole text that it was cut from in memory. */
export function sortKey(cell: string): string {
  return JSON.parse(JSON.stringify(cell.slice(0, SORTED_CHARACTERS).toLowerCase())) as string;
}

const collator = new Intl.Collator("en", { numeric: true });

/** Numbers by their value, else by the alphabet. */
export function compareKeys(one: string, other: string): number {
  return collator.compare(one, other);
}

/** What is searched for in cells. */
export interface TextSearch {
  readonly find: string;
  readonly matchCase: boolean;
  readonly column: number | null;
}

const special = /[.*+?^${}()|[\]\\]/g;

function patternOf({ find, matchCase }: TextSearch): RegExp {
  return new RegExp(find.replace(special, "\\$&"), matchCase ? "g" : "gi");
}

/** How often the text is in each cell of a row; only cells that hold it. */
export function searcher(
  search: TextSearch,
): (cells: readonly string[]) => { column: number; count: number }[] {
  const pattern = patternOf(search);
  return (cells) =>
    cells.flatMap((cell, column) => {
      if (search.column !== null && column !== search.column) return [];
      const count = cell.match(pattern)?.length ?? 0;
      return count === 0 ? [] : [{ column, count }];
    });
}

/** A cell with each occurrence replaced; in a list of names within the names, so that it stays a list. */
export function replacer(
  search: TextSearch,
  replacement: string,
): (cell: string, isNames: boolean) => string {
  const pattern = patternOf(search);
  const plain = (text: string) => text.replace(pattern, () => replacement);
  return (cell, isNames) => {
    const parsed = isNames ? parseSuggestions(cell) : null;
    if (parsed?.kind !== "names") return plain(cell);
    const replaced = parsed.names.flatMap((name, at): [number, string][] =>
      plain(name) === name ? [] : [[at, plain(name)]],
    );
    return replaced.length === 0 ? cell : replaceNames(cell, parsed.names, new Map(replaced));
  };
}
