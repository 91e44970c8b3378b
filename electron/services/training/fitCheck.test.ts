import { expect, it } from "vitest";
import { mistral7b } from "../../../shared/domain/training/mistral7b.ts";
import { PRESETS } from "../../../shared/domain/training/presets.ts";
import { WorkspaceConfigSchema } from "../../../shared/schema/workspace.ts";
import {
  hostShortage,
  type JudgedTraining,
  memoryShortage,
  refuseImpossible,
  unmergeable,
} from "./fitCheck.ts";
import type { TrainingDevice } from "./trainingDevice.ts";

const gibibyte = 1024 ** 3;

/** The study's training on a GPU with this much free memory, of 48 GiB. */
function training(free: number, device: Partial<TrainingDevice> = {}): JudgedTraining {
  return {
    model: mistral7b,
    settings: PRESETS["mistral-7b-study"],
    rows: {},
    device: {
      device: "cuda",
      available: free * gibibyte,
      total: 48 * gibibyte,
      isHard: true,
      host: 64 * gibibyte,
      gpu: null,
      unused: null,
      ...device,
    },
  };
}

it("finds that the study's 7B training fits in 48 GiB and not in 12 GiB, naming settings that fit", () => {
  expect(memoryShortage(training(48))).toBeNull();
  expect(memoryShortage(training(12))).toMatchObject({
    code: "missing",
    hint: expect.stringMatching(/This training fits/),
  });
});

it("reports when no settings fit", () => {
  expect(memoryShortage(training(1))).toMatchObject({ hint: expect.stringMatching(/smaller base/) });
});

it("doesn't refuse a GPU that is busy, but one that is too small even when idle", () => {
  expect(() => refuseImpossible(training(1), { anyway: false })).not.toThrow();
  const small = training(1, { total: 12 * gibibyte });
  expect(() => refuseImpossible(small, { anyway: false })).toThrow(/only 12.9 GB of accelerator memory/);
  expect(() => refuseImpossible(small, { anyway: true })).not.toThrow();
});

it("never refuses memory that is only estimated", () => {
  const cpu = training(1, { device: "cpu", isHard: false, total: null });
  expect(() => refuseImpossible(cpu, { anyway: false })).not.toThrow();
  expect(memoryShortage(cpu)).not.toBeNull();
});

it("refuses a precision that the device can't train in, also with --anyway", () => {
  const cpu = training(64, { device: "cpu", isHard: false, total: null });
  const int4 = { ...cpu, settings: { ...cpu.settings, precision: "int4" as const } };
  expect(() => refuseImpossible(int4, { anyway: true })).toThrow(/4-bit training requires an NVIDIA GPU/);
});

it("refuses DoRA on a GGUF that the user named", () => {
  const config = WorkspaceConfigSchema.parse({ schemaVersion: 1, name: "shop" });
  const named = { config: { ...config, baseGguf: "base-Q4_K_M.gguf" } };
  const { settings } = training(48);
  const dora = { ...settings, lora: { ...settings.lora, dora: true } };
  expect(unmergeable(settings, named)).toBeNull();
  expect(unmergeable(dora, { config })).toBeNull();
  expect(unmergeable(dora, named)).toMatchObject({
    code: "bad-value",
    message: expect.stringContaining("`baseGguf` names another file"),
  });
});

it("checks the host's memory beside the GPU's", () => {
  expect(hostShortage(training(48))).toBeNull();
  expect(hostShortage(training(48, { host: 4 * gibibyte }))?.message).toContain("host memory");
});
