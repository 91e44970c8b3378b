import { statfs } from "node:fs/promises";
import path from "node:path";
import { Failure } from "../../../shared/domain/failure.ts";
import { formatBytes } from "../../../shared/domain/format/bytes.ts";
import { type Architecture, architectureOf } from "../../../shared/domain/training/architecture.ts";
import {
  type EstimatedSettings,
  estimateDisk,
  estimateHostMemory,
  type RowSizes,
} from "../../../shared/domain/training/estimate.ts";
import { judgeFit, tooLarge, unsupportedPrecision } from "../../../shared/domain/training/fit.ts";
import { knownArchitecture } from "../../../shared/domain/training/mistral7b.ts";
import type { GgufPrecision } from "../../../shared/schema/workspace.ts";
import type { BaseModels } from "../base/baseModel.ts";
import { checkFolder, refuseUnusable } from "../base/checkFolder.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import type { Workspace } from "../workspace/workspace.ts";
import type { TrainingDevice } from "./trainingDevice.ts";

/** A training whose memory is judged. */
export interface JudgedTraining {
  readonly model: Architecture;
  readonly settings: EstimatedSettings;
  readonly device: TrainingDevice;
  readonly rows: RowSizes;
}

/**
 * Returns the sizes of the workspace's base, which its configuration has before anything is converted, and which are
 * known for Mistral 7B before it is downloaded. Null when they aren't known yet.
 * @throws Failure `bad-value` for a folder that can't be trained on
 */
export async function baseArchitecture({
  files,
  bases,
  workspace,
}: {
  files: FileLayer;
  bases: Pick<BaseModels, "locate">;
  workspace: Workspace;
}): Promise<Architecture | null> {
  const folder = await bases.locate(workspace.folder, workspace.config.base);
  if (folder === null) return knownArchitecture(workspace.config.base);
  refuseUnusable(
    await checkFolder(files, folder),
    "Download the base model again, or choose another one with `namewright base use`.",
  );
  return architectureOf(JSON.parse(await files.readText(path.join(folder, "config.json"))));
}

/** Returns why the memory that is free now doesn't suffice, with settings that would fit; null if it does. */
export function memoryShortage({ model, settings, device, rows }: JudgedTraining): Failure | null {
  return tooLarge(judgeFit(model, settings, device.device, device.available, rows), device.device);
}

/** Returns why the host's memory doesn't suffice beside a GPU's; null if it does. */
export function hostShortage({ model, settings, device }: JudgedTraining): Failure | null {
  const needed = estimateHostMemory(model, settings, device.device);
  if (needed === null || needed <= device.host) return null;
  return new Failure(
    "missing",
    `loading the base needs about ${formatBytes(needed)} of host memory, but only ${formatBytes(device.host)} is available`,
    { hint: "Close other programs. The system may end the training while it loads." },
  );
}

/**
 * Refuses what no waiting helps, before the base is downloaded, converted or hashed.
 * @throws Failure `bad-value` for a precision that the device can't train in, `missing` when even an idle device is too
 * small. `anyway` skips the second.
 */
export function refuseImpossible(training: JudgedTraining, { anyway }: { anyway: boolean }): void {
  const { settings, device } = training;
  const unsupported = unsupportedPrecision(settings.precision, device.device);
  if (unsupported !== null) throw unsupported;
  if (anyway || !device.isHard || device.total === null) return;
  const shortage = memoryShortage({ ...training, device: { ...device, available: device.total } });
  if (shortage !== null) throw shortage;
}

/** Returns why a version trained with DoRA couldn't be merged into the workspace's base; null if it can. */
export function unmergeable(
  { lora }: Pick<EstimatedSettings, "lora">,
  { config }: Pick<Workspace, "config">,
): Failure | null {
  if (!lora.dora || config.baseGguf === null) return null;
  return new Failure(
    "bad-value",
    "lora.dora requires a base GGUF that Namewright converted, because it runs merged into the base's weights, but `baseGguf` names another file",
    { hint: "Set `baseGguf` to null in namewright.json, or lora.dora to false." },
  );
}

/** @throws Failure `missing` when the disk is too small for a run's files */
export async function refuseFullDisk(
  files: FileLayer,
  { model, settings }: Pick<JudgedTraining, "model" | "settings">,
  { runsFolder, precision }: { runsFolder: string; precision: GgufPrecision },
): Promise<void> {
  await files.makeFolder(runsFolder);
  const { bavail, bsize } = await statfs(runsFolder);
  const needed = estimateDisk(model, settings, precision).total;
  if (needed <= bavail * bsize) return;
  throw new Failure(
    "missing",
    `this training writes about ${formatBytes(needed)}, but the disk has only ${formatBytes(bavail * bsize)} free`,
    {
      file: runsFolder,
      hint: "Free some disk space. Checkpoints of old runs (runs/*/checkpoints) take the most.",
    },
  );
}
