import { expect, it } from "vitest";
import { mistral7b } from "../../../shared/domain/training/mistral7b.ts";
import { withOverrides } from "../../../shared/domain/training/overrides.ts";
import { PRESETS } from "../../../shared/domain/training/presets.ts";
import { withCheckpointingDecided } from "./presetResolution.ts";
import type { TrainingDevice } from "./trainingDevice.ts";

it("recomputes activations only if memory requires it", () => {
  const settings = withOverrides(PRESETS["mistral-7b"], {});
  const decide = (available: number, longest?: number) => {
    const device: TrainingDevice = {
      device: "cuda",
      available,
      total: available,
      isHard: true,
      host: 64e9,
      gpu: null,
      unused: null,
    };
    return withCheckpointingDecided(settings, { model: mistral7b, device, rows: { longest } });
  };
  expect(decide(24e9).optimisation.gradientCheckpointing).toBe(true);
  expect(decide(24e9, 90).optimisation.gradientCheckpointing).toBe(false);
  const { gradientCheckpointing, ...others } = decide(80e9).optimisation;
  expect(gradientCheckpointing).toBe(false);
  expect(settings.optimisation).toEqual({ ...others, gradientCheckpointing: "auto" });
});
