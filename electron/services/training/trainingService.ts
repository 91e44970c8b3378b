import path from "node:path";
import { Failure } from "../../../shared/domain/failure.ts";
import type { DecidedSettings, TrainingSettings } from "../../../shared/domain/training/overrides.ts";
import type { Run } from "../../../shared/schema/run.ts";
import type { TrainingPlan, TrainingPresets } from "../../../shared/schema/trainingPlan.ts";
import type { TrainingRequest, TrainingResult, TrainingRunSpec } from "../../../shared/schema/trainingRun.ts";
import type { SpeedRequest, TrainingSpeed } from "../../../shared/schema/trainingSpeed.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { sha256 } from "../hashing/hashing.ts";
import { readPromptTemplate } from "../prompts/promptTemplate.ts";
import type { RunKindDefinition } from "../run/runKind.ts";
import type { RunService } from "../run/runService.ts";
import { assertWritable, describeWorkspace, type Workspace } from "../workspace/workspace.ts";
import type { TrainingDependencies } from "./dependencies.ts";
import { refuseWhatCannotFit, trainingDevice } from "./fitCheck.ts";
import { createPaceBook } from "./paceBook.ts";
import type { DatasetChecks } from "./planDataset.ts";
import {
  presetNamed,
  presetsOf,
  probedSettings,
  trainerSpec,
  withCheckpointingDecided,
} from "./presetResolution.ts";
import { createSpeedBook } from "./speedProbe.ts";
import { trainingGate } from "./trainingGate.ts";
import { createTrainingHistory, type TrainingHistory } from "./trainingHistory.ts";
import { trainingKind } from "./trainingKind.ts";
import { trainingRows } from "./trainingRows.ts";

export interface TrainingService extends TrainingHistory {
  start(request: TrainingRequest): Promise<Run>;
  versions(): Promise<string[]>;
  presets(): TrainingPresets;
  /** Plans a request: what it would start, what it needs and what is wrong. Starts nothing. */
  plan(request: TrainingRequest): Promise<TrainingPlan>;
  /** Measures the fastest settings in at most a minute. Trainings with the same settings then use them. */
  probe(request: SpeedRequest, signal?: AbortSignal): Promise<TrainingSpeed>;
}

async function datasetBytes(
  files: FileLayer,
  workspace: Workspace,
  version: string,
): Promise<{ file: string; bytes: Uint8Array }> {
  const file = workspace.paths.dataset(version);
  if (await files.exists(file)) return { file, bytes: await files.read(file) };
  const { datasets } = await describeWorkspace(files, workspace);
  throw new Failure(
    "missing",
    `dataset_${version}.csv not found (available: ${datasets.join(", ") || "none"})`,
    {
      file,
      hint: "Create the next dataset with `namewright augment --from v1`, or import one with `namewright dataset import FILE`.",
    },
  );
}

/** Reads the rows to train on. @throws Failure when the dataset is missing, has errors or leaks into the test set. */
async function rowsOf(files: FileLayer, workspace: Workspace, version: string) {
  const dataset = await datasetBytes(files, workspace, version);
  const { testSet } = workspace.paths;
  const against = (await files.exists(testSet)) ? { file: testSet, bytes: await files.read(testSet) } : null;
  const { rows } = trainingRows(dataset, against);
  return { rows, hash: sha256(dataset.bytes), name: path.basename(dataset.file) };
}

/** Creates the training kind with a workspace's files, the real trainer and the real engine. */
export function createTrainingKind(
  setting: TrainingDependencies,
): RunKindDefinition<TrainingRunSpec, TrainingResult> {
  const { platform, files, workspace, trainer, bases, models } = setting;
  return trainingKind({
    files,
    trainer,
    withAccelerator: setting.withAccelerator,
    openBase: (context) =>
      bases.open(workspace, {
        signal: context.signal,
        onProgress: (detail) => void context.emit({ kind: "stage", stage: "base", detail }),
      }),
    prompt: () => readPromptTemplate(files, platform.paths.resources),
    rows: (version) => rowsOf(files, workspace, version),
    gate: trainingGate(setting),
    promote: (version, runFolder) => models.promote(version, runFolder),
  });
}

/** Creates the training service, which turns a request into a spec that names every input by its hash. */
export function createTrainingService(setting: TrainingDependencies, runs: RunService): TrainingService {
  const { platform, files, workspace, bases } = setting;
  const paces = createPaceBook(runs);
  const checks: DatasetChecks = new Map();
  const speeds = createSpeedBook(setting);
  const openBase = (signal: AbortSignal) => bases.open(workspace, { signal, onProgress: () => {} });
  /** Returns the settings with what the plan decides. @throws Failure when the training is too large. */
  async function fitted(
    baseFolder: string,
    asked: TrainingSettings,
    runsFolder: string,
  ): Promise<DecidedSettings> {
    const device = await trainingDevice(asked.device === "auto" ? platform.setting("DEVICE") : asked.device);
    const settings = await withCheckpointingDecided(files, baseFolder, asked, device);
    await refuseWhatCannotFit({ files, baseFolder, settings, device, runsFolder });
    return settings;
  }
  return {
    ...createTrainingHistory(runs),
    presets: () => presetsOf(workspace),
    plan: async (request) =>
      (await import("./trainingPlan.ts")).planTraining({ ...setting, runs, paces, speeds, checks }, request),
    async start(request) {
      assertWritable(workspace);
      const { version } = request;
      await files.refuseLink(workspace.paths.model(version));
      const dataset = await datasetBytes(files, workspace, version);
      const { name, settings: asked } = presetNamed(workspace, request);
      const base = await openBase(new AbortController().signal);
      const probed = await probedSettings(speeds, base.hash, asked, request);
      const settings = await fitted(base.folder, probed, workspace.paths.runs);
      const spec: TrainingRunSpec = {
        version,
        inputs: {
          dataset: sha256(dataset.bytes),
          base: base.hash,
          prompt: (await readPromptTemplate(files, platform.paths.resources)).hash,
        },
        trainer: trainerSpec(request, name, settings, sha256(dataset.bytes)),
      };
      return (await runs.start("training", spec)).run;
    },
    async probe(request, signal = new AbortController().signal) {
      const { version } = request;
      const { name, settings } = presetNamed(workspace, { ...request, epochs: null });
      const { rows } = await rowsOf(files, workspace, version);
      const base = await openBase(signal);
      const decided = await fitted(base.folder, settings, platform.paths.userData);
      const { template: promptTemplate } = await readPromptTemplate(files, platform.paths.resources);
      const subject = { version, preset: name, settings, decided, base, rows, promptTemplate };
      return setting.withAccelerator(
        { runId: `the speed probe of ${version}`, signal, emit: async () => {} },
        () => speeds.probe(subject, signal),
      );
    },
    versions: async () => (await describeWorkspace(files, workspace)).datasets,
  };
}
