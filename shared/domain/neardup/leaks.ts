import { SimilarityIndex } from "./similarity.ts";

/** Where a description appears; `row` counts data rows from 1. */
export interface LeakRow {
  readonly row: number;
  readonly description: string;
}

/** A pair of rows of two sets whose descriptions are equal after normalization (`exact`) or nearly the same. */
export interface LeakPair {
  readonly train: LeakRow;
  readonly test: LeakRow;
  /** Jaccard similarity of shingles: 1 for an exact one. */
  readonly similarity: number;
  readonly exact: boolean;
}

/** Maximum pairs listed for one training row, nearest first. */
export const LEAKS_PER_ROW = 5;

/** Holds the rows of one set and finds those of them that another row equals or resembles. */
export class LeakSearch {
  readonly #rows: readonly LeakRow[];
  readonly #index = new SimilarityIndex();

  constructor(rows: readonly LeakRow[]) {
    this.#rows = rows;
    for (const [at, { description }] of rows.entries()) this.#index.add(at, description);
  }

  /** Equal rows first, then the most similar. */
  like(description: string): { found: LeakRow; similarity: number; exact: boolean }[] {
    return this.#index.neighbors(description).flatMap(({ index, similarity, exact }) => {
      const found = this.#rows[index];
      return found === undefined ? [] : [{ found, similarity, exact }];
    });
  }
}

/**
 * The rows of a test set that a training set holds too. Empty descriptions match nothing. Order: by training
 * row, then exact before near, then by similarity. Sub-quadratic, see `SimilarityIndex`.
 */
export function findLeaks(train: readonly LeakRow[], test: readonly LeakRow[]): LeakPair[] {
  const search = new LeakSearch(test);
  return train.flatMap((row) =>
    search
      .like(row.description)
      .slice(0, LEAKS_PER_ROW)
      .map(({ found, similarity, exact }): LeakPair => ({ train: row, test: found, similarity, exact })),
  );
}
