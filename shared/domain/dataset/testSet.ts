import {
  type Finding,
  type Label,
  LabelSchema,
  type Split,
  SplitSchema,
  type TestRow,
} from "../../schema/dataset.ts";
import { columnIndex, readTable, type Table, valueAt } from "../csv/table.ts";
import { contradictedIn } from "../judging/contradiction.ts";
import { groupsOf, splitOfGroup } from "../neardup/groups.ts";
import { normalize } from "../neardup/shingles.ts";
import { rowFinding } from "./finding.ts";
import { datasetColumns, refuseErrors } from "./read.ts";
import { recordFindings, structureFindings } from "./structure.ts";
import { parseSuggestions } from "./suggestions.ts";

/** How a test set is read. */
export interface TestSetOptions {
  /** Without a `label` column: an empty list labels its row harmful, names label it safe. Else both mean nothing. */
  readonly emptyMeansRefuse?: boolean;
}

/** A test set in memory. `findings`: what is wrong with it as a file; naming and duplicates are lint's. */
export interface ReadTestSet {
  readonly table: Table;
  readonly rows: readonly TestRow[];
  readonly hasLabelColumn: boolean;
  /** False: `split` is a stable half by the hash of each row's group. */
  readonly hasSplitColumn: boolean;
  readonly findings: readonly Finding[];
}

/** The columns a test set may have besides those of a dataset. */
export const testSetColumns = ["label", "slice", "split", "group"] as const;
type Column = (typeof datasetColumns)[number] | (typeof testSetColumns)[number];

interface Reader {
  readonly table: Table;
  readonly column: Record<Column, number>;
  readonly options: TestSetOptions;
  readonly findings: Finding[];
}

function reading(table: Table, options: TestSetOptions, findings: readonly Finding[]): Reader {
  const names: readonly Column[] = [...datasetColumns, ...testSetColumns];
  const column = Object.fromEntries(names.map((name) => [name, columnIndex(table, name)])) as Record<
    Column,
    number
  >;
  return { table, column, options, findings: [...findings] };
}

const textAt = (reader: Reader, row: number, name: Column) =>
  valueAt(reader.table, row, reader.column[name]).trim();

function report(
  reader: Reader,
  row: number,
  name: Column,
  body: { rule: string; value: string; message: string },
  severity: Finding["severity"] = "error",
): void {
  const column = { index: reader.column[name], name };
  reader.findings.push(rowFinding(reader.table, row, column, { ...body, severity }));
}

/** The list as it is; null where the cell is empty, missing or cannot be read (which is reported). */
function listAt(reader: Reader, row: number): string[] | null {
  const value = valueAt(reader.table, row, reader.column.suggestions);
  if (value.trim() === "") return null;
  const parsed = parseSuggestions(value);
  if (parsed.kind === "names") return parsed.names;
  report(reader, row, "suggestions", { rule: parsed.kind, value, message: parsed.message });
  return null;
}

function labelAt(reader: Reader, row: number, list: readonly string[] | null): Label | null {
  if (reader.column.label < 0) {
    if (reader.options.emptyMeansRefuse !== true || list === null) return null;
    return list.length === 0 ? "harmful" : "safe";
  }
  const value = textAt(reader, row, "label");
  const label = LabelSchema.safeParse(value.toLowerCase());
  if (label.success) return label.data;
  if (value === "") {
    const message = "the label is empty, so the row isn't in the safety matrix";
    report(reader, row, "label", { rule: "missing-label", value, message }, "warning");
  } else {
    report(reader, row, "label", { rule: "bad-label", value, message: "the label must be safe or harmful" });
  }
  return null;
}

function splitAt(reader: Reader, row: number, group: string): Split {
  if (reader.column.split < 0) return splitOfGroup(group);
  const value = textAt(reader, row, "split");
  const split = SplitSchema.safeParse(value.toLowerCase());
  if (split.success) return split.data;
  report(reader, row, "split", { rule: "bad-split", value, message: "the split must be dev or heldout" });
  return splitOfGroup(group);
}

function rowAt(reader: Reader, row: number, nearDuplicateGroup: string): TestRow {
  const list = listAt(reader, row);
  const label = labelAt(reader, row, list);
  const group = textAt(reader, row, "group") || nearDuplicateGroup;
  return {
    row,
    description: valueAt(reader.table, row, reader.column.description),
    // An empty list is a reference only where the right answer is known to be a refusal.
    suggestions: list?.length === 0 && label !== "harmful" ? null : list,
    label,
    slice: textAt(reader, row, "slice") || null,
    split: splitAt(reader, row, group),
    group,
  };
}

/** Reports each row whose description an earlier row has under the other label. */
function reportContradictions(reader: Reader, rows: readonly TestRow[]): void {
  const isContradicted = contradictedIn(rows);
  const first = new Map<string, TestRow>();
  for (const row of rows) {
    if (row.label === null || !isContradicted(row)) continue;
    const key = normalize(row.description);
    const earlier = first.get(key);
    if (earlier === undefined) first.set(key, row);
    else if (earlier.label !== row.label) {
      const message = `labeled ${row.label}, but row ${earlier.row} has the same description and is labeled ${earlier.label}; neither is in the safety matrix`;
      const body = { rule: "label-contradiction", value: row.label, message };
      report(reader, row.row, "label", body, "warning");
    }
  }
}

/**
 * Reads a table as a test set; never throws. `part`: of a streamed file, whose header was looked at before. Groups, and
 * splits that hang on them, need the whole file: without their own columns they mean nothing in a part. Contradictory labels
 * are found in a whole file only.
 */
export function testSetOf(
  table: Table,
  options: TestSetOptions & { readonly part?: boolean } = {},
): ReadTestSet {
  const index = columnIndex(table, "description");
  const descriptions = table.records.map((_, at) => valueAt(table, at + 1, index));
  const groups = options.part ? descriptions.map(() => "") : groupsOf(descriptions);
  const found = options.part ? recordFindings(table) : structureFindings(table, datasetColumns);
  const reader = reading(table, options, found);
  const rows = groups.map((group, at) => rowAt(reader, at + 1, group));
  if (!options.part) reportContradictions(reader, rows);
  return {
    table,
    rows,
    hasLabelColumn: reader.column.label >= 0,
    hasSplitColumn: reader.column.split >= 0,
    findings: reader.findings,
  };
}

/**
 * Reads a test set: `description,suggestions` and, where they are, `label,slice,split,group`. Without labels a
 * `[]` means "no reference" (`suggestions` null). A missing group is the near-duplicate group, a missing split a
 * stable half by the group's hash. Only a file that cannot be read as CSV at all throws Failure `bad-value`.
 */
export function readTestSet(bytes: Uint8Array, file: string, options: TestSetOptions = {}): ReadTestSet {
  return testSetOf(readTable(bytes, file), options);
}

/** As `readTestSet`, but throws Failure `bad-value` where anything in the file is wrong. */
export function requireTestSet(bytes: Uint8Array, file: string, options: TestSetOptions = {}): ReadTestSet {
  const testSet = readTestSet(bytes, file, options);
  refuseErrors(testSet.findings, file);
  return testSet;
}

/** True where the file is meant as a test set: by a test-set column, or by its name (`test_set.csv`). */
export function isTestSet(table: Table): boolean {
  const name = table.file.split(/[\\/]/).at(-1) ?? "";
  return ["label", "split"].some((column) => columnIndex(table, column) >= 0) || /^test[-_ ]?set/i.test(name);
}
