// What the product promises about memory before a stage runs.
import { architectureOf } from "../../shared/domain/training/architecture.ts";
import { estimateMemory } from "../../shared/domain/training/estimate.ts";
import { overridesFrom, withOverrides } from "../../shared/domain/training/overrides.ts";
import { PRESETS } from "../../shared/domain/training/presets.ts";

/** `namewright_trainer convert-base --help`: it uses at most 2 GB of memory, whatever the model's size. */
export const conversionPromise = { bytes: 2e9, kind: "at most", of: "resident" };

/** The plan of a training: memory in bytes, and what prevents it; null if nothing does. */
export function readPlan({ plans: [plan] }) {
  const { memory, device, findings } = plan;
  const preventing = findings.find(({ severity }) => severity === "error");
  return {
    needed: memory.needed,
    available: memory.available,
    device: device.device,
    problem: preventing ?? null,
  };
}

/**
 * Returns the same by the plan's own estimate, for a Namewright without `train --plan`.
 * @param {object} config  the base's config.json
 * @param {{preset: string, words: readonly string[], device: string, available: number}} training  `words` as for `--set`
 */
export function estimatePlan(config, { preset, words, device, available }) {
  const settings = withOverrides(PRESETS[preset], overridesFrom(words));
  const { total } = estimateMemory(architectureOf(config), settings, device);
  return { needed: total, available, device, problem: null };
}
