import type { DatasetRow, Finding } from "../../schema/dataset.ts";
import { cellAt, columnIndex, readTable, type Table, valueAt } from "../csv/table.ts";
import { Failure } from "../failure.ts";
import { rowFinding } from "./finding.ts";
import { recordFindings, structureFindings } from "./structure.ts";
import { parseSuggestions } from "./suggestions.ts";

/** One row as it was read. `row` counts data rows from 1; `suggestions` null: the cell cannot be read. */
export interface ReadRow {
  readonly row: number;
  readonly line: number;
  readonly description: string;
  /** The `suggestions` cell as it is. */
  readonly rawSuggestions: string;
  readonly suggestions: string[] | null;
}

/** A dataset file in memory. `findings`: what is wrong with it as a file; naming and duplicates are lint's. */
export interface ReadDataset {
  readonly table: Table;
  readonly rows: readonly ReadRow[];
  readonly findings: readonly Finding[];
}

/** The columns a dataset needs. */
export const datasetColumns = ["description", "suggestions"] as const;

function readRow(table: Table, row: number, column: { description: number; suggestions: number }): ReadRow {
  const rawSuggestions = valueAt(table, row, column.suggestions);
  const parsed = parseSuggestions(rawSuggestions);
  return {
    row,
    line: table.records[row - 1]?.line ?? 0,
    description: valueAt(table, row, column.description),
    rawSuggestions,
    suggestions: parsed.kind === "names" ? parsed.names : null,
  };
}

function suggestionFindings(table: Table, rows: readonly ReadRow[], index: number): Finding[] {
  if (index < 0) return []; // The missing column is reported once.
  return rows.flatMap(({ row, rawSuggestions }): Finding[] => {
    const parsed = parseSuggestions(rawSuggestions);
    // A row without that cell is a `cell-count` already.
    if (parsed.kind === "names" || cellAt(table, row, index) === undefined) return [];
    const { kind: rule, message } = parsed;
    return [
      rowFinding(
        table,
        row,
        { index, name: "suggestions" },
        { rule, severity: "error", value: rawSuggestions, message },
      ),
    ];
  });
}

/** Reads a table as a dataset; never throws. `part`: of a streamed file, whose header was looked at before. */
export function datasetOf(table: Table, { part = false } = {}): ReadDataset {
  const column = {
    description: columnIndex(table, "description"),
    suggestions: columnIndex(table, "suggestions"),
  };
  const rows = table.records.map((_, at) => readRow(table, at + 1, column));
  const findings = [
    ...(part ? recordFindings(table) : structureFindings(table, datasetColumns)),
    ...suggestionFindings(table, rows, column.suggestions),
  ];
  return { table, rows, findings };
}

/**
 * Reads `description,suggestions`, whatever the file's encoding and dialect. What is wrong is in `findings`;
 * only a file that cannot be read as CSV at all throws Failure `bad-value`.
 */
export function readDataset(bytes: Uint8Array, file: string): ReadDataset {
  return datasetOf(readTable(bytes, file));
}

/** Throws Failure `bad-value` for the first error among the findings, and says how many there are. */
export function refuseErrors(findings: readonly Finding[], file: string): void {
  const errors = findings.filter(({ severity }) => severity === "error");
  const [first] = errors;
  if (first === undefined) return;
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : "";
  throw new Failure("bad-value", `${file}, line ${first.line}: ${first.message}${more}`, {
    hint: `To see all errors, run \`namewright dataset lint ${file}\`.`,
    file,
    ...(first.row === null ? {} : { row: first.row }),
    ...(first.column === "" ? {} : { column: first.column }),
  });
}

/** The rows of a dataset file. Throws Failure `bad-value` where any of them cannot be read; no naming rules. */
export function datasetRows(bytes: Uint8Array, file: string): DatasetRow[] {
  const { rows, findings } = readDataset(bytes, file);
  refuseErrors(findings, file);
  return rows.map(({ description, suggestions }) => ({ description, suggestions: suggestions ?? [] }));
}
