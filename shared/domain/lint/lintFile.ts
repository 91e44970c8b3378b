import type { Finding, LintedFile, TestRow } from "../../schema/dataset.ts";
import { columnIndex, readTable, type Table } from "../csv/table.ts";
import { rowFinding } from "../dataset/finding.ts";
import { datasetOf, type ReadRow } from "../dataset/read.ts";
import { isTestSet, testSetOf } from "../dataset/testSet.ts";
import { descriptionFindings, duplicateFindings } from "./descriptionRules.ts";
import { nameFindings, reuseFindings } from "./nameRules.ts";

/** Counts a row's training tokens, for the base it is meant for. */
export interface TokenLimit {
  readonly limit: number;
  /** Tokens of prompt and completion together (of a test row: of the prompt), control tokens included. */
  count(description: string, names: readonly string[]): number;
}

/** Optional inputs of linting besides the file. */
export interface LintOptions {
  readonly tokens?: TokenLimit;
}

/** A file in memory: its bytes and the name under which it is reported. */
export interface FileBytes {
  readonly file: string;
  readonly bytes: Uint8Array;
}

/** A row as every rule sees it, from a dataset or a test set. */
export interface LintRow {
  readonly row: number;
  readonly description: string;
  readonly names: readonly string[] | null;
}

/** The rows of a table, what is wrong with it as a file, and how many rows ask for a refusal. */
export interface LintSubject {
  readonly rows: readonly LintRow[];
  readonly refusals: number;
  readonly findings: readonly Finding[];
}

/** Reads what lint looks at. `part`: of a streamed file, so nothing that concerns the file as a whole. */
export function lintSubject(table: Table, { part = false } = {}): LintSubject {
  if (isTestSet(table)) {
    const { rows, findings } = testSetOf(table, { part });
    const refusals = rows.filter(({ label }) => label === "harmful").length;
    return { rows: rows.map(lintRow), refusals, findings };
  }
  const { rows, findings } = datasetOf(table, { part });
  const refusals = rows.filter(({ suggestions }) => suggestions?.length === 0).length;
  return { rows: rows.map(lintRow), refusals, findings };
}

function lintRow({ row, description, suggestions }: ReadRow | TestRow): LintRow {
  return { row, description, names: suggestions };
}

/** Rows with more tokens than their base takes. */
export function tokenFindings(
  table: Table,
  rows: readonly LintRow[],
  tokens: TokenLimit | undefined,
): Finding[] {
  if (tokens === undefined) return [];
  const column = { index: columnIndex(table, "description"), name: "description" };
  return rows.flatMap(({ row, description: value, names }): Finding[] => {
    const count = tokens.count(value, names ?? []);
    if (count <= tokens.limit) return [];
    const message = `the row has ${count} tokens, but the base model accepts at most ${tokens.limit}`;
    return [rowFinding(table, row, column, { rule: "too-many-tokens", severity: "error", value, message })];
  });
}

/** File order: by line, then errors before warnings, else as the rules found them. */
export function inFileOrder(findings: readonly Finding[]): Finding[] {
  const rank = { error: 0, warning: 1 } as const;
  return [...findings].sort((a, b) => a.line - b.line || rank[a.severity] - rank[b.severity]);
}

/** Every finding that a row has on its own, besides those of its structure. */
export function ownFindings(table: Table, rows: readonly LintRow[], options: LintOptions): Finding[] {
  return [
    ...descriptionFindings(table, rows),
    ...nameFindings(table, rows),
    ...tokenFindings(table, rows, options.tokens),
  ];
}

/** Every finding of a table in one pass. A test set is linted by its own rules. */
export function lintTable(table: Table, options: LintOptions = {}): LintedFile {
  const { rows, refusals, findings: structure } = lintSubject(table);
  const findings = inFileOrder([
    ...structure,
    ...ownFindings(table, rows, options),
    ...duplicateFindings(table, rows),
    ...reuseFindings(table, rows),
  ]);
  const errors = findings.filter(({ severity }) => severity === "error").length;
  return {
    file: table.file,
    rows: rows.length,
    refusals,
    errors,
    warnings: findings.length - errors,
    encoding: table.source.encoding,
    delimiter: table.dialect.delimiter,
    findings,
  };
}

/** Lints one file. Throws Failure `bad-value` only where it cannot be read as CSV at all. */
export function lintFile({ file, bytes }: FileBytes, options: LintOptions = {}): LintedFile {
  return lintTable(readTable(bytes, file), options);
}
