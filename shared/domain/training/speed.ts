import type { TrainingOverrides } from "../../schema/training.ts";
import type { SpeedSetting, TrainingSpeed } from "../../schema/trainingSpeed.ts";
import type { TrainingSettings } from "./overrides.ts";

/** What decides how fast a training is, apart from machine, base and packages: a probe holds for these alone. */
export function speedKey({ lora, optimisation, precision, device }: TrainingSettings): unknown {
  const { batchSize, gradientAccumulation, maxLength, gradientCheckpointing } = optimisation;
  const { r, dropout, targetModules, dora } = lora;
  return {
    // Named only where it is on, so that earlier probes stay valid.
    lora: { r, dropout, targetModules, ...(dora ? { dora } : {}) },
    batch: [batchSize, gradientAccumulation],
    maxLength,
    gradientCheckpointing,
    precision,
    device,
  };
}

/**
 * The settings with what a probe chose: threads and workers, which change nothing but the time, unless the person set
 * them. `fastestBatch`: batch and accumulation too, of the same product; sums in another order differ in the last bits.
 */
export function withSpeed(
  settings: TrainingSettings,
  overrides: Pick<TrainingOverrides, "threads" | "workers">,
  speed: Pick<TrainingSpeed, "sameBatch" | "fastest"> | null,
  fastestBatch: boolean,
): TrainingSettings {
  const chosen = (fastestBatch ? speed?.fastest : speed?.sameBatch) ?? null;
  if (chosen === null) return settings;
  const { batchSize, gradientAccumulation } = chosen;
  return {
    ...settings,
    optimisation: { ...settings.optimisation, batchSize, gradientAccumulation },
    threads: overrides.threads === undefined ? chosen.threads : settings.threads,
    workers: overrides.workers === undefined ? chosen.workers : settings.workers,
  };
}

/** How many times as fast as the first setting another one was measured to be; null where either was not. */
export function timesFaster(
  { first, measured }: Pick<TrainingSpeed, "first" | "measured">,
  setting: SpeedSetting | null,
): number | null {
  const speedOf = (asked: SpeedSetting | null): number | null =>
    measured.find(
      (one) =>
        one.threads === asked?.threads &&
        one.workers === asked.workers &&
        one.batchSize === asked.batchSize &&
        one.gradientAccumulation === asked.gradientAccumulation,
    )?.tokensPerSecond ?? null;
  const [before, after] = [speedOf(first), speedOf(setting)];
  return before === null || after === null ? null : after / before;
}
