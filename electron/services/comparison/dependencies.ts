import type { Compute } from "../compute/compute.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import type { HeldoutGuard } from "../results/heldoutGuard.ts";
import type { Workspace } from "../workspace/workspace.ts";

/** What comparisons are built from. */
export interface ComparisonDependencies {
  readonly files: FileLayer;
  readonly workspace: Workspace;
  readonly now: () => Date;
  readonly compute: Compute;
  readonly heldout: HeldoutGuard;
}

/** Each a version, or a path (relative ones are looked for from where the process runs, then in the workspace). */
export interface TwoFiles {
  readonly baseline: string;
  readonly candidate: string;
}
