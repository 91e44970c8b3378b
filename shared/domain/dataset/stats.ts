import type { DatasetStats, Split, TestRow } from "../../schema/dataset.ts";
import { CELL_BOUND } from "../csv/bounds.ts";
import { readTable, type Table } from "../csv/table.ts";
import { hash53 } from "../neardup/hash.ts";
import { HashTable } from "../neardup/hashTable.ts";
import { datasetOf } from "./read.ts";
import { isTestSet, testSetOf } from "./testSet.ts";
import { TopicCount } from "./topics.ts";

type Distribution = NonNullable<DatasetStats["descriptionLength"]>;

/** How often each length was seen: as many entries as there are different lengths. */
export class LengthCount {
  readonly #counts = new Map<number, number>();
  #total = 0;

  add(length: number): void {
    this.#counts.set(length, (this.#counts.get(length) ?? 0) + 1);
    this.#total += 1;
  }

  /** Median: mean of the middle two for an even count; p95: nearest rank. Null for no values. */
  distribution(): Distribution | null {
    const n = this.#total;
    if (n === 0) return null;
    const sorted = [...this.#counts].sort(([a], [b]) => a - b);
    const at = (index: number) => {
      let before = 0;
      for (const [length, count] of sorted) {
        before += count;
        if (index < before) return length;
      }
      return 0;
    };
    const median = (at(Math.floor((n - 1) / 2)) + at(Math.floor(n / 2))) / 2;
    return { min: at(0), median, p95: at(Math.ceil(0.95 * n) - 1), max: at(n - 1) };
  }
}

/** In characters as people count them nearly: code points. */
function lengthOf(text: string): number {
  let low = 0;
  for (let at = 1; at < text.length; at += 1) {
    const paired = (text.charCodeAt(at) & 0xfc00) === 0xdc00 && (text.charCodeAt(at - 1) & 0xfc00) === 0xd800;
    if (paired) low += 1;
  }
  return text.length - low;
}

/** The names of a file: different ones are told apart by 53-bit hashes, about 13 bytes each. */
class NameCount {
  readonly #different = new HashTable({ values: false });
  readonly #lengths = new LengthCount();
  #count = 0;
  #hyphenated = 0;
  #withDigits = 0;

  add(name: string): void {
    this.#count += 1;
    this.#different.getOrPut(hash53(name), 0);
    this.#lengths.add(lengthOf(name));
    if (name.includes("-")) this.#hyphenated += 1;
    if (/\d/.test(name)) this.#withDigits += 1;
  }

  stats(): DatasetStats["names"] {
    return {
      count: this.#count,
      unique: this.#different.size,
      length: this.#lengths.distribution(),
      hyphenated: this.#hyphenated,
      withDigits: this.#withDigits,
    };
  }
}

/** What only a test set has: labels, and rows by slice and split. */
class LabelCount {
  readonly #labels = { safe: 0, harmful: 0, unlabelled: 0 };
  readonly #slices = new Map<string, { slice: string; split: Split; rows: number }>();

  add({ label, slice, split }: TestRow): void {
    this.#labels[label ?? "unlabelled"] += 1;
    if (slice === null) return;
    const key = JSON.stringify([slice, split]);
    const counted = this.#slices.get(key);
    if (counted === undefined) this.#slices.set(key, { slice, split, rows: 1 });
    else counted.rows += 1;
  }

  stats(): Pick<DatasetStats, "labels" | "slices"> {
    const slices = [...this.#slices.values()].sort((a, b) =>
      a.slice === b.slice ? (a.split < b.split ? -1 : 1) : a.slice < b.slice ? -1 : 1,
    );
    return { labels: this.#labels, slices };
  }
}

/** Counts rows, refusals, lengths, names and topics of a file that may come in parts. */
export class StatsCount {
  readonly #lengths = new LengthCount();
  readonly #names = new NameCount();
  readonly #topics = new TopicCount();
  #labels: LabelCount | null = null;
  #rows = 0;
  #refusals = 0;

  /** Takes the next rows; `part`: of a streamed file. Rows that cannot be read count by what can. */
  add(table: Table, { part = false } = {}): void {
    if (!isTestSet(table)) {
      for (const row of datasetOf(table, { part }).rows) this.#row(row);
      return;
    }
    this.#labels ??= new LabelCount();
    for (const row of testSetOf(table, { part }).rows) {
      this.#row(row);
      this.#labels.add(row);
    }
  }

  stats(file: string): DatasetStats {
    return {
      file,
      rows: this.#rows,
      refusals: this.#refusals,
      descriptionLength: this.#lengths.distribution(),
      names: this.#names.stats(),
      topics: this.#topics.top(),
      ...(this.#labels?.stats() ?? { labels: null, slices: [] }),
    };
  }

  #row({ description, suggestions }: { description: string; suggestions: readonly string[] | null }): void {
    this.#rows += 1;
    this.#lengths.add(lengthOf(description));
    if (description.length <= CELL_BOUND) this.#topics.add(description);
    if (suggestions?.length === 0) this.#refusals += 1;
    for (const name of suggestions ?? []) this.#names.add(name);
  }
}

/** Rows, refusals, lengths, names and topics of a file. Throws Failure `bad-value` where it cannot be read as CSV. */
export function datasetStats(bytes: Uint8Array, file: string): DatasetStats {
  const count = new StatsCount();
  count.add(readTable(bytes, file));
  return count.stats(file);
}
