import path from "node:path";
import { readTable } from "../../../shared/domain/csv/table.ts";
import { Failure } from "../../../shared/domain/failure.ts";
import { promptFor } from "../../../shared/domain/prompt/template.ts";
import { architectureOf } from "../../../shared/domain/training/architecture.ts";
import type { TrainingSettings } from "../../../shared/domain/training/overrides.ts";
import { seedRequests } from "../../../shared/domain/training/seedRequests.ts";
import type { Run } from "../../../shared/schema/run.ts";
import type { TrainRow } from "../../../shared/schema/training.ts";
import type { TrainingPlan, TrainingPresets } from "../../../shared/schema/trainingPlan.ts";
import type {
  EnsuredTraining,
  TrainingPlanRequest,
  TrainingRequest,
  TrainingResult,
  TrainingRunSpec,
} from "../../../shared/schema/trainingRun.ts";
import type { SpeedRequest, TrainingSpeed } from "../../../shared/schema/trainingSpeed.ts";
import type { BaseModel } from "../base/baseModel.ts";
import { mostTokensAroundIn } from "../base/baseTokens.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { sha256 } from "../hashing/hashing.ts";
import { trainingPrompt } from "../prompts/trainingPrompt.ts";
import type { RunKindDefinition } from "../run/runKind.ts";
import type { RunService } from "../run/runService.ts";
import { assertWritable, describeWorkspace, type Workspace } from "../workspace/workspace.ts";
import type { TrainingDependencies } from "./dependencies.ts";
import { equalTraining, wouldReplace } from "./equalTraining.ts";
import {
  baseArchitecture,
  type JudgedTraining,
  refuseFullDisk,
  refuseImpossible,
  unmergeable,
} from "./fitCheck.ts";
import { countingTokens, longestRow, rowTexts } from "./longestRow.ts";
import { createPaceBook } from "./paceBook.ts";
import type { DatasetChecks } from "./planDataset.ts";
import {
  presetNamed,
  presetsOf,
  probedSettings,
  trainerSpec,
  withCheckpointingDecided,
} from "./presetResolution.ts";
import { createSpeedBook, type SpeedBook } from "./speedProbe.ts";
import { deviceNow, onAccelerator } from "./trainingAccelerator.ts";
import { deviceEnvironment } from "./trainingDevice.ts";
import { trainingGate } from "./trainingGate.ts";
import { createTrainingHistory, type TrainingHistory } from "./trainingHistory.ts";
import { trainingKind } from "./trainingKind.ts";
import { trainingRows } from "./trainingRows.ts";

export interface TrainingService extends TrainingHistory {
  start(request: TrainingRequest): Promise<Run>;
  /** Starts a training, unless the version comes from an equal one or an equal one can be resumed. Throws as `start`. */
  ensure(request: TrainingRequest): Promise<EnsuredTraining>;
  /** Returns the versions whose adapter a request would replace. Starts nothing. */
  replaces(request: TrainingPlanRequest): Promise<string[]>;
  versions(): Promise<string[]>;
  presets(): TrainingPresets;
  /** Plans a request: what it would start, what it needs and what is wrong. Starts nothing. */
  plan(request: TrainingPlanRequest): Promise<TrainingPlan>;
  /** Measures the fastest settings in at most a minute. Trainings with the same settings then use them. */
  probe(request: SpeedRequest, signal?: AbortSignal): Promise<TrainingSpeed>;
}

/** Reads a dataset. @throws Failure `missing` with the datasets that exist. */
export async function datasetBytes(
  files: FileLayer,
  workspace: Workspace,
  version: string,
): Promise<{ file: string; bytes: Uint8Array }> {
  const file = workspace.paths.dataset(version);
  if (await files.exists(file)) return { file, bytes: await files.read(file) };
  const { datasets } = await describeWorkspace(files, workspace);
  throw new Failure(
    "missing",
    `${path.basename(file)} not found (available: ${datasets.join(", ") || "none"})`,
    {
      file,
      hint: "Create the next dataset with `namewright augment --from v1`, or import one with `namewright dataset import FILE`.",
    },
  );
}

