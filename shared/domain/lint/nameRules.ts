import type { Finding } from "../../schema/dataset.ts";
import { columnIndex, type Table } from "../csv/table.ts";
import { rowFinding } from "../dataset/finding.ts";
import { lintNames } from "../naming/names.ts";

/** A row whose names are looked at; `names` null: they cannot be read, which is reported elsewhere. */
export interface NamedRow {
  readonly row: number;
  readonly names: readonly string[] | null;
}

const column = (table: Table) => ({ index: columnIndex(table, "suggestions"), name: "suggestions" });

/** Every break of the naming rules, row by row. */
export function nameFindings(table: Table, rows: readonly NamedRow[]): Finding[] {
  const at = column(table);
  return rows.flatMap(({ row, names }) =>
    lintNames(names ?? []).map(({ rule, value, message, fix }) =>
      rowFinding(table, row, at, {
        rule,
        severity: "error",
        value,
        message,
        ...(fix === undefined ? {} : { fix }),
      }),
    ),
  );
}

/** Names that an earlier row uses too; one finding per name and row. */
export function reuseFindings(table: Table, rows: readonly NamedRow[]): Finding[] {
  const at = column(table);
  const firstRow = new Map<string, number>();
  return rows.flatMap(({ row, names }) =>
    [...new Set(names ?? [])].flatMap((value): Finding[] => {
      const earlier = firstRow.get(value);
      if (earlier === undefined) {
        firstRow.set(value, row);
        return [];
      }
      const message = `row ${earlier} also uses this name`;
      return [rowFinding(table, row, at, { rule: "name-reused", severity: "warning", value, message })];
    }),
  );
}
