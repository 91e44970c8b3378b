import path from "node:path";
import { Failure } from "../../../shared/domain/failure.ts";
import { TRAINING_FIELDS } from "../../../shared/domain/training/fields.ts";
import { type TrainingSettings, valueAt, withOverrides } from "../../../shared/domain/training/overrides.ts";
import { PRESETS } from "../../../shared/domain/training/presets.ts";
import { withSpeed } from "../../../shared/domain/training/speed.ts";
import type { Run } from "../../../shared/schema/run.ts";
import { type PresetName, PresetNameSchema } from "../../../shared/schema/training.ts";
import type { TrainingPlan, TrainingPresets } from "../../../shared/schema/trainingPlan.ts";
import type { TrainingRequest, TrainingResult, TrainingRunSpec } from "../../../shared/schema/trainingRun.ts";
import type { SpeedRequest, TrainingSpeed } from "../../../shared/schema/trainingSpeed.ts";
import type { WithAccelerator } from "../accelerator/withAccelerator.ts";
import type { BaseModels } from "../base/baseModel.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { sha256, sha256OfFile } from "../hashing/hashing.ts";
import type { InferenceService } from "../inference/inferenceService.ts";
import type { ModelStore } from "../model/modelStore.ts";
import { assertGate, readParityReference, runParityGate } from "../parity/parityGate.ts";
import type { Platform } from "../platform.ts";
import { readPromptTemplate } from "../prompts/promptTemplate.ts";
import type { RunKindDefinition } from "../run/runKind.ts";
import type { RunService } from "../run/runService.ts";
import type { Trainer } from "../trainer/trainer.ts";
import { assertWritable, describeWorkspace, type Workspace } from "../workspace/workspace.ts";
import { refuseWhatCannotFit, trainingDevice } from "./fitCheck.ts";
import { createPaceBook } from "./paceBook.ts";
import type { DatasetChecks } from "./planDataset.ts";
import { createSpeedBook, type SpeedBook } from "./speedProbe.ts";
import { createTrainingHistory, type TrainingHistory } from "./trainingHistory.ts";
import { trainingKind } from "./trainingKind.ts";
import { trainingRows } from "./trainingRows.ts";

export interface TrainingSetting {
  readonly platform: Platform;
  readonly files: FileLayer;
  readonly workspace: Workspace;
  readonly inference: InferenceService;
  readonly trainer: Trainer;
  readonly bases: BaseModels;
  readonly models: ModelStore;
  readonly withAccelerator: WithAccelerator;
}

export interface TrainingService extends TrainingHistory {
  start(request: TrainingRequest): Promise<Run>;
  versions(): Promise<string[]>;
  presets(): TrainingPresets;
  /** What a request would start, what it takes and what is wrong with it; starts nothing. */
  plan(request: TrainingRequest): Promise<TrainingPlan>;
  /** Measures for a minute at most what is fastest here; trainings of the same settings then use it. */
  probe(request: SpeedRequest, signal?: AbortSignal): Promise<TrainingSpeed>;
}

/** The preset of a request, or the workspace's own, with what the request sets otherwise. */
export function presetNamed(
  workspace: Workspace,
  { preset, epochs, overrides }: Pick<TrainingRequest, "preset" | "epochs" | "overrides">,
): { name: PresetName; settings: TrainingSettings } {
  const name = PresetNameSchema.safeParse(preset ?? workspace.config.preset);
  if (!name.success) {
    throw new Failure("bad-value", `there is no preset ${JSON.stringify(workspace.config.preset)}`, {
      hint: `The presets are ${PresetNameSchema.options.join(", ")}.`,
    });
  }
  const optimisation = { ...overrides.optimisation, ...(epochs === null ? {} : { epochs }) };
  return { name: name.data, settings: withOverrides(PRESETS[name.data], { ...overrides, optimisation }) };
}

/** The settings with what a probe remembered for them. @throws Failure `missing` where a probed batch is asked for. */
export async function probedSettings(
  speeds: Pick<SpeedBook, "remembered">,
  baseHash: string,
  settings: TrainingSettings,
  { overrides, fastestBatch }: Pick<TrainingRequest, "overrides" | "fastestBatch">,
): Promise<TrainingSettings> {
  const speed = await speeds.remembered(baseHash, settings);
  if (fastestBatch && speed === null) {
    throw new Failure("missing", "the fastest batch for these settings was not measured on this machine", {
      hint: "`namewright train --probe` with the same preset and settings does, in a minute at most.",
    });
  }
  return withSpeed(settings, overrides, speed, fastestBatch);
}

