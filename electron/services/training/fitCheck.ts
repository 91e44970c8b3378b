import { execFile } from "node:child_process";
import { statfs } from "node:fs/promises";
import { freemem } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { Failure } from "../../../shared/domain/failure.ts";
import { formatBytes } from "../../../shared/domain/format/bytes.ts";
import { architectureOf } from "../../../shared/domain/training/architecture.ts";
import { type EstimatedSettings, estimateDisk } from "../../../shared/domain/training/estimate.ts";
import { judgeFit, refuseUnlessItFits } from "../../../shared/domain/training/fit.ts";
import type { FileLayer } from "../files/fileLayer.ts";

const execFileAsync = promisify(execFile);
const mebibyte = 1024 * 1024;

/** The device for a training, and its free memory in bytes. */
export interface TrainingDevice {
  readonly device: "cpu" | "cuda" | "mps";
  readonly available: number;
}

/** Returns the free memory of the first NVIDIA GPU in bytes; null without one. */
async function freeGpuMemory(): Promise<number | null> {
  try {
    const words = ["--query-gpu=memory.free", "--format=csv,noheader,nounits"];
    const { stdout } = await execFileAsync("nvidia-smi", words, { timeout: 5000 });
    const free = Number(stdout.split("\n")[0]);
    return Number.isFinite(free) && free > 0 ? free * mebibyte : null;
  } catch {
    return null;
  }
}

/** Finds the device without torch, whose import takes seconds. The trainer makes the final choice. */
export async function trainingDevice(asked: string | undefined): Promise<TrainingDevice> {
  const free = asked === "cpu" || asked === "mps" ? null : await freeGpuMemory();
  if (free !== null) return { device: "cuda", available: free };
  const metal = asked !== "cpu" && process.platform === "darwin" && process.arch === "arm64";
  return { device: metal ? "mps" : "cpu", available: freemem() };
}

/** @throws Failure `missing` when memory or disk space is too small, with settings that would fit. */
export async function refuseWhatCannotFit(options: {
  files: FileLayer;
  baseFolder: string;
  settings: EstimatedSettings;
  device: TrainingDevice;
  runsFolder: string;
}): Promise<void> {
  const { files, baseFolder, settings, device, runsFolder } = options;
  const config: unknown = JSON.parse(await files.readText(path.join(baseFolder, "config.json")));
  const model = architectureOf(config);
  refuseUnlessItFits(judgeFit(model, settings, device.device, device.available), device.device);
  await files.makeFolder(runsFolder);
  const { bavail, bsize } = await statfs(runsFolder);
  const needed = estimateDisk(model, settings).total;
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
