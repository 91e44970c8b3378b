import type { LookResult } from "../../../shared/schema/compute.ts";

/** Two results whose held-out rows decide. */
export interface ComparedLook {
  readonly kind: "decision";
  readonly baseline: string;
  readonly candidate: string;
  readonly of: NonNullable<LookResult["look"]>;
}

/** Results whose held-out rows the user reads. `rows`: the hash of each description. */
interface ReadingLook {
  readonly kind: "reading";
  readonly baseline: string;
  readonly candidate: string;
  readonly testSet: string;
  readonly rows: readonly string[];
  readonly runs: readonly string[];
}

/** A look at held-out rows, before it is counted. */
export type Look = ComparedLook | ReadingLook;
