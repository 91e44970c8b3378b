import { setTimeout as sleep } from "node:timers/promises";
import { Failure } from "../../../shared/domain/failure.ts";
import { sentence } from "../../../shared/domain/format/sentence.ts";
import type { Architecture } from "../../../shared/domain/training/architecture.ts";
import type { RowSizes } from "../../../shared/domain/training/estimate.ts";
import type { TrainingSettings } from "../../../shared/domain/training/overrides.ts";
import { currentEnvironment } from "../environment/folders.mjs";
import { requirementsFile } from "../environment/pythonOf.ts";
import { installedTorch } from "../environment/torchBuild.ts";
import type { InferenceService } from "../inference/inferenceService.ts";
import type { Platform } from "../platform.ts";
import { hostShortage, memoryShortage } from "./fitCheck.ts";
import { type TrainingDevice, trainingDevice } from "./trainingDevice.ts";

export interface DeviceDependencies {
  readonly platform: Pick<Platform, "paths" | "setting">;
  readonly inference: Pick<InferenceService, "pids" | "lendAccelerator">;
}

/** Returns the device for a training now, with the memory that is free once our own inference process ends. */
export function deviceNow(
  { platform, inference }: DeviceDependencies,
  { device }: Pick<TrainingSettings, "device">,
): Promise<TrainingDevice> {
  const { paths } = platform;
  const environment = currentEnvironment(paths.userData, requirementsFile(paths));
  return trainingDevice({
    asked: device === "auto" ? platform.setting("DEVICE") : device,
    visible: process.env.CUDA_VISIBLE_DEVICES,
    ownProcesses: inference.pids(),
    torch: environment === null ? null : installedTorch(environment.folder),
  });
}

/** How often and how long, in milliseconds, to wait for the memory of a process that was just ended. */
const waits = 10;
const waitMs = 500;

export interface AcceleratedTraining {
  readonly model: Architecture;
  readonly settings: TrainingSettings;
  readonly rows: RowSizes;
  /** Whether to train although the free memory of a GPU doesn't suffice. */
  readonly anyway: boolean;
  warn(code: string, message: string): Promise<void>;
  /** Measures the device. Injected by tests. */
  measure(): Promise<TrainingDevice>;
  readonly wait?: (ms: number) => Promise<unknown>;
}

/**
 * Runs a training on its device when our inference process has given its memory back. The caller holds the lease of the
 * accelerator, so what is free now stays free for the training.
 * @throws Failure `missing` when a GPU has too little memory, unless `anyway`. Elsewhere a shortage is a warning.
 */
export async function onAccelerator<T>(
  inference: DeviceDependencies["inference"],
  training: AcceleratedTraining,
  body: (device: TrainingDevice) => Promise<T>,
): Promise<T> {
  const isFreeing = inference.pids().length > 0;
  return inference.lendAccelerator(async () => {
    const device = await judgedDevice(training, isFreeing ? waits : 0);
    return body(device);
  });
}

async function judgedDevice(training: AcceleratedTraining, retries: number): Promise<TrainingDevice> {
  const { measure, wait = sleep, warn } = training;
  let device = await measure();
  let shortage = memoryShortage({ ...training, device });
  for (let retry = 0; shortage !== null && retry < retries; retry += 1) {
    await wait(waitMs);
    device = await measure();
    shortage = memoryShortage({ ...training, device });
  }
  await warnOfUnused(device, warn);
  if (shortage !== null && device.isHard && !training.anyway) {
    throw new Failure(shortage.code, shortage.message, {
      hint: `${shortage.hint ?? ""} Or use \`train --anyway\` to try it with these settings.`.trim(),
    });
  }
  const host = hostShortage({ ...training, device });
  for (const { message, hint } of [shortage, host].filter((failure) => failure !== null))
    await warn("memory", `${sentence(message)} ${hint ?? ""}`.trim());
  return device;
}

/** Warns of a GPU that this torch can't use. */
export async function warnOfUnused(
  { unused }: Pick<TrainingDevice, "unused">,
  warn: AcceleratedTraining["warn"],
): Promise<void> {
  if (unused === null) return;
  const { name, reason, hint } = unused;
  await warn("gpu-unused", `${name} isn't used because ${reason}. ${hint}`);
}
