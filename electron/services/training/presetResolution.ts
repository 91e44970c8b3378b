import { Failure } from "../../../shared/domain/failure.ts";
import { recomputesActivations } from "../../../shared/domain/training/checkpointing.ts";
import { TRAINING_FIELDS } from "../../../shared/domain/training/fields.ts";
import {
  type DecidedSettings,
  type TrainingSettings,
  valueAt,
  withOverrides,
} from "../../../shared/domain/training/overrides.ts";
import { PRESETS } from "../../../shared/domain/training/presets.ts";
import { withSpeed } from "../../../shared/domain/training/speed.ts";
import { datasetOf } from "../../../shared/domain/workspace/seeds.ts";
import { type PresetName, PresetNameSchema } from "../../../shared/schema/training.ts";
import type { TrainingPresets } from "../../../shared/schema/trainingPlan.ts";
import type { TrainingRequest } from "../../../shared/schema/trainingRun.ts";
import type { Workspace } from "../workspace/workspace.ts";
import type { JudgedTraining } from "./fitCheck.ts";
import type { SpeedBook } from "./speedProbe.ts";

/** Returns the request's preset, or the workspace's, with the request's overrides applied. */
export function presetNamed(
  workspace: Workspace,
  { preset, epochs, overrides }: Pick<TrainingRequest, "preset" | "epochs" | "overrides">,
): { name: PresetName; settings: TrainingSettings } {
  const name = PresetNameSchema.safeParse(preset ?? workspace.config.preset);
  if (!name.success) {
    throw new Failure("bad-value", `unknown preset ${JSON.stringify(workspace.config.preset)}`, {
      hint: `The presets are ${PresetNameSchema.options.join(", ")}.`,
    });
  }
  const optimisation = { ...overrides.optimisation, ...(epochs === null ? {} : { epochs }) };
  return { name: name.data, settings: withOverrides(PRESETS[name.data], { ...overrides, optimisation }) };
}

/** Applies a remembered probe to the settings. @throws Failure `missing` when the fastest batch isn't known. */
export async function probedSettings(
  speeds: Pick<SpeedBook, "remembered">,
  baseHash: string,
  settings: TrainingSettings,
  { overrides, fastestBatch }: Pick<TrainingRequest, "overrides" | "fastestBatch">,
): Promise<TrainingSettings> {
  const speed = await speeds.remembered(baseHash, settings);
  if (fastestBatch && speed === null) {
    throw new Failure(
      "missing",
      "the fastest batch for these settings hasn't been measured on this machine",
      {
        hint: "Measure it with `namewright train --probe` and the same preset and settings, in at most a minute.",
      },
    );
  }
  return withSpeed(settings, overrides, speed, fastestBatch);
}

/** Decides whether activations are recomputed, where the settings leave it to the plan. */
export function withCheckpointingDecided(
  settings: TrainingSettings,
  { model, device, rows }: Pick<JudgedTraining, "model" | "device" | "rows">,
): DecidedSettings {
  const room = { device: device.device, available: device.available, rows };
  const gradientCheckpointing = recomputesActivations(model, settings, room);
  return { ...settings, optimisation: { ...settings.optimisation, gradientCheckpointing } };
}

/** Returns the trainer's part of a run's spec. */
export function trainerSpec<Settings extends TrainingSettings>(
  { version, seed }: Pick<TrainingRequest, "version" | "seed">,
  preset: PresetName,
  settings: Settings,
  datasetHash: string,
) {
  const datasetName = `dataset_${datasetOf(version)}.csv`;
  return { ...settings, preset, version, datasetName, datasetHash, seed };
}

/** Returns every preset with the value of each field, and the one the workspace uses. */
export function presetsOf(workspace: Workspace): TrainingPresets {
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
