import type { TableEdit } from "../csv/edit.ts";
import { cellAt, columnIndex, type Table } from "../csv/table.ts";
import { lintNames } from "../naming/names.ts";
import { parseSuggestions, replaceNames } from "./suggestions.ts";

/** One name that was replaced. */
interface NameRepair {
  readonly row: number;
  readonly line: number;
  readonly column: string;
  readonly before: string;
  readonly after: string;
}

/** The repairs that are safe, and the edits that make them. */
export interface TableRepair {
  readonly edits: readonly TableEdit[];
  readonly repairs: readonly NameRepair[];
}

/** The safe repair of each name of a list, by its index. */
function safeRepairs(names: readonly string[]): Map<number, string> {
  return new Map(
    lintNames(names).flatMap(({ index, fix }): [number, string][] =>
      index === null || fix === undefined ? [] : [[index, fix]],
    ),
  );
}

/** A cell of names with its safe repairs made, of one name only where it is given; null where there is none. */
export function repairCell(raw: string, only: string | null = null): string | null {
  const parsed = parseSuggestions(raw);
  if (parsed.kind !== "names") return null;
  const repairs = [...safeRepairs(parsed.names)].filter(([at]) => only === null || parsed.names[at] === only);
  return repairs.length === 0 ? null : replaceNames(raw, parsed.names, new Map(repairs));
}

/** Finds every safe repair of a table's names (lower case, no top-level domain, no surrounding white space). */
export function repairTable(table: Table): TableRepair {
  const column = columnIndex(table, "suggestions");
  const edits: TableEdit[] = [];
  const repairs: NameRepair[] = [];
  for (const at of table.records.keys()) {
    const row = at + 1;
    const cell = cellAt(table, row, column);
    const parsed = parseSuggestions(cell?.value ?? "");
    if (cell === undefined || parsed.kind !== "names") continue;
    const replacements = safeRepairs(parsed.names);
    if (replacements.size === 0) continue;
    edits.push({ kind: "set", row, column, value: replaceNames(cell.value, parsed.names, replacements) });
    for (const [index, after] of replacements) {
      repairs.push({ row, line: cell.line, column: "suggestions", before: parsed.names[index] ?? "", after });
    }
  }
  return { edits, repairs };
}
