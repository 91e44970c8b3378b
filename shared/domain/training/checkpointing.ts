import type { Device } from "../../schema/training.ts";
import type { Architecture } from "./architecture.ts";
import { type EstimatedSettings, estimateMemory } from "./estimate.ts";

/** The memory that a training may use. */
interface Room {
  readonly device: Exclude<Device, "auto">;
  /** Bytes. */
  readonly available: number;
  /** Tokens of the longest row, if counted. */
  readonly longestRow?: number | undefined;
}

/**
 * Returns whether activations are recomputed: as set, or with `auto` only if the training doesn't fit in memory
 * otherwise.
 */
export function recomputesActivations(
  model: Architecture,
  settings: EstimatedSettings,
  { device, available, longestRow }: Room,
): boolean {
  const { gradientCheckpointing } = settings.optimisation;
  if (gradientCheckpointing !== "auto") return gradientCheckpointing;
  const optimisation = { ...settings.optimisation, gradientCheckpointing: false };
  return estimateMemory(model, { ...settings, optimisation }, device, longestRow).total > available;
}
