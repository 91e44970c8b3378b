import type { Results } from "../../schema/result.ts";
import { sliceCounts, studiedRows, unnamedSlice } from "../analysis/slices.ts";
import { contentWords } from "../dataset/topics.ts";
import { Failure } from "../failure.ts";
import { testedRows } from "../metrics/testedRow.ts";
import { defaultRows, type SliceWeakness } from "./plan.ts";

/** Rows written for each failing row that was chosen, where the person says nothing else. */
const rowsPerFailure = 5;
/** Number of words that describe rows without a slice to an LLM. */
const topicWords = 8;

/** How many rows to write for a selection. */
export function rowsForSelection(selected: number): number {
  return Math.min(defaultRows, selected * rowsPerFailure);
}

/**
 * The slices of a version's dev rows as a selection of failing rows makes them weak: each is as weak as rows of it
 * were chosen. Slices of which none was chosen stay in, without failures, so that a plan keeps them in practice.
 * @throws Failure `bad-value` for a row that is held out, unlabelled or not in the results.
 */
export function selectionWeakness(results: Results, selected: readonly number[]): SliceWeakness[] {
  refuseOthers(results, selected);
  const wanted = new Set(selected);
  const studied = studiedRows(results);
  const chosen = studied.filter(({ row }) => wanted.has(row));
  return sliceCounts(studied).map(({ slice, label, n }) => {
    const own = chosen.filter((row) => (row.slice ?? unnamedSlice) === slice && row.label === label);
    const unnamed = own.length > 0 && own.every((row) => row.slice === null);
    return {
      slice,
      label,
      n,
      failures: own.length,
      ...(unnamed ? { topic: topicOf(own.map(({ description }) => description)) } : {}),
    };
  });
}

function refuseOthers(results: Results, selected: readonly number[]): void {
  const rows = new Map(testedRows(results).map((row) => [row.row, row]));
  const heldout = selected.filter((row) => results.stamp !== null && rows.get(row)?.split === "heldout");
  if (heldout.length > 0) {
    throw new Failure("bad-value", `you can't write rows for held-out rows (${heldout.join(", ")})`, {
      hint: "Select dev rows. Training rows written from held-out rows would invalidate their results.",
    });
  }
  const unusable = selected.filter((row) => (rows.get(row)?.label ?? null) === null);
  if (unusable.length > 0) {
    throw new Failure(
      "bad-value",
      `rows ${unusable.join(", ")} have no label or are not in these results, so their correct answer is unknown`,
      { hint: "Label these rows first, or select other rows." },
    );
  }
}

/** The commonest content words of the descriptions. */
function topicOf(descriptions: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const word of descriptions.flatMap((description) => [...contentWords(description)]))
    counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts]
    .sort((one, other) => other[1] - one[1])
    .slice(0, topicWords)
    .map(([word]) => word)
    .join(", ");
}
