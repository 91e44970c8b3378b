import path from "node:path";
import { Failure } from "../../../shared/domain/failure.ts";
import { formatBytes } from "../../../shared/domain/format/bytes.ts";
import { sentence } from "../../../shared/domain/format/sentence.ts";
import { aroundByDefault } from "../../../shared/domain/lint/tokenBound.ts";
import { promptFor } from "../../../shared/domain/prompt/template.ts";
import { extrapolateStep } from "../../../shared/domain/rehearsal/extrapolate.ts";
import { judgeFit } from "../../../shared/domain/training/fit.ts";
import { mistral7b } from "../../../shared/domain/training/mistral7b.ts";
import type { DecidedSettings } from "../../../shared/domain/training/overrides.ts";
import { stepsPerEpoch } from "../../../shared/domain/training/pace.ts";
import {
  type RehearsalResult,
  RehearsalResultSchema,
  type RehearsalSpec,
  RehearsalSpecSchema,
} from "../../../shared/schema/rehearsal.ts";
import type { TrainRow } from "../../../shared/schema/training.ts";
import type { WithAccelerator } from "../accelerator/withAccelerator.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { temporaryBeside } from "../files/temporaryFile.ts";
import type { InferenceService } from "../inference/inferenceService.ts";
import { identityTag } from "../processes/processIdentity.mjs";
import type { RunContext, RunKindDefinition } from "../run/runKind.ts";
import { assertUnchanged } from "../run/unchangedInputs.ts";
import type { Trainer } from "../trainer/trainer.ts";
import { hostShortage } from "../training/fitCheck.ts";
import { longestRow } from "../training/longestRow.ts";
import { withCheckpointingDecided } from "../training/presetResolution.ts";
import { warnOfUnused } from "../training/trainingAccelerator.ts";
import { deviceEnvironment, deviceName, type TrainingDevice } from "../training/trainingDevice.ts";
import { type MeasuredDepths, measureDepths } from "./measureDepths.ts";

/** Disk space in bytes for a base with two layers, its tokenizer and the rows. */
const diskBytes = 1.8e9;

/** What a rehearsal needs from other services. */
export interface RehearsalKindDependencies {
  readonly files: FileLayer;
  readonly trainer: Trainer;
  readonly withAccelerator: WithAccelerator;
  readonly inference: Pick<InferenceService, "lendAccelerator">;
  prompt(name: string): Promise<{ template: string; hash: string }>;
  /** Reads the rows to train on. @throws Failure when the dataset has errors or leaks. */
  rows(version: string): Promise<{ rows: TrainRow[]; hash: string }>;
  /** Returns the device, with the memory that is free once our inference process ends. */
  device(settings: RehearsalSpec["settings"]): Promise<TrainingDevice>;
  /** Returns the free disk space of a folder in bytes. */
  freeBytes(folder: string): Promise<number>;
}

/** Creates the rehearsal kind: writes two random layers, measures steps on them and extrapolates to Mistral 7B. */
export function rehearsalKind(
  dependencies: RehearsalKindDependencies,
): RunKindDefinition<RehearsalSpec, RehearsalResult> {
  return {
    kind: "rehearsal",
    spec: RehearsalSpecSchema,
    result: RehearsalResultSchema,
    title: ({ version, preset }) => `rehearse ${version} (${preset})`,
    async body(spec, context) {
      await context.emit({ kind: "stage", stage: "lint" });
      const { rows, hash } = await dependencies.rows(spec.version);
      const prompt = await dependencies.prompt(spec.prompt);
      const now = { dataset: hash, prompt: prompt.hash };
      assertUnchanged("rehearsal", spec.inputs, now, "Start a new rehearsal.");
      await refuseFullDisk(await dependencies.freeBytes(context.folder), context.folder);
      return dependencies.withAccelerator(context, () =>
        rehearse(dependencies, spec, { rows, promptTemplate: prompt.template, context }),
      );
    },
  };
}

