import type { Results } from "../../schema/result.ts";

/** A results file and the name it goes by. */
export interface NamedResults {
  readonly name: string;
  readonly results: Results;
}