/** Reads the rows to train on. @throws Failure when the dataset is missing, has errors or leaks into the test set. */
export async function rowsOf(files: FileLayer, workspace: Workspace, version: string) {
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
  const { files, workspace, trainer, bases, models } = setting;
  return trainingKind({
    files,
    trainer,
    withAccelerator: setting.withAccelerator,
    openBase: (context) =>
      bases.open(workspace, {
        signal: context.signal,
        onProgress: (detail) => void context.emit({ kind: "stage", stage: "base", detail }),
      }),
    prompt: (name) => trainingPrompt(setting, name),
    rows: (version) => rowsOf(files, workspace, version),
    onDevice: async ({ trainer: settings, anyway = false }, { context, ...training }, body) => {
      const accelerated = await acceleratedTraining(setting, settings, training);
      const warn = (code: string, message: string) => context.emit({ kind: "warning", code, message });
      return onAccelerator(setting.inference, { ...accelerated, anyway, warn }, body);
    },
    gate: trainingGate(setting),
    promote: (version, runFolder) => models.promote(version, runFolder),
    restorable: (version) => models.restorable(version),
  });
}

/** Returns what decides whether a training fits, for a base that is on this disk. */
async function acceleratedTraining(
  setting: TrainingDependencies,
  settings: TrainingSettings,
  { rows, base, promptTemplate }: { rows: readonly TrainRow[]; base: BaseModel; promptTemplate: string },
) {
  const { files, inference } = setting;
  const config: unknown = JSON.parse(await files.readText(path.join(base.folder, "config.json")));
  const texts = rows.map(({ description, suggestions }) => ({
    prompt: promptFor(promptTemplate, description),
    suggestions,
  }));
  return {
    model: architectureOf(config),
    settings,
    rows: {
      longest: await longestRow(
        texts,
        countingTokens(files, inference, base.gguf, { mayLoad: true }),
        await mostTokensAroundIn(files, base.folder),
      ),
      validation: rows.filter(({ side }) => side === "validation").length,
    },
    measure: () => deviceNow(setting, settings),
  };
}

/**
 * Returns what decides whether a training of a dataset fits on the device as it is now. Tokens are bounded, not counted.
 * Null while the sizes of the base aren't known.
 */
async function judgedNow(
  setting: TrainingDependencies,
  settings: TrainingSettings,
  { bytes, file }: { file: string; bytes: Uint8Array },
  template: string,
): Promise<JudgedTraining | null> {
  const model = await baseArchitecture(setting);
  if (model === null) return null;
  const texts = rowTexts(readTable(bytes, file), (text) => promptFor(template, text));
  const { files, bases, workspace } = setting;
  const around = await mostTokensAroundIn(files, await bases.locate(workspace.folder, workspace.config.base));
  return {
    model,
    settings,
    device: await deviceNow(setting, settings),
    rows: { longest: await longestRow(texts, async () => null, around) },
  };
}

/** Opens the base, and refuses before that what can't run: opening may download and convert gigabytes. */
async function openIfPossible(
  setting: TrainingDependencies,
  settings: TrainingSettings,
  dataset: { file: string; bytes: Uint8Array },
  {
    runsFolder,
    anyway,
    signal,
    template,
  }: { runsFolder: string; anyway: boolean; signal: AbortSignal; template: string },
): Promise<{ base: BaseModel; judged: JudgedTraining }> {
  const unmerged = unmergeable(settings, setting.workspace);
  if (unmerged !== null) throw unmerged;
  const early = await judgedNow(setting, settings, dataset, template);
  if (early !== null) {
    refuseImpossible(early, { anyway });
    const { precision } = setting.workspace.config;
    await refuseFullDisk(setting.files, early, { runsFolder, precision });
  }
  const base = await setting.bases.open(setting.workspace, { signal, onProgress: () => {} });
  const judged = early ?? (await judgedNow(setting, settings, dataset, template));
  if (judged === null) throw new Error("the base is open, but its sizes aren't known");
  return { base, judged };
}

