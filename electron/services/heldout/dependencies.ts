import type { Compute } from "../compute/compute.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import type { HeldoutLooks } from "../results/heldoutLooks.ts";
import type { Workspace } from "../workspace/workspace.ts";

/** What the services of the held-out rows depend on. */
export interface HeldoutDependencies {
  readonly files: FileLayer;
  readonly workspace: Workspace;
  readonly compute: Compute;
  readonly looks: HeldoutLooks;
  readonly now: () => Date;
}
