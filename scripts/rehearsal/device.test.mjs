import { expect, it } from "vitest";
import { chosenDevice, precisionsOf } from "./device.mjs";

const cpu = { devices: ["cpu"], cuda: null, bitsandbytes: false, cpuBfloat16: false };
const gpu = {
  ...cpu,
  devices: ["cuda", "cpu"],
  cuda: { bfloat16: true },
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
