import { expect, it } from "vitest";
import type { MemoryProbes } from "../accelerator/hostMemory.ts";
import { type DeviceQuestion, describeDevice, deviceEnvironment, trainingDevice } from "./trainingDevice.ts";

const mebibyte = 1024 * 1024;
const gpus = `0, GPU-a, NVIDIA GeForce RTX 4090, 3000, 24564, 580.95.05, 8.9
1, GPU-b, NVIDIA GeForce RTX 4090, 24000, 24564, 580.95.05, 8.9
`;
const apps = "GPU-a, 77, 15000\nGPU-a, 78, 4000\n";
const vmStat = `Mach Virtual Memory Statistics: (page size of 16384 bytes)
Pages free:                               30000.
Pages inactive:                          300000.
Pages speculative:                            0.
Pages purgeable:                              0.
`;

/** A Linux machine with two GPUs and 8 GiB available. */
const linux: MemoryProbes = {
  platform: "linux",
  readText: async (file) => (file === "/proc/meminfo" ? `MemAvailable: ${8 * 1024 * 1024} kB\n` : null),
  run: async (_command, words) => (words[0]?.includes("compute-apps") ? apps : gpus),
  freemem: () => 1,
};
const withoutGpu: MemoryProbes = { ...linux, run: async () => null };
const mac: MemoryProbes = {
  platform: "darwin",
  readText: async () => null,
  run: async (command) => (command === "vm_stat" ? vmStat : null),
  freemem: () => 500 * mebibyte,
};

const ask = (more: Partial<DeviceQuestion> = {}) =>
  trainingDevice({
    asked: undefined,
    visible: undefined,
    ownProcesses: [],
    torch: null,
    probes: linux,
    ...more,
  });

it("chooses one GPU of several and shows the trainer only that one", async () => {
  const device = await ask();
  expect(device).toMatchObject({
    device: "cuda",
    available: 24000 * mebibyte,
    isHard: true,
    gpu: { index: 1 },
  });
  expect(deviceEnvironment(device)).toEqual({ CUDA_VISIBLE_DEVICES: "GPU-b" });
  expect(describeDevice(device)).toBe("NVIDIA GeForce RTX 4090 (GPU 1), 25.2 GB free");
  expect(deviceEnvironment(await ask({ asked: "cuda:0" }))).toEqual({ CUDA_VISIBLE_DEVICES: "GPU-a" });
  expect(deviceEnvironment(await ask({ visible: "0" }))).toEqual({ CUDA_VISIBLE_DEVICES: "GPU-a" });
  await expect(ask({ asked: "cuda:5" })).rejects.toMatchObject({ code: "missing" });
});

it("counts what our own inference process holds as free", async () => {
  const device = await ask({ asked: "cuda:0", ownProcesses: [77] });
  expect(device.available).toBe((3000 + 15000) * mebibyte);
});

it("trains on the CPU without a visible GPU, within memory that is only an estimate", async () => {
  const gibibytes = 8 * 1024 * mebibyte;
  for (const more of [{ asked: "cpu" }, { visible: "" }, { probes: withoutGpu }]) {
    const device = await ask(more);
    expect(device).toMatchObject({ device: "cpu", available: gibibytes, isHard: false, gpu: null });
    expect(deviceEnvironment(device)).toEqual({});
  }
});

it("counts inactive pages on a Mac, where os.freemem() would refuse even the embedded base", async () => {
  const device = await ask({ probes: mac, arch: "arm64" });
  expect(device).toMatchObject({ device: "mps", available: 330000 * 16384, isHard: false });
  const limited = { ...mac, run: async (command: string) => (command === "sysctl" ? "2000\n" : vmStat) };
  expect((await ask({ probes: limited, arch: "arm64" })).available).toBe(2000 * mebibyte);
});

it("falls back to the CPU, with the reason, when this torch can't use the GPU", async () => {
  const device = await ask({ torch: { version: "2.13.0+cpu", cuda: null } });
  expect(device).toMatchObject({
    device: "cpu",
    unused: { name: "NVIDIA GeForce RTX 4090", reason: "torch 2.13.0+cpu is a CPU build" },
  });
});