/** Turns a request into a spec. Refuses what can't run. */
async function specOf(
  setting: TrainingDependencies,
  speeds: SpeedBook,
  request: TrainingRequest,
): Promise<TrainingRunSpec> {
  const { files, workspace } = setting;
  assertWritable(workspace);
  const { version } = request;
  await files.refuseLink(workspace.paths.model(version));
  const dataset = await datasetBytes(files, workspace, version);
  const { name, settings: asked } = presetNamed(workspace, request);
  const prompt = await trainingPrompt(setting, request.prompt);
  const { base, judged } = await openIfPossible(setting, asked, dataset, {
    template: prompt.template,
    runsFolder: workspace.paths.runs,
    anyway: request.anyway,
    signal: new AbortController().signal,
  });
  const probed = await probedSettings(speeds, base.hash, asked, request);
  const settings = withCheckpointingDecided(probed, judged);
  return {
    version,
    inputs: { dataset: sha256(dataset.bytes), base: base.hash, prompt: prompt.hash },
    prompt: request.prompt,
    ...(request.anyway ? { anyway: true } : {}),
    trainer: trainerSpec(request, name, settings, sha256(dataset.bytes)),
  };
}

/** Creates the training service, which turns a request into a spec that names every input by its hash. */
export function createTrainingService(setting: TrainingDependencies, runs: RunService): TrainingService {
  const { platform, files, workspace } = setting;
  const paces = createPaceBook(runs);
  const checks: DatasetChecks = new Map();
  const speeds = createSpeedBook(setting);
  return {
    ...createTrainingHistory(runs),
    presets: () => presetsOf(workspace),
    plan: async (request) =>
      (await import("./trainingPlan.ts")).planTraining({ ...setting, runs, paces, speeds, checks }, request),
    start: async (request) => (await runs.start("training", await specOf(setting, speeds, request))).run,
    async ensure(request) {
      const spec = await specOf(setting, speeds, request);
      const equal = await equalTraining({ files, workspace, runs }, spec);
      return equal ?? { run: (await runs.start("training", spec)).run, state: "started" };
    },
    async replaces({ seeds = 1, ...group }) {
      const { versions } = await describeWorkspace(files, workspace);
      const existing = seedRequests(group, seeds).filter(({ version }) => versions.includes(version));
      // A version with one seed is trained again even where nothing changed.
      if (seeds === 1) return existing.map(({ version }) => version);
      const replaced: string[] = [];
      for (const request of existing) {
        // What can't be trained replaces nothing. The start says why.
        const spec = await specOf(setting, speeds, request).catch(() => null);
        if (spec !== null && (await wouldReplace({ files, workspace, runs }, spec)))
          replaced.push(request.version);
      }
      return replaced;
    },
    async probe(request, signal = new AbortController().signal) {
      const { version } = request;
      const { name, settings } = presetNamed(workspace, { ...request, epochs: null });
      const { rows } = await rowsOf(files, workspace, version);
      const dataset = await datasetBytes(files, workspace, version);
      const { template: promptTemplate } = await trainingPrompt(setting);
      const { base, judged } = await openIfPossible(setting, settings, dataset, {
        template: promptTemplate,
        runsFolder: platform.paths.userData,
        anyway: false,
        signal,
      });
      const subject = {
        version,
        preset: name,
        settings,
        decided: withCheckpointingDecided(settings, judged),
        base,
        rows,
        promptTemplate,
      };
      return setting.withAccelerator(
        { runId: `the speed probe of ${version}`, signal, emit: async () => {} },
        async () => {
          const accelerated = await acceleratedTraining(setting, settings, { rows, base, promptTemplate });
          const training = { ...accelerated, anyway: false, warn: async () => {} };
          return onAccelerator(setting.inference, training, (device) =>
            speeds.probe(subject, signal, deviceEnvironment(device)),
          );
        },
      );
    },
    versions: async () => (await describeWorkspace(files, workspace)).datasets,
  };
}
