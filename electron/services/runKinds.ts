import { datasetRows } from "../../shared/domain/dataset/read.ts";
import { requireTestSet } from "../../shared/domain/dataset/testSet.ts";
import { createAdoptionKind } from "./adoption/adoptionService.ts";
import { augmentationKind } from "./augmentation/augmentationKind.ts";
import { augmentationDependencies } from "./augmentation/augmentationService.ts";
import type { AugmentationServiceDependencies } from "./augmentation/dependencies.ts";
import { generationKind } from "./augmentation/generationKind.ts";
import { openWriterSession } from "./augmentation/writerSession.ts";
import { downloadKind } from "./base/downloadKind.ts";
import type { Downloads } from "./base/downloads.ts";
import type { EvaluationDependencies } from "./evaluation/dependencies.ts";
import { createEvaluationKind, judgeDependencies, warnIn } from "./evaluation/evaluationService.ts";
import { rejudgeKind } from "./evaluation/rejudgeKind.ts";
import { createJudge } from "./judge/createJudge.ts";
import { createRehearsalKind } from "./rehearsal/rehearsalService.ts";
import type { TrainingDependencies } from "./training/dependencies.ts";
import { createTrainingKind } from "./training/trainingService.ts";
import { describeWorkspace } from "./workspace/workspace.ts";

/** Returns every kind of run, bound to a workspace. */
export async function runKinds(
  setting: TrainingDependencies & EvaluationDependencies,
  augmentation: AugmentationServiceDependencies,
  downloads: Downloads,
) {
  const { files, workspace } = setting;

  /** Returns descriptions that a new dataset or a new test set must not contain. */
  async function otherDescriptions(testSet: boolean): Promise<string[]> {
    if (testSet) {
      const { datasets } = await describeWorkspace(files, workspace);
      const all = await Promise.all(
        datasets.map(async (version) => {
          const file = workspace.paths.dataset(version);
          return datasetRows(await files.read(file), file);
        }),
      );
      return all.flat().map(({ description }) => description);
    }
    const file = workspace.paths.testSet;
    if (!(await files.exists(file))) return [];
    return requireTestSet(await files.read(file), file).rows.map(({ description }) => description);
  }

  return [
    createTrainingKind(setting),
    createRehearsalKind(setting),
    createAdoptionKind(setting),
    createEvaluationKind(setting),
    rejudgeKind({
      files,
      workspace,
      judge: (kind, context) => createJudge(kind, judgeDependencies(setting, warnIn(context))),
    }),
    downloadKind(downloads),
    augmentationKind(augmentationDependencies(augmentation)),
    generationKind({
      files,
      workspace,
      dataset: augmentation.dataset,
      otherDescriptions,
      openWriter: (context, limits) => openWriterSession(augmentation, context, limits),
      labelJudge: (context) => createJudge("openai", judgeDependencies(setting, warnIn(context))),
      now: setting.now,
    }),
  ] as const;
}
