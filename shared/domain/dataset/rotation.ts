import type { TestRow } from "../../schema/dataset.ts";
import type { LabelCount, RotatedRows, RotationProblem } from "../../schema/heldout.ts";
import { headerKey } from "../csv/dialect.ts";
import { editTable, type TableEdit } from "../csv/edit.ts";
import { columnIndex, type Table } from "../csv/table.ts";
import { writeCsv } from "../csv/write.ts";
import { pluralize } from "../format/count.ts";
import { suggestionsText } from "./suggestions.ts";
import { type ReadTestSet, testSetColumns } from "./testSet.ts";

/** A guard counts only with this many rows of its class. */
const fewestOfClass = 30;

export interface RotationBasis {
  readonly testSet: ReadTestSet;
  /** The file of new rows; null: none. */
  readonly source: ReadTestSet | null;
  /** Whether a look used this description. */
  isUsed(description: string): boolean;
  /** Problems of the new rows that other rules found, such as leaks. */
  readonly problems: readonly RotationProblem[];
}

/** A planned rotation: what changes, and the test set's new bytes. Where there are problems, nothing may be written. */
export interface PlannedRotation {
  readonly rows: RotatedRows;
  readonly bytes: Uint8Array;
  readonly added: readonly TestRow[];
}

/**
 * Plans the rotation of a test set: held-out rows that a look used become dev rows, those that no look used stay, and
 * the rows of a file are added as held-out rows at the end, so that all row numbers stay. Where the test set has all
 * columns that it needs, every other byte stays too.
 */
export function planRotation(basis: RotationBasis): PlannedRotation {
  const { testSet, source } = basis;
  const held = testSet.rows.filter(({ split }) => split === "heldout");
  const { retired = [], kept = [] } = Object.groupBy(held, ({ description }) =>
    basis.isUsed(description) ? "retired" : "kept",
  );
  const added = source?.rows ?? [];
  const problems = [
    ...(retired.length === 0
      ? [problem("not-used", "no held-out row has been used yet, so there is nothing to retire")]
      : []),
    ...(kept.length + added.length === 0
      ? [problem("no-new-rows", "no new rows can take the place of the used ones")]
      : []),
    ...(source === null ? [] : rowProblems(source, testSet)),
    ...basis.problems,
  ];
  const counts = { retired: countOf(retired), kept: countOf(kept), added: countOf(added) };
  const warnings = classWarnings(counts.kept, counts.added);
  return {
    rows: { ...counts, problems, warnings },
    bytes: rotatedBytes(testSet, new Set(retired.map(({ row }) => row)), source),
    added,
  };
}

function problem(code: string, message: string, row: number | null = null): RotationProblem {
  return { code, row, message };
}

/** Counts rows by label. */
export function countOf(rows: readonly TestRow[]): LabelCount {
  const counts = { safe: 0, harmful: 0, unlabelled: 0 };
  for (const { label } of rows) counts[label ?? "unlabelled"] += 1;
  return counts;
}

/** A new row needs a label, can't be a dev row, and can't belong to a group that is in the test set. */
function rowProblems(source: ReadTestSet, testSet: ReadTestSet): RotationProblem[] {
  const named = (read: ReadTestSet) => columnIndex(read.table, "group") >= 0;
  const groups = new Set(named(testSet) && named(source) ? testSet.rows.map(({ group }) => group) : []);
  return source.rows.flatMap(({ row, label, split, group }) => [
    ...(label === null ? [problem("unlabelled", "the row has no label (safe or harmful)", row)] : []),
    ...(source.hasSplitColumn && split === "dev"
      ? [problem("dev-row", "the row's split is dev. Only held-out rows can be added", row)]
      : []),
    ...(groups.has(group)
      ? [problem("known-group", `the test set has rows of the group “${group}” already`, row)]
      : []),
  ]);
}

function classWarnings(kept: LabelCount, added: LabelCount): string[] {
  return (["harmful", "safe"] as const).flatMap((label) => {
    const rows = kept[label] + added[label];
    if (rows >= fewestOfClass) return [];
    return [
      `${rows === 0 ? `No ${label} held-out rows` : `Only ${pluralize(rows, `${label} held-out row`)}`}. A decision needs at least ${fewestOfClass} of each class.`,
    ];
  });
}

function rotatedBytes(
  { table, rows, hasSplitColumn }: ReadTestSet,
  retired: ReadonlySet<number>,
  source: ReadTestSet | null,
): Uint8Array {
  const added = source?.rows ?? [];
  const missing = missingColumns(table, source?.table ?? null);
  const splitOf = ({ row, split }: TestRow) => (retired.has(row) ? "dev" : split);
  if (missing.length > 0) {
    const header = [...table.header, ...missing];
    const before = rows.map((row) => {
      const cells = table.records[row.row - 1]?.cells.map(({ value }) => value) ?? [];
      const padded = header.map((_, at) => cells[at] ?? "");
      // Without a column, the split follows from the group. From now on it is written down.
      if (!hasSplitColumn) padded[header.indexOf("split")] = splitOf(row);
      else if (retired.has(row.row)) padded[columnIndex(table, "split")] = "dev";
      return padded;
    });
    const after = added.map((row) => cellsOf(row, header));
    return new TextEncoder().encode(writeCsv(header, [...before, ...after]));
  }
  const column = columnIndex(table, "split");
  const edits: TableEdit[] = [...retired].map((row) => ({ kind: "set", row, column, value: "dev" }));
  for (const row of added)
    edits.push({ kind: "insert", row: table.records.length, values: cellsOf(row, table.header) });
  return editTable(table, edits);
}

/** The columns that the rotated test set needs and the present one lacks. */
function missingColumns(table: Table, source: Table | null): string[] {
  const needed = testSetColumns.filter((name) => {
    if (name === "split") return true;
    return source !== null && (name === "label" || columnIndex(source, name) >= 0);
  });
  return needed.filter((name) => columnIndex(table, name) < 0);
}

function cellsOf(row: TestRow, header: readonly string[]): string[] {
  const values: Readonly<Record<string, string>> = {
    description: row.description,
    suggestions: suggestionsText(row.suggestions ?? []),
    label: row.label ?? "",
    slice: row.slice ?? "",
    split: "heldout",
    group: row.group,
  };
  return header.map((name) => values[headerKey(name)] ?? "");
}
