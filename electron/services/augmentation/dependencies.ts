import type { DatasetService } from "../dataset/datasetService.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import type { Platform } from "../platform.ts";
import type { Workspace } from "../workspace/workspace.ts";

/** What row generation and its review depend on. */
export interface AugmentationServiceDependencies {
  readonly platform: Platform;
  readonly files: FileLayer;
  readonly workspace: Workspace;
  readonly dataset: DatasetService;
}
