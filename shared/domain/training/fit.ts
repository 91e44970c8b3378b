import type { Device, Precision } from "../../schema/training.ts";
import { Failure } from "../failure.ts";
import { formatBytes } from "../format/bytes.ts";
import type { Architecture } from "./architecture.ts";
import { type EstimatedSettings, estimateMemory } from "./estimate.ts";

/** One change of settings, in words and applied. */
interface Change {
  readonly words: string;
  readonly settings: EstimatedSettings;
}

/** What was found: the bytes needed, and where they are too many, the changes by which they are not. */
export type Fit =
  | { readonly kind: "fits"; readonly needed: number; readonly available: number }
  | {
      readonly kind: "too-large";
      readonly needed: number;
      readonly available: number;
      /** Changes to make together, least harmful first, and what is then needed; null: nothing we know suffices. */
      readonly remedy: { readonly changes: readonly string[]; readonly needed: number } | null;
    };

type Place = Exclude<Device, "auto">;

/** Whether a training fits into `available` bytes of its device's memory, and if not, what would make it fit. */
export function judgeFit(
  model: Architecture,
  settings: EstimatedSettings,
  device: Place,
  available: number,
  longestRow?: number,
): Fit {
  const need = (tried: EstimatedSettings) => estimateMemory(model, tried, device, longestRow).total;
  const needed = need(settings);
  if (needed <= available) return { kind: "fits", needed, available };
  const changes: string[] = [];
  let tried = settings;
  for (const change of CHANGES) {
    const changed = change(tried, device, longestRow);
    if (changed === null || need(changed.settings) >= need(tried)) continue;
    tried = changed.settings;
    changes.push(changed.words);
    if (need(tried) <= available) {
      return { kind: "too-large", needed, available, remedy: { changes, needed: need(tried) } };
    }
  }
  return { kind: "too-large", needed, available, remedy: null };
}

/** Throws `Failure` `missing`, naming settings that would fit, when the training doesn't fit in memory. */
export function refuseUnlessItFits(fit: Fit, device: Place): void {
  const failure = tooLarge(fit, device);
  if (failure !== null) throw failure;
}

/** Returns the failure for a training that doesn't fit in memory; null if it fits. */
export function tooLarge(fit: Fit, device: Place): Failure | null {
  if (fit.kind === "fits") return null;
  const hint =
    fit.remedy === null
      ? "Use a smaller base model or a device with more memory."
      : `This training fits in ${formatBytes(fit.remedy.needed)} with ${fit.remedy.changes.join(", ")}.`;
  const where = device === "cpu" ? "memory" : "accelerator memory";
  return new Failure(
    "missing",
    `this training needs about ${formatBytes(fit.needed)}, but only ${formatBytes(fit.available)} of ${where} is free`,
    { hint },
  );
}

/** Returns the failure for a precision that a device can't train in; null if it can. As in the trainer's `device.py`. */
export function unsupportedPrecision(precision: Precision, device: Place): Failure | null {
  if (device === "cuda" || precision === "float32" || precision === "bfloat16") return null;
  const what = precision === "int4" ? "4-bit training" : "float16 training";
  return new Failure(
    "bad-value",
    `${what} requires an NVIDIA GPU, but the device is ${deviceNames[device]}`,
    {
      hint: "Use precision bfloat16, or float32 if the memory suffices.",
    },
  );
}

const deviceNames = { cpu: "the CPU", mps: "an Apple GPU", cuda: "an NVIDIA GPU" } as const;

type ChangeOf = (settings: EstimatedSettings, device: Place, longestRow?: number) => Change | null;

/** Changes in the order in which to try them: those first that leave the result as it is. */
const CHANGES: readonly ChangeOf[] = [
  smallerBatches,
  checkpointing,
  halfPrecision,
  fourBit,
  shorterRows,
  lowerRank,
];

function smallerBatches(settings: EstimatedSettings): Change | null {
  const { batchSize, gradientAccumulation } = settings.optimisation;
  if (batchSize === 1) return null;
  const optimisation = {
    ...settings.optimisation,
    batchSize: 1,
    gradientAccumulation: batchSize * gradientAccumulation,
  };
  const words = `batchSize 1 and gradientAccumulation ${optimisation.gradientAccumulation}`;
  return { words, settings: { ...settings, optimisation } };
}

function checkpointing(settings: EstimatedSettings): Change | null {
  if (settings.optimisation.gradientCheckpointing) return null;
  const optimisation = { ...settings.optimisation, gradientCheckpointing: true };
  return { words: "gradientCheckpointing", settings: { ...settings, optimisation } };
}

function halfPrecision(settings: EstimatedSettings, device: Place): Change | null {
  if (settings.precision !== "float32") return null;
  // Without these instructions, torch multiplies bfloat16 more than a hundred times slower than float32.
  const caution = device === "cpu" ? " (only fast on a CPU with AVX-512 or AMX)" : "";
  return { words: `precision bfloat16${caution}`, settings: { ...settings, precision: "bfloat16" } };
}

function fourBit(settings: EstimatedSettings, device: Place): Change | null {
  if (device !== "cuda" || settings.precision === "int4") return null;
  return { words: "precision int4", settings: { ...settings, precision: "int4" } };
}

/** Rows are never cut: the length goes down to the longest row at most. */
function shorterRows(settings: EstimatedSettings, _device: Place, longestRow?: number): Change | null {
  if (longestRow !== undefined || settings.optimisation.maxLength <= 512) return null;
  const optimisation = { ...settings.optimisation, maxLength: 512 };
  return { words: "maxLength 512 (if no row is longer)", settings: { ...settings, optimisation } };
}

function lowerRank(settings: EstimatedSettings): Change | null {
  if (settings.lora.r <= 8) return null;
  const lora = { ...settings.lora, r: 8, alpha: (8 * settings.lora.alpha) / settings.lora.r };
  return { words: `lora.r 8 and lora.alpha ${lora.alpha}`, settings: { ...settings, lora } };
}
