import type { DatasetRow } from "../../schema/dataset.ts";
import type { DatasetDiversity } from "../../schema/diversity.ts";
import { requireColumns, type Table } from "../csv/table.ts";
import { comparedText } from "../lint/descriptionRules.ts";
import { hash53 } from "../neardup/hash.ts";
import { HashTable } from "../neardup/hashTable.ts";
import { LeanNeighbors } from "../neardup/leanNeighbors.ts";
import { normalize } from "../neardup/shingles.ts";
import { below, mulberry32 } from "../random.ts";
import { addWithPairs, DistinctCount } from "./distinctCount.ts";
import { nameDiversity } from "./nameDiversity.ts";
import { datasetColumns, datasetOf } from "./read.ts";
import { contentWords, TopicCount } from "./topics.ts";

/** Rows that words, pieces and similarities are measured on at most. */
const MEASURED_ROWS = 20_000;
const SEED = 1;
/** Of one row at most, so that a damaged file doesn't fill the memory. Valid rows have 5 names of up to 50 letters. */
const MEASURED_CHARACTERS = 2000;
const MEASURED_NAMES = 20;
const MEASURED_NAME_CHARACTERS = 100;

/**
 * Measures how varied the rows of a file are that may come in parts. Near duplicates and repeated names are counted
 * over all rows, everything else over a uniform sample of at most {@link MEASURED_ROWS} rows (reservoir sampling,
 * Vitter 1985, algorithm R). Smaller files are measured whole. The same file always has the same figures.
 */
export class DiversityCount {
  readonly #neighbors = new LeanNeighbors();
  readonly #names = new HashTable({ values: false });
  readonly #sample: DatasetRow[] = [];
  readonly #random = mulberry32(SEED);
  #rows = 0;
  #refusals = 0;
  #nearDuplicates = 0;
  #nameCount = 0;

  /** Adds the next rows. A row whose names can't be read counts by its description. @throws Failure `bad-value` */
  add(table: Table, { part = false } = {}): void {
    if (table.records.length > 0) requireColumns(table, datasetColumns);
    for (const { description, suggestions } of datasetOf(table, { part }).rows) {
      this.#rows += 1;
      if (suggestions?.length === 0) this.#refusals += 1;
      const compared = comparedText(description);
      if (this.#neighbors.nearestThenAdd(this.#rows, compared) !== null) this.#nearDuplicates += 1;
      for (const name of suggestions ?? []) this.#names.getOrPut(hash53(name), 0);
      this.#nameCount += suggestions?.length ?? 0;
      this.#keep(description, suggestions ?? []);
    }
  }

  #keep(description: string, suggestions: readonly string[]): void {
    const full = this.#sample.length === MEASURED_ROWS;
    const at = full ? below(this.#random, this.#rows) : this.#sample.length;
    if (at >= MEASURED_ROWS) return;
    const row: DatasetRow = {
      description: description.slice(0, MEASURED_CHARACTERS),
      suggestions: suggestions
        .slice(0, MEASURED_NAMES)
        .map((name) => name.slice(0, MEASURED_NAME_CHARACTERS)),
    };
    // A copy: a slice would keep the whole text that it was cut from in memory.
    this.#sample[at] = JSON.parse(JSON.stringify(row)) as DatasetRow;
  }

  diversity(file: string): DatasetDiversity {
    const words = new DistinctCount();
    const wordPairs = new DistinctCount();
    const topics = new TopicCount();
    const content = new Set<string>();
    for (const { description } of this.#sample) {
      addWithPairs(normalize(description).split(" ").filter(Boolean), words, wordPairs);
      topics.add(description);
      for (const word of contentWords(description)) content.add(word);
    }
    const repeated = this.#nameCount - this.#names.size;
    return {
      file,
      rows: this.#rows,
      refusals: this.#refusals,
      measuredRows: this.#sample.length,
      nearDuplicates: {
        count: this.#nearDuplicates,
        share: this.#rows === 0 ? null : this.#nearDuplicates / this.#rows,
      },
      words: words.distinct(),
      wordPairs: wordPairs.distinct(),
      contentWords: content.size,
      topics: topics.top(),
      names:
        this.#nameCount === 0
          ? null
          : {
              count: this.#nameCount,
              repeated: { count: repeated, share: repeated / this.#nameCount },
              ...nameDiversity(this.#sample),
            },
    };
  }
}
