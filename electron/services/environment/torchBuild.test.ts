import { expect, it } from "vitest";
import { emulatesBfloat16, gpuProblem, installedTorch, parseTorchVersion } from "./torchBuild.ts";

const cuda = parseTorchVersion(`from typing import Optional

__all__ = ['__version__', 'debug', 'cuda', 'git_version', 'hip', 'rocm', 'xpu']
__version__ = '2.13.0+cu130'
debug = False
cuda: Optional[str] = '13.0'
`);
const cpu = parseTorchVersion("__version__ = '2.13.0+cpu'\ncuda: Optional[str] = None\n");
const ada = { name: "NVIDIA GeForce RTX 4090", driver: "580.95.05", computeCapability: 8.9 };

it("reads the build from torch's version.py", () => {
  expect(cuda).toEqual({ version: "2.13.0+cu130", cuda: "13.0" });
  expect(cpu).toEqual({ version: "2.13.0+cpu", cuda: null });
  expect(parseTorchVersion("")).toBeNull();
  expect(installedTorch("/nowhere")).toBeNull();
});

it("names why torch can't use a GPU that the driver reports", () => {
  expect(gpuProblem(ada, cuda)).toBeNull();
  expect(gpuProblem(ada, null)).toBeNull();
  expect(gpuProblem(ada, cpu)?.reason).toBe("torch 2.13.0+cpu is a CPU build");
  expect(gpuProblem({ ...ada, driver: "550.120" }, cuda)?.reason).toContain("driver 550.120 is too old");
  expect(gpuProblem({ ...ada, computeCapability: 7 }, cuda)?.reason).toContain("compute capability is 7.0");
  expect(gpuProblem({ ...ada, driver: null, computeCapability: null }, cuda)).toBeNull();
});

it("knows which GPUs emulate bfloat16", () => {
  expect(
    [7.5, 8, 9, null].map((computeCapability) => emulatesBfloat16({ ...ada, computeCapability })),
  ).toEqual([true, false, false, false]);
});
