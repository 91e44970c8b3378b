import type { DatasetStats, Split, TestRow } from "../../schema/dataset.ts";
import { readTable, type Table } from "../csv/table.ts";
import { datasetOf } from "./read.ts";
import { isTestSet, type ReadTestSet, testSetOf } from "./testSet.ts";
import { topicsOf } from "./topics.ts";

type Distribution = NonNullable<DatasetStats["descriptionLength"]>;

/** Median: mean of the middle two for an even count; p95: nearest rank. Null for no values. */
export function distributionOf(values: readonly number[]): Distribution | null {
  const sorted = [...values].sort((a, b) => a - b);
  const n = sorted.length;
  const at = (index: number) => sorted[index] ?? 0;
  if (n === 0) return null;
  const median = (at(Math.floor((n - 1) / 2)) + at(Math.floor(n / 2))) / 2;
  return { min: at(0), median, p95: at(Math.ceil(0.95 * n) - 1), max: at(n - 1) };
}

/** In characters as people count them nearly: code points. */
const lengthOf = (text: string) => [...text].length;

function nameStats(names: readonly string[]): DatasetStats["names"] {
  return {
    count: names.length,
    unique: new Set(names).size,
    length: distributionOf(names.map(lengthOf)),
    hyphenated: names.filter((name) => name.includes("-")).length,
    withDigits: names.filter((name) => /\d/.test(name)).length,
  };
}

function labelStats(rows: readonly TestRow[]): DatasetStats["labels"] {
  const count = (label: TestRow["label"]) => rows.filter((row) => row.label === label).length;
  return { safe: count("safe"), harmful: count("harmful"), unlabelled: count(null) };
}

function sliceStats(rows: readonly TestRow[]): DatasetStats["slices"] {
  const counts = new Map<string, { slice: string; split: Split; rows: number }>();
  for (const { slice, split } of rows) {
    if (slice === null) continue;
    const key = JSON.stringify([slice, split]);
    counts.set(key, { slice, split, rows: (counts.get(key)?.rows ?? 0) + 1 });
  }
  return [...counts.values()].sort((a, b) =>
    a.slice === b.slice ? (a.split < b.split ? -1 : 1) : a.slice < b.slice ? -1 : 1,
  );
}

/** The parts in which a dataset and a test set differ. */
function kindStats(testSet: ReadTestSet | null): Pick<DatasetStats, "labels" | "slices"> {
  return testSet === null
    ? { labels: null, slices: [] }
    : { labels: labelStats(testSet.rows), slices: sliceStats(testSet.rows) };
}

/** Rows, refusals, lengths, names and topics of a table; rows that cannot be read count by what can. */
export function tableStats(table: Table): DatasetStats {
  const testSet = isTestSet(table) ? testSetOf(table) : null;
  const rows = testSet?.rows ?? datasetOf(table).rows;
  const descriptions = rows.map(({ description }) => description);
  return {
    file: table.file,
    rows: rows.length,
    refusals: rows.filter(({ suggestions }) => suggestions?.length === 0).length,
    descriptionLength: distributionOf(descriptions.map(lengthOf)),
    names: nameStats(rows.flatMap(({ suggestions }) => suggestions ?? [])),
    topics: topicsOf(descriptions),
    ...kindStats(testSet),
  };
}

/** `tableStats` of a file. Throws Failure `bad-value` where it cannot be read as CSV. */
export function datasetStats(bytes: Uint8Array, file: string): DatasetStats {
  return tableStats(readTable(bytes, file));
}
