import type { WithAccelerator } from "../accelerator/withAccelerator.ts";
import type { BaseModels } from "../base/baseModel.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import type { InferenceService } from "../inference/inferenceService.ts";
import type { ModelStore } from "../model/modelStore.ts";
import type { Platform } from "../platform.ts";
import type { OpenVersion } from "../results/openedResults.ts";
import type { RunService } from "../run/runService.ts";
import type { Workspace } from "../workspace/workspace.ts";
import type { MeasuredRun } from "./throughputHistory.ts";

/** What evaluations depend on. */
export interface EvaluationDependencies {
  readonly platform: Platform;
  readonly files: FileLayer;
  readonly workspace: Workspace;
  readonly inference: InferenceService;
  readonly bases: BaseModels;
  readonly models: ModelStore;
  readonly withAccelerator: WithAccelerator;
  readonly now: () => Date;
}

export interface EvaluationPlanDependencies extends EvaluationDependencies {
  readonly runs: RunService;
  readonly open: OpenVersion;
  readonly measuredRuns: () => Promise<MeasuredRun[]>;
}
