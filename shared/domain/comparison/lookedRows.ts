import { testedRows } from "../metrics/testedRow.ts";
import type { NamedResults } from "./namedResults.ts";

/** What a decision reads of the held-out rows of one file, as texts to hash. */
export interface LookedRows {
  readonly descriptions: readonly string[];
  /** Labels, answers and scores. Without the run, so that the same answers are the same results. */
  readonly content: string;
}

/** Returns the held-out rows of a results file as a decision reads them, in the order of the test set. */
export function lookedRows({ results }: NamedResults): LookedRows {
  const rows = testedRows(results)
    .filter(({ split }) => split === "heldout")
    .sort((one, other) => one.row - other.row);
  return {
    descriptions: rows.map(({ description }) => description),
    content: rows
      .map(({ description, label, group, samples }) =>
        JSON.stringify([
          description,
          label,
          group,
          samples.map(({ outcome, names, scores, unscored }) => [outcome, names, scores, unscored !== null]),
        ]),
      )
      .join("\n"),
  };
}
