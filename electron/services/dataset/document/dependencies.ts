import type { Compute } from "../../compute/compute.ts";
import type { FileLayer } from "../../files/fileLayer.ts";
import type { Workspace } from "../../workspace/workspace.ts";

/** The dependencies of every document. */
export interface DocumentDependencies {
  readonly files: FileLayer;
  readonly workspace: Workspace;
  readonly compute: Compute;
  readonly now: () => Date;
}
