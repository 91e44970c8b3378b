import type { Device } from "../../schema/training.ts";
import type { Architecture } from "./architecture.ts";
import { type EstimatedSettings, estimateMemory, type RowSizes } from "./estimate.ts";

/** The memory that a training may use. */
interface Room {
  readonly device: Exclude<Device, "auto">;
  /** Bytes. */
  readonly available: number;
  readonly rows: RowSizes;
}

/**
 * Returns whether activations are recomputed: as set, or with `auto` only if the training doesn't fit in memory
 * otherwise.
 */
export function recomputesActivations(
  model: Architecture,
  settings: EstimatedSettings,
  { device, available, rows }: Room,
): boolean {
  const { gradientCheckpointing } = settings.optimisation;
  if (gradientCheckpointing !== "auto") return gradientCheckpointing;
  const optimisation = { ...settings.optimisation, gradientCheckpointing: false };
  return estimateMemory(model, { ...settings, optimisation }, device, rows).total > available;
}
