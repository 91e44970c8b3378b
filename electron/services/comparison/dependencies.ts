import type { WorkspaceHashes } from "../../../shared/schema/overview.ts";
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
  /** Returns what the workspace has now, to find stale results of these versions; null: they aren't checked. */
  readonly hashes: (versions: readonly string[]) => Promise<WorkspaceHashes | null>;
  readonly looks: HeldoutLooks;
}

/** Each is a version or a path. Relative paths are resolved from the current folder, then from the workspace. */
export interface TwoFiles {
  readonly baseline: string;
  readonly candidate: string;
}
