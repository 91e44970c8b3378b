import type { Device, Precision } from "../../schema/training.ts";
import { Failure } from "../failure.ts";
import { formatBytes } from "../format/bytes.ts";
import type { Architecture } from "./architecture.ts";
import { type EstimatedSettings, estimateMemory, type RowSizes, validationBatch } from "./estimate.ts";

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
  rows: RowSizes = {},
): Fit {
  const need = (tried: EstimatedSettings) => estimateMemory(model, tried, device, rows).total;
  const needed = need(settings);
  if (needed <= available) return { kind: "fits", needed, available };
  const chosen = sufficientChanges((changes) => need(changed(settings, changes, device, rows)), available);
  const remedy =
    chosen === null
      ? null
      : {
          changes: chosen.flatMap(
            (change, at) =>
              change(changed(settings, chosen.slice(0, at), device, rows), device, rows)?.words ?? [],
          ),
          needed: need(changed(settings, chosen, device, rows)),
        };
  return { kind: "too-large", needed, available, remedy };
}

function changed(
  settings: EstimatedSettings,
  changes: readonly ChangeOf[],
  device: Place,
  rows: RowSizes,
): EstimatedSettings {
  return changes.reduce((tried, change) => change(tried, device, rows)?.settings ?? tried, settings);
}

/** Returns changes after which `need`, in bytes, is at most `available`, without those that later ones make unneeded. */
function sufficientChanges(
  need: (changes: readonly ChangeOf[]) => number,
  available: number,
): readonly ChangeOf[] | null {
  let chosen: readonly ChangeOf[] = [];
  for (const change of CHANGES) {
    if (need(chosen) <= available) break;
    if (need([...chosen, change]) < need(chosen)) chosen = [...chosen, change];
  }
  if (need(chosen) > available) return null;
  return chosen.reduce((kept, change) => {
    const others = kept.filter((other) => other !== change);
    return need(others) <= available ? others : kept;
  }, chosen);
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

type ChangeOf = (settings: EstimatedSettings, device: Place, rows: RowSizes) => Change | null;

/** Validation rows at once that hardly need memory. */
const fewValidationRows = 4;

/**
 * Changes in the order in which to try them: those first that leave the result as it is. Training and validation take
 * turns with the same memory, so fewer validation rows may help only once the training batches are small.
 */
const CHANGES: readonly ChangeOf[] = [
  fewerValidationRows,
  smallerBatches,
  fewerValidationRows,
  checkpointing,
  halfPrecision,
  fourBit,
  shorterRows,
  lowerRank,
];

function fewerValidationRows(
  settings: EstimatedSettings,
  device: Place,
  { longest = settings.optimisation.maxLength }: RowSizes,
): Change | null {
  if (validationBatch(settings, device, longest) <= fewValidationRows) return null;
  const evaluation = { ...settings.evaluation, batchSize: fewValidationRows };
  return { words: `evaluation.batchSize ${fewValidationRows}`, settings: { ...settings, evaluation } };
}

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
  return {
    words: "precision int4 (requires bitsandbytes, which `npm run setup` installs for NVIDIA GPUs)",
    settings: { ...settings, precision: "int4" },
  };
}

/** Rows are never cut: the length goes down to the longest row at most. */
function shorterRows(settings: EstimatedSettings, _device: Place, { longest }: RowSizes): Change | null {
  if (longest !== undefined || settings.optimisation.maxLength <= 512) return null;
  const optimisation = { ...settings.optimisation, maxLength: 512 };
  return { words: "maxLength 512 (if no row is longer)", settings: { ...settings, optimisation } };
}

function lowerRank(settings: EstimatedSettings): Change | null {
  if (settings.lora.r <= 8) return null;
  const lora = { ...settings.lora, r: 8, alpha: (8 * settings.lora.alpha) / settings.lora.r };
  return { words: `lora.r 8 and lora.alpha ${lora.alpha}`, settings: { ...settings, lora } };
}
