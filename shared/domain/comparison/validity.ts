import type { Warning } from "../../schema/comparison.ts";
import type { Stale } from "../../schema/overview.ts";
import { pluralize } from "../format/count.ts";
import { integrityProblems } from "../results/integrity.ts";
import type { NamedResults } from "./namedResults.ts";

/**
 * What makes the results unverifiable as those of the version. A removed or damaged adapter may be another than the
 * one that was evaluated, and answers with another base aren't the version's.
 */
const invalidating: ReadonlySet<Stale["code"]> = new Set<Stale["code"]>([
  "adapter-changed",
  "adapter-gone",
  "base-changed",
]);

/** Returns why results aren't those of the version they are named after, so that nothing can be decided from them. */
export function invalidity({ name, results, stale = [], members = [] }: NamedResults): string[] {
  return [
    ...members.flatMap(invalidity),
    // Other changes make results old, but they still belong to the version.
    ...stale.filter(({ code }) => invalidating.has(code)).map(({ message }) => message),
    ...integrityProblems(name, results.integrity).map(({ message }) => message),
  ];
}

/** As `invalidity`, for two files of one evaluation's test set: what one has shows what an unsealed other lost. */
export function invalidityOfBoth(baseline: NamedResults, candidate: NamedResults): string[] {
  return [
    ...invalidity(baseline),
    ...lostRows(baseline, candidate),
    ...invalidity(candidate),
    ...lostRows(candidate, baseline),
  ];
}

function lostRows({ name, results, members }: NamedResults, against: NamedResults): string[] {
  if (members !== undefined) return members.flatMap((member) => lostRows(member, against));
  const { results: other } = against;
  const { integrity, stamp } = results;
  // A sealed file says itself what it lost, and gaps are known already.
  if (integrity === undefined || integrity.sealed || integrity.missing > 0) return [];
  if (stamp === null || stamp.testSet !== other.stamp?.testSet) return [];
  const own = new Set(results.rows.map(({ row }) => row));
  const lost = new Set(
    other.rows.filter(({ split, row }) => split === "heldout" && !own.has(row)).map(({ row }) => row),
  );
  if (lost.size === 0) return [];
  const rows = pluralize(lost.size, "held-out row is", "held-out rows are");
  return [`${rows} missing from the results of ${name}. Restore the file, or evaluate the version again.`];
}

/** Returns what a reader must know about where results come from. */
export function validityWarnings({ name, results, stale = [], members = [] }: NamedResults): Warning[] {
  return [
    ...members.flatMap(validityWarnings),
    ...stale.map(({ message }) => ({ code: "stale", message })),
    ...integrityProblems(name, results.integrity),
    ...(results.integrity?.sealed === false
      ? [
          {
            code: "not-sealed",
            message: `The results of ${name} were written before results were sealed, so most edits can't be detected.`,
          },
        ]
      : []),
  ];
}