function refuseFullDisk(free: number, folder: string): void {
  if (free >= diskBytes) return;
  throw new Failure(
    "missing",
    `a rehearsal needs ${formatBytes(diskBytes)} for a few minutes, but the disk has only ${formatBytes(free)} free`,
    {
      file: folder,
      hint: "Free some disk space. Checkpoints of old runs (runs/*/checkpoints) take the most.",
    },
  );
}

async function rehearse(
  { files, trainer, inference, device: deviceOf }: RehearsalKindDependencies,
  spec: RehearsalSpec,
  {
    rows,
    promptTemplate,
    context,
  }: { rows: readonly TrainRow[]; promptTemplate: string; context: RunContext },
): Promise<RehearsalResult> {
  const device = await deviceOf(spec.settings);
  await warnOf(spec, device, context);
  const sizes = { longest: await boundedRow(rows, promptTemplate) };
  const settings = withCheckpointingDecided(spec.settings, { model: mistral7b, device, rows: sizes });
  // Recovery removes it by its name after a kill.
  const scratch = temporaryBeside(
    path.join(context.folder, "rehearsal"),
    identityTag(await files.identity()),
  );
  const environment = deviceEnvironment(device);
  try {
    const measurement = { files, trainer, context, scratch, settings, rows, promptTemplate, environment };
    const depths = await inference.lendAccelerator(() => measureDepths(measurement));
    return resultOf(spec, context.runId, { settings, rows, device, depths });
  } finally {
    await files.remove(scratch);
  }
}

/** Returns an upper bound of the longest row in tokens, as the start of a training decides with. */
function boundedRow(rows: readonly TrainRow[], promptTemplate: string): Promise<number | undefined> {
  const texts = rows.map(({ description, suggestions }) => ({
    prompt: promptFor(promptTemplate, description),
    suggestions,
  }));
  return longestRow(texts, async () => null, aroundByDefault);
}

async function warnOf(
  { settings }: RehearsalSpec,
  device: TrainingDevice,
  context: RunContext,
): Promise<void> {
  const warn = (code: string, message: string) => context.emit({ kind: "warning", code, message });
  await warnOfUnused(device, warn);
  const host = hostShortage({ model: mistral7b, settings, device, rows: {} });
  if (host !== null) await warn("memory", `${sentence(host.message)} ${host.hint ?? ""}`.trim());
}

function resultOf(
  { version, preset }: RehearsalSpec,
  runId: string,
  measured: {
    settings: DecidedSettings;
    rows: readonly TrainRow[];
    device: TrainingDevice;
    depths: MeasuredDepths;
  },
): RehearsalResult {
  const { settings, rows, device, depths } = measured;
  const { shallow, deep, longestRow: longest } = depths;
  const trained = rows.filter(({ side }) => side === "train").length;
  const sizes = { longest, validation: rows.length - trained };
  const fit = judgeFit(mistral7b, settings, device.device, device.available, sizes);
  const { batchSize, gradientAccumulation, epochs } = settings.optimisation;
  const perEpoch = stepsPerEpoch(trained, batchSize, gradientAccumulation);
  const pace = extrapolateStep(shallow, deep, mistral7b.layers);
  return {
    runId,
    version,
    preset,
    status: "succeeded",
    device: { device: device.device, words: deviceName(device) },
    memory: {
      fits: fit.kind === "fits",
      needed: fit.needed,
      available: fit.available,
      remedy:
        fit.kind === "fits" || fit.remedy === null
          ? null
          : { ...fit.remedy, changes: [...fit.remedy.changes] },
    },
    longestRow: longest,
    measured: deep === null ? [shallow] : [shallow, deep],
    pace,
    steps: { perEpoch, most: perEpoch * epochs, epochs },
    seconds: pace.kind === "unclear" ? null : pace.seconds * perEpoch * epochs,
  };
}
