import { adoptionContract } from "./adoption.ts";
import { augmentationContract } from "./augmentation.ts";
import { baseContract } from "./base.ts";
import { comparisonContract } from "./comparison.ts";
import { datasetContract } from "./dataset.ts";
import { environmentContract } from "./environment.ts";
import { evaluationContract } from "./evaluation.ts";
import { heldoutContract } from "./heldout.ts";
import { hostContract } from "./host.ts";
import { modelContract } from "./model.ts";
import { operatingPointContract } from "./operatingPoint.ts";
import { playgroundContract } from "./playground.ts";
import { promptContract } from "./prompt.ts";
import { rehearsalContract } from "./rehearsal.ts";
import { reportContract } from "./report.ts";
import { runContract } from "./run.ts";
import { settingsContract } from "./settings.ts";
import { studyContract } from "./study.ts";
import { trainingContract } from "./training.ts";
import { workspaceContract } from "./workspace.ts";

/** All that can be asked of one open workspace. `host` is served by the desktop and the browser host only. */
export const contract = {
  host: hostContract,
  workspace: workspaceContract,
  settings: settingsContract,
  environment: environmentContract,
  run: runContract,
  dataset: datasetContract,
  training: trainingContract,
  rehearsal: rehearsalContract,
  adoption: adoptionContract,
  playground: playgroundContract,
  prompt: promptContract,
  evaluation: evaluationContract,
  augmentation: augmentationContract,
  comparison: comparisonContract,
  study: studyContract,
  operatingPoint: operatingPointContract,
  heldout: heldoutContract,
  model: modelContract,
  base: baseContract,
  report: reportContract,
};
export type Contract = typeof contract;
