import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { withOverrides } from "../../../shared/domain/training/overrides.ts";
import { PRESETS } from "../../../shared/domain/training/presets.ts";
import { createFileLayer } from "../files/fileLayer.ts";
import { withCheckpointingDecided } from "./presetResolution.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "namewright-presets-"));
  const mistral7b = {
    hidden_size: 4096,
    num_hidden_layers: 32,
    num_attention_heads: 32,
    num_key_value_heads: 8,
    intermediate_size: 14336,
    vocab_size: 32768,
  };
  await writeFile(path.join(folder, "config.json"), JSON.stringify(mistral7b));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it("recomputes activations only if memory requires it", async () => {
  const settings = withOverrides(PRESETS["mistral-7b"], {});
  const decide = async (available: number, longestRow?: number) => {
    const device = { device: "cuda", available } as const;
    return withCheckpointingDecided(createFileLayer(), folder, settings, device, longestRow);
  };
  expect((await decide(24e9)).optimisation.gradientCheckpointing).toBe(true);
  expect((await decide(24e9, 90)).optimisation.gradientCheckpointing).toBe(false);
  const { gradientCheckpointing, ...others } = (await decide(80e9)).optimisation;
  expect(gradientCheckpointing).toBe(false);
  expect(settings.optimisation).toEqual({ ...others, gradientCheckpointing: "auto" });
});
