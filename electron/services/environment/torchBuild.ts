import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** An installed build of torch. `cuda`: the CUDA version it was built with, such as "13.0"; null for a CPU build. */
export interface TorchBuild {
  readonly version: string;
  readonly cuda: string | null;
}

/** Parses torch's `version.py`. Returns null if it isn't one. */
export function parseTorchVersion(text: string): TorchBuild | null {
  const version = /^__version__ = '([^']+)'/m.exec(text)?.[1];
  if (version === undefined) return null;
  return { version, cuda: /^cuda: Optional\[str\] = '([^']+)'/m.exec(text)?.[1] ?? null };
}

/** Returns the build of torch in a Python environment without importing it, which takes seconds; null if unknown. */
export function installedTorch(environmentFolder: string): TorchBuild | null {
  const lib = path.join(environmentFolder, "lib");
  const pythons = existsSync(lib) ? readdirSync(lib).map((name) => path.join(lib, name)) : [];
  for (const folder of [...pythons, path.join(environmentFolder, "Lib")]) {
    const file = path.join(folder, "site-packages", "torch", "version.py");
    if (existsSync(file)) return parseTorchVersion(readFileSync(file, "utf8"));
  }
  return null;
}

/** What of a GPU decides whether torch can use it. */
export interface GpuFacts {
  readonly name: string;
  readonly driver: string | null;
  readonly computeCapability: number | null;
}

/**
 * The oldest driver of a CUDA version on Linux, and the oldest compute capability that PyTorch's builds for it support
 * (CUDA Compatibility, table "minimum required driver version"; CUDA 13 dropped Maxwell, Pascal and Volta).
 */
const cudaNeeds: Readonly<Record<string, { driver: number; capability: number }>> = {
  "11": { driver: 450, capability: 3.7 },
  "12": { driver: 525, capability: 5 },
  "13": { driver: 580, capability: 7.5 },
};

/** A reason why torch can't use a GPU that the driver reports, and what to do about it. */
export interface GpuProblem {
  readonly reason: string;
  readonly hint: string;
}

/** Returns why this build of torch can't use a GPU, or null if nothing is known against it. */
export function gpuProblem(gpu: GpuFacts, build: TorchBuild | null): GpuProblem | null {
  if (build === null) return null;
  if (build.cuda === null) {
    return {
      reason: `torch ${build.version} is a CPU build`,
      hint: "Rebuild the Python environment in Settings or with `npm run setup`, which installs a CUDA build where it finds a GPU.",
    };
  }
  const needs = cudaNeeds[build.cuda.split(".")[0] ?? ""];
  const driver = Number.parseInt(gpu.driver ?? "", 10);
  if (needs !== undefined && driver < needs.driver) {
    return {
      reason: `driver ${gpu.driver} is too old for torch's CUDA ${build.cuda}, which needs ${needs.driver} or later`,
      hint: "Update the NVIDIA driver.",
    };
  }
  if (needs !== undefined && gpu.computeCapability !== null && gpu.computeCapability < needs.capability) {
    return {
      reason: `its compute capability is ${gpu.computeCapability.toFixed(1)}, but torch's CUDA ${build.cuda} build needs ${needs.capability.toFixed(1)} or later`,
      hint: "Install a torch build for an older CUDA version (pytorch.org) into the environment, or use the CPU.",
    };
  }
  return null;
}

/** Whether a GPU only emulates bfloat16, which is slow: its hardware has it from compute capability 8.0 on. */
export function emulatesBfloat16({ computeCapability }: GpuFacts): boolean {
  return computeCapability !== null && computeCapability < 8;
}
