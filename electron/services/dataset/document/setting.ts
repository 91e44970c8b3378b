import type { FileLayer } from "../../files/fileLayer.ts";
import type { Workspace } from "../../workspace/workspace.ts";
import type { ComputePool } from "../computePool.ts";

/** What every document works with. */
export interface DocumentSetting {
  readonly files: FileLayer;
  readonly workspace: Workspace;
  readonly pool: ComputePool;
  readonly now: () => Date;
}
