import { NEAR_DUPLICATE_THRESHOLD, SimilarityIndex } from "./similarity.ts";

/** Where a description stands; `row` counts data rows from 1. */
export interface LeakRow {
  readonly row: number;
  readonly description: string;
}

/** A pair of rows of two sets whose descriptions are equal after normalisation (`exact`) or nearly the same. */
export interface LeakPair {
  readonly train: LeakRow;
  readonly test: LeakRow;
  /** Jaccard similarity of shingles: 1 for an exact one. */
  readonly similarity: number;
  readonly exact: boolean;
}

/** At most so many pairs are listed for one training row, the nearest first. */
export const LEAKS_PER_ROW = 5;

/**
 * The rows of a test set that a training set holds too. Empty descriptions match nothing. Order: by training
 * row, then exact before near, then by similarity. Sub-quadratic, see `SimilarityIndex`.
 */
export function findLeaks(
  train: readonly LeakRow[],
  test: readonly LeakRow[],
  threshold = NEAR_DUPLICATE_THRESHOLD,
): LeakPair[] {
  const index = new SimilarityIndex(threshold);
  for (const [at, { description }] of test.entries()) index.add(at, description);
  return train.flatMap((trainRow) =>
    index
      .neighbours(trainRow.description)
      .slice(0, LEAKS_PER_ROW)
      .flatMap(({ index: testAt, similarity, exact }): LeakPair[] => {
        const testRow = test[testAt];
        return testRow === undefined ? [] : [{ train: trainRow, test: testRow, similarity, exact }];
      }),
  );
}
