import { expect, it } from "vitest";
import { recomputesActivations } from "./checkpointing.ts";
import { mistral7b } from "./mistral7b.ts";
import { withOverrides } from "./overrides.ts";
import { PRESETS } from "./presets.ts";

const auto = PRESETS["mistral-7b"];
const fixed = (gradientCheckpointing: boolean) =>
  withOverrides(auto, { optimisation: { gradientCheckpointing } });

it("recomputes activations on a 24 GB card and not on an 80 GB card", () => {
  expect(recomputesActivations(mistral7b, auto, { device: "cuda", available: 24e9, rows: {} })).toBe(true);
  expect(recomputesActivations(mistral7b, auto, { device: "cuda", available: 80e9, rows: {} })).toBe(false);
});

it("doesn't recompute activations if the rows are short enough", () => {
  const room = { device: "cuda", available: 24e9, rows: { longest: 90 } } as const;
  expect(recomputesActivations(mistral7b, auto, room)).toBe(false);
});

it("keeps what is set", () => {
  expect(recomputesActivations(mistral7b, fixed(true), { device: "cuda", available: 80e9, rows: {} })).toBe(
    true,
  );
  expect(recomputesActivations(mistral7b, fixed(false), { device: "cuda", available: 24e9, rows: {} })).toBe(
    false,
  );
});
