import { writeDataset } from "../../../shared/domain/dataset/write.ts";
import { lintReport } from "../../../shared/domain/lint/lintReport.ts";
import { normalize, shinglesOf } from "../../../shared/domain/neardup/shingles.ts";
import { NEAR_DUPLICATE_THRESHOLD } from "../../../shared/domain/neardup/similarity.ts";
import type { DatasetRow } from "../../../shared/schema/dataset.ts";

/** Compares each description with all earlier ones. Fit for thousands; `SimilarityIndex` serves millions. */
class Descriptions {
  readonly #shingles: Set<number>[] = [];

  add(description: string): void {
    this.#shingles.push(new Set(shinglesOf(normalize(description))));
  }

  /** Returns whether an earlier description is equal or nearly the same. */
  hasLike(description: string): boolean {
    const own = new Set(shinglesOf(normalize(description)));
    return this.#shingles.some((other) => {
      const [small, large] = own.size < other.size ? [own, other] : [other, own];
      if (small.size < NEAR_DUPLICATE_THRESHOLD * large.size) return false;
      let shared = 0;
      for (const shingle of small) if (large.has(shingle)) shared += 1;
      return shared >= NEAR_DUPLICATE_THRESHOLD * (own.size + other.size - shared);
    });
  }
}

/** Checks new rows against the naming rules, the rows before them and the test set. */
export interface RowCheck {
  /** Returns null when a row may enter a dataset, otherwise the reason why not. */
  objection(row: DatasetRow): string | null;
  /** Makes a row an earlier one for the rows after it. */
  add(row: DatasetRow): void;
}

/** Rejects rows that break a rule, nearly duplicate an earlier row or leak into the test set. */
export function createRowCheck(dataset: readonly string[], testSet: readonly string[]): RowCheck {
  const earlier = new Descriptions();
  for (const description of dataset) earlier.add(description);
  const tested = new Descriptions();
  for (const description of testSet) tested.add(description);
  return {
    objection(row) {
      const bytes = new TextEncoder().encode(writeDataset([row]));
      const findings = lintReport([{ file: "new row", bytes }]).files.flatMap((file) => file.findings);
      const broken = findings.find(({ severity }) => severity === "error");
      if (broken !== undefined) return `breaks the rule ${broken.rule}`;
      if (tested.hasLike(row.description)) return "duplicates or nearly duplicates a row of the test set";
      if (earlier.hasLike(row.description)) return "duplicates or nearly duplicates a row of the dataset";
      return null;
    },
    add: ({ description }) => earlier.add(description),
  };
}

/** Returns null when a new row may enter a dataset, otherwise the reason why not. */
export type AcceptRow = (row: DatasetRow) => string | null;

/** Returns a function that checks a row as `createRowCheck` does. Accepted rows count as earlier rows for the next. */
export function createAcceptRow(dataset: readonly string[], testSet: readonly string[]): AcceptRow {
  const check = createRowCheck(dataset, testSet);
  return (row) => {
    const reason = check.objection(row);
    if (reason === null) check.add(row);
    return reason;
  };
}
