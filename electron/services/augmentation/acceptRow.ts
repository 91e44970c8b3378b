import { writeDataset } from "../../../shared/domain/dataset/write.ts";
import { lintReport } from "../../../shared/domain/lint/lintReport.ts";
import { normalise, shinglesOf } from "../../../shared/domain/neardup/shingles.ts";
import { NEAR_DUPLICATE_THRESHOLD } from "../../../shared/domain/neardup/similarity.ts";
import type { DatasetRow } from "../../../shared/schema/dataset.ts";

/** Descriptions one by one, each compared with all before it. For thousands; `SimilarityIndex` serves millions. */
class Descriptions {
  readonly #shingles: Set<number>[] = [];

  add(description: string): void {
    this.#shingles.push(new Set(shinglesOf(normalise(description))));
  }

  /** True where one of them is equal or nearly the same. */
  hasLike(description: string): boolean {
    const own = new Set(shinglesOf(normalise(description)));
    return this.#shingles.some((other) => {
      const [small, large] = own.size < other.size ? [own, other] : [other, own];
      if (small.size < NEAR_DUPLICATE_THRESHOLD * large.size) return false;
      let shared = 0;
      for (const shingle of small) if (large.has(shingle)) shared += 1;
      return shared >= NEAR_DUPLICATE_THRESHOLD * (own.size + other.size - shared);
    });
  }
}

/** Whether a new row may enter a dataset: null where it may, else why not. */
export type AcceptRow = (row: DatasetRow) => string | null;

/**
 * Accepts rows that keep the naming rules, are no near-duplicate of a row before them and do not leak into the test
 * set. Rows that are taken count for the ones after them.
 */
export function createAcceptRow(dataset: readonly string[], testSet: readonly string[]): AcceptRow {
  const earlier = new Descriptions();
  for (const description of dataset) earlier.add(description);
  const tested = new Descriptions();
  for (const description of testSet) tested.add(description);
  return (row) => {
    const bytes = new TextEncoder().encode(writeDataset([row]));
    const findings = lintReport([{ file: "new row", bytes }]).files.flatMap((file) => file.findings);
    const broken = findings.find(({ severity }) => severity === "error");
    if (broken !== undefined) return `breaks the rule ${broken.rule}`;
    if (tested.hasLike(row.description)) return "is, or is nearly, a row of the test set";
    if (earlier.hasLike(row.description)) return "is, or is nearly, a row of the dataset";
    earlier.add(row.description);
    return null;
  };
}
