import type { WithAccelerator } from "../accelerator/withAccelerator.ts";
import type { BaseModels } from "../base/baseModel.ts";
import type { Compute } from "../compute/compute.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import type { InferenceService } from "../inference/inferenceService.ts";
import type { ModelStore } from "../model/modelStore.ts";
import type { Platform } from "../platform.ts";
import type { Trainer } from "../trainer/trainer.ts";
import type { Workspace } from "../workspace/workspace.ts";

/** What trainings and their plans depend on. */
export interface TrainingDependencies {
  readonly platform: Platform;
  readonly files: FileLayer;
  readonly workspace: Workspace;
  readonly compute: Compute;
  readonly inference: InferenceService;
  readonly trainer: Trainer;
  readonly bases: BaseModels;
  readonly models: ModelStore;
  readonly withAccelerator: WithAccelerator;
}
