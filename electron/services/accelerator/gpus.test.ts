import { expect, it } from "vitest";
import { chooseGpu, heldOnGpu, nvidiaGpus, parseGpus, visibleGpus } from "./gpus.ts";
import type { MemoryProbes } from "./hostMemory.ts";

const printed = `0, GPU-5d5ba0d6-d33d-2b2c-524d-9e3d8d2b8a77, NVIDIA GeForce RTX 4090, 3021, 24564, 550.120, 8.9
1, GPU-aa2f0c1e-1111-2222-3333-444455556666, NVIDIA GeForce RTX 4090, 24108, 24564, 550.120, 8.9
2, GPU-bb2f0c1e-1111-2222-3333-444455556666, Tesla T4, 14910, 15360, 550.120, 7.5
`;
const gpus = parseGpus(printed);

const probes = (run: (words: string) => string | null): MemoryProbes => ({
  platform: "linux",
  readText: async () => null,
  run: async (command, words) => (command === "nvidia-smi" ? run(words.join(" ")) : null),
  freemem: () => 0,
});

it("reads what nvidia-smi prints", () => {
  expect(gpus).toHaveLength(3);
  expect(gpus[2]).toEqual({
    index: 2,
    uuid: "GPU-bb2f0c1e-1111-2222-3333-444455556666",
    name: "Tesla T4",
    free: 14910 * 1024 * 1024,
    total: 15360 * 1024 * 1024,
    driver: "550.120",
    computeCapability: 7.5,
  });
  expect(parseGpus("No devices were found\n")).toEqual([]);
  expect(parseGpus("0, GPU-c, NVIDIA GB10, [N/A], [N/A], 580.95, 12.1\n")[0]).toMatchObject({
    free: null,
    total: null,
  });
});

it("asks an old driver without the columns that it doesn't know", async () => {
  const old = probes((words) =>
    words.includes("compute_cap") ? null : "0, GPU-d, Tesla K80, 11000, 11441, 450.51",
  );
  expect(await nvidiaGpus(old)).toMatchObject([
    { name: "Tesla K80", driver: "450.51", computeCapability: null },
  ]);
  expect(await nvidiaGpus(probes(() => null))).toEqual([]);
});

it("chooses the GPU with the most free memory, not the first one", () => {
  expect(chooseGpu(gpus, { asked: undefined, visible: undefined })?.index).toBe(1);
  expect(chooseGpu(gpus, { asked: "auto", visible: "2,0" })?.index).toBe(2);
  expect(chooseGpu([], { asked: undefined, visible: undefined })).toBeNull();
});

it("chooses the GPU that the setting or CUDA_VISIBLE_DEVICES names", () => {
  expect(chooseGpu(gpus, { asked: "cuda:0", visible: undefined })?.index).toBe(0);
  expect(chooseGpu(gpus, { asked: "cuda:1", visible: "1,2" })?.index).toBe(2);
  expect(chooseGpu(gpus, { asked: undefined, visible: "GPU-bb2f" })?.index).toBe(2);
  expect(() => chooseGpu(gpus, { asked: "cuda:3", visible: undefined })).toThrow("GPU cuda:3 not found");
});

it("hides what CUDA_VISIBLE_DEVICES hides", () => {
  expect(visibleGpus(gpus, "")).toEqual([]);
  expect(visibleGpus(gpus, "-1")).toEqual([]);
  expect(visibleGpus(gpus, "0,7,1").map(({ index }) => index)).toEqual([0]);
});

it("counts what our own processes hold on a GPU", async () => {
  const used = probes(() =>
    [
      "GPU-bb2f0c1e-1111-2222-3333-444455556666, 4711, 9000",
      `${gpus[1]?.uuid}, 4711, 100`,
      "x, 1, [N/A]",
    ].join("\n"),
  );
  expect(await heldOnGpu(gpus[2] as never, [4711], used)).toBe(9000 * 1024 * 1024);
  expect(await heldOnGpu(gpus[2] as never, [1], used)).toBe(0);
});
