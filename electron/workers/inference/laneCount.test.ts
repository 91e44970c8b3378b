import { expect, it } from "vitest";
import { laneCount } from "./laneCount.ts";

/** Keys and values of a Mistral 7B for 1,024 tokens in 16 bits. */
const laneBytes = 1024 * 32 * 2 * 8 * 128 * 2;
const of = (gpuBytes: number | null, modelBytes: number) =>
  laneCount({ gpuBytes, modelBytes, laneBytes, contexts: 2 });

it("a CPU evaluates four rows together", () => {
  expect(of(null, 14.5e9)).toBe(4);
});

it.each([
  [80e9, 14.5e9, 32],
  [24e9, 14.5e9, 16],
  [24e9, 4.2e9, 32],
  [16e9, 7.7e9, 8],
  [16e9, 14.5e9, 4],
  [12e9, 14.5e9, 4],
])("a GPU with %d bytes evaluates a model of %d bytes with %d lanes", (gpuBytes, modelBytes, lanes) => {
  expect(of(gpuBytes, modelBytes)).toBe(lanes);
});

it("a model whose context can't be estimated gets four lanes", () => {
  expect(laneCount({ gpuBytes: 80e9, modelBytes: 1e9, laneBytes: null, contexts: 2 })).toBe(4);
});
