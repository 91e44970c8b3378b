import type { Stale } from "../../schema/overview.ts";
import type { Results } from "../../schema/result.ts";

/** A results file and the name it goes by. */
export interface NamedResults {
  readonly name: string;
  readonly results: Results;
  /** What changed in the workspace after a version's evaluation; absent for a file that is no version's. */
  readonly stale?: readonly Stale[];
  /** The results of each seed of a version that was trained with several, which know whether they are stale or edited. */
  readonly members?: readonly NamedResults[];
}