/** The trainer's part of a run's spec. */
export function trainerSpec(
  { version, seed }: Pick<TrainingRequest, "version" | "seed">,
  preset: PresetName,
  settings: TrainingSettings,
  datasetHash: string,
): TrainingRunSpec["trainer"] {
  const datasetName = `dataset_${version}.csv`;
  return { ...settings, preset, version, datasetName, datasetHash, seed };
}

function presetsOf(workspace: Workspace): TrainingPresets {
  const chosen = PresetNameSchema.safeParse(workspace.config.preset);
  return {
    chosen: chosen.data ?? "embedded",
    presets: PresetNameSchema.options.map((name) => {
      const settings = withOverrides(PRESETS[name], {});
      const values = TRAINING_FIELDS.map(({ id }) => [id, valueAt(settings, id)]);
      return { name, title: PRESETS[name].title, values: Object.fromEntries(values) };
    }),
    fields: TRAINING_FIELDS.map(({ entry, ...field }) => ({
      ...field,
      entry: "choices" in entry ? { ...entry, choices: [...entry.choices] } : entry,
    })),
  };
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
    `there is no dataset_${version}.csv: there is ${datasets.join(", ") || "none"}`,
    {
      file,
      hint: "`namewright augment --from v1` writes the next one, `namewright dataset import FILE` brings one in.",
    },
  );
}

/** The rows to train on. @throws Failure where the dataset is missing, has errors or leaks into the test set. */
async function rowsOf(files: FileLayer, workspace: Workspace, version: string) {
  const dataset = await datasetBytes(files, workspace, version);
  const { testSet } = workspace.paths;
  const against = (await files.exists(testSet)) ? { file: testSet, bytes: await files.read(testSet) } : null;
  const { rows } = trainingRows(dataset, against);
  return { rows, hash: sha256(dataset.bytes), name: path.basename(dataset.file) };
}

/** The training run over a workspace's files, the real trainer and the real engine. */
export function createTrainingKind(
  setting: TrainingSetting,
): RunKindDefinition<TrainingRunSpec, TrainingResult> {
  const { platform, files, workspace, inference, trainer, bases, models } = setting;
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
    gate: async (base, adapterGguf, parityFile, context) => {
      const id = await sha256OfFile(adapterGguf);
      const result = await runParityGate({
        inference,
        model: { gguf: base.gguf, adapter: { id, path: adapterGguf, scale: 1 } },
        reference: await readParityReference(parityFile),
        signal: context.signal,
        onProgress: (done, total) =>
          void context.emit({ kind: "progress", done, total, unit: "sequences", etaSeconds: null }),
      });
      await files.writeAtomic(path.join(context.folder, "gate.json"), `${JSON.stringify(result, null, 2)}\n`);
      assertGate(result);
      return result;
    },
    promote: (version, runFolder) => models.promote(version, runFolder),
  });
}

/** Starts trainings: what was asked for becomes a spec in which every input stands by its hash. */
export function createTrainingService(setting: TrainingSetting, runs: RunService): TrainingService {
  const { platform, files, workspace, bases } = setting;
  const paces = createPaceBook(runs);
  const checks: DatasetChecks = new Map();
  const speeds = createSpeedBook(setting);
  const openBase = (signal: AbortSignal) => bases.open(workspace, { signal, onProgress: () => {} });
  const refuseTooLarge = async (folder: string, settings: TrainingSettings, runsFolder: string) =>
    refuseWhatCannotFit({
      files,
      baseFolder: folder,
      settings,
      device: await trainingDevice(settings.device === "auto" ? platform.setting("DEVICE") : settings.device),
      runsFolder,
    });
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
      const settings = await probedSettings(speeds, base.hash, asked, request);
      await refuseTooLarge(base.folder, settings, workspace.paths.runs);
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
      await refuseTooLarge(base.folder, settings, platform.paths.userData);
      const { template: promptTemplate } = await readPromptTemplate(files, platform.paths.resources);
      const subject = { version, preset: name, settings, base, rows, promptTemplate };
      return setting.withAccelerator(
        { runId: `the speed probe of ${version}`, signal, emit: async () => {} },
        () => speeds.probe(subject, signal),
      );
    },
    versions: async () => (await describeWorkspace(files, workspace)).datasets,
  };
}
