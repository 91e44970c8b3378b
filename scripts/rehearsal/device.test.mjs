import { expect, it } from "vitest";
import { availableBytes, chosenDevice, precisionsOf } from "./device.mjs";

const memory = { totalBytes: 24e9, availableBytes: 20e9 };
const cpu = { devices: ["cpu"], cuda: null, memory, bitsandbytes: false, cpuBfloat16: false };
const gpu = {
  ...cpu,
  devices: ["cuda", "cpu"],
  cuda: { freeBytes: 80e9, bfloat16: true },
  bitsandbytes: true,
};

it("chooses the device asked for, else the best one", () => {
  expect(chosenDevice("auto", gpu)).toBe("cuda");
  expect(chosenDevice("cpu", gpu)).toBe("cpu");
  expect(() => chosenDevice("cuda", cpu)).toThrow("no cuda; available: cpu");
});

it("trains only in precisions that the device has", () => {
  expect(precisionsOf("cpu", cpu)).toEqual(["float32"]);
  expect(precisionsOf("cpu", { ...cpu, cpuBfloat16: true })).toEqual(["bfloat16", "float32"]);
  expect(precisionsOf("cuda", gpu)).toEqual(["bfloat16", "int4", "float32"]);
  const turing = { ...gpu, cuda: { ...gpu.cuda, bfloat16: false }, bitsandbytes: false };
  expect(precisionsOf("cuda", turing)).toEqual(["float16", "float32"]);
});

it("takes the memory of the device that trains", () => {
  expect(availableBytes("cuda", gpu)).toBe(80e9);
  expect(availableBytes("cpu", gpu)).toBe(20e9);
});
