import type { Compute } from "../compute/compute.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import type { HeldoutGuard } from "../results/heldoutGuard.ts";
import type { HeldoutLooks } from "../results/heldoutLooks.ts";
import type { Workspace } from "../workspace/workspace.ts";

/** What comparisons depend on. */
export interface ComparisonDependencies {
  readonly files: FileLayer;
  readonly workspace: Workspace;
  readonly compute: Compute;
  readonly heldout: HeldoutGuard;
  readonly looks: HeldoutLooks;
}

/** Each is a version or a path. Relative paths are resolved from the current folder, then from the workspace. */
export interface TwoFiles {
  readonly baseline: string;
  readonly candidate: string;
}
