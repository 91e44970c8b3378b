import { Failure } from "../../../shared/domain/failure.ts";
import { type MemoryProbes, systemProbes } from "./hostMemory.ts";

const mebibyte = 1024 * 1024;

/** An NVIDIA GPU as its driver reports it. Memory in bytes; null where the GPU shares the host's memory. */
export interface Gpu {
  /** The number that `nvidia-smi` shows. */
  readonly index: number;
  readonly uuid: string;
  readonly name: string;
  readonly free: number | null;
  readonly total: number | null;
  /** For example 7.5 for Turing, 8.0 for Ampere; null when the driver is too old to report it. */
  readonly computeCapability: number | null;
  readonly driver: string | null;
}

/** The columns that every `nvidia-smi` knows, in order. */
const columns = ["index", "uuid", "name", "memory.free", "memory.total", "driver_version"];

function bytesOf(mebibytes: string | undefined): number | null {
  // Grace and Jetson boards print [N/A], because they have no memory apart from the host's.
  const value = Number(mebibytes);
  return mebibytes !== undefined && mebibytes !== "" && Number.isFinite(value) ? value * mebibyte : null;
}

/** Parses the rows of `nvidia-smi --query-gpu=… --format=csv,noheader,nounits`. */
export function parseGpus(text: string): Gpu[] {
  return text.split("\n").flatMap((line): Gpu[] => {
    const [index, uuid, name, free, total, driver, capability] = line.split(",").map((cell) => cell.trim());
    if (index === undefined || !/^\d+$/.test(index) || uuid === undefined || name === undefined) return [];
    const computeCapability = Number.parseFloat(capability ?? "");
    return [
      {
        index: Number(index),
        uuid,
        name,
        free: bytesOf(free),
        total: bytesOf(total),
        computeCapability: Number.isFinite(computeCapability) ? computeCapability : null,
        driver: driver === undefined || driver === "" ? null : driver,
      },
    ];
  });
}

/** Runs `nvidia-smi`, which WSL doesn't put on the path. */
async function nvidiaSmi({ run }: MemoryProbes, words: readonly string[]): Promise<string | null> {
  const all = [...words, "--format=csv,noheader,nounits"];
  return (await run("nvidia-smi", all)) ?? (await run("/usr/lib/wsl/lib/nvidia-smi", all));
}

/** Returns the NVIDIA GPUs of this machine; none without a driver. */
export async function nvidiaGpus(probes: MemoryProbes = systemProbes): Promise<Gpu[]> {
  const query = `--query-gpu=${columns.join(",")}`;
  const text = (await nvidiaSmi(probes, [`${query},compute_cap`])) ?? (await nvidiaSmi(probes, [query]));
  return parseGpus(text ?? "");
}

/** Returns the memory in bytes that these processes hold on a GPU. */
export async function heldOnGpu(
  gpu: Gpu,
  pids: readonly number[],
  probes: MemoryProbes = systemProbes,
): Promise<number> {
  if (pids.length === 0) return 0;
  const text = await nvidiaSmi(probes, ["--query-compute-apps=gpu_uuid,pid,used_memory"]);
  return (text ?? "").split("\n").reduce((sum, line) => {
    const [uuid, pid, used] = line.split(",").map((cell) => cell.trim());
    const ours = uuid === gpu.uuid && pids.includes(Number(pid));
    return ours ? sum + (bytesOf(used) ?? 0) : sum;
  }, 0);
}

/**
 * Returns the GPUs that `CUDA_VISIBLE_DEVICES` leaves visible, in its order. As in CUDA, an entry that matches nothing
 * hides all that follow. Numbers are those of `nvidia-smi`.
 */
export function visibleGpus(gpus: readonly Gpu[], visible: string | undefined): readonly Gpu[] {
  if (visible === undefined) return gpus;
  const found: Gpu[] = [];
  for (const entry of visible.split(",").map((word) => word.trim())) {
    const gpu = /^\d+$/.test(entry)
      ? gpus.find(({ index }) => index === Number(entry))
      : gpus.find(({ uuid }) => entry !== "" && uuid.startsWith(entry));
    if (gpu === undefined) break;
    found.push(gpu);
  }
  return found;
}

/**
 * Returns the one GPU that a training uses: the one of a setting such as `cuda:1`, counted among the visible GPUs as in
 * PyTorch, otherwise the one with the most free memory. Null if none is visible.
 * @throws Failure `missing` when the setting's GPU isn't there
 */
export function chooseGpu(
  gpus: readonly Gpu[],
  { asked, visible }: { asked: string | undefined; visible: string | undefined },
): Gpu | null {
  const there = visibleGpus(gpus, visible);
  const wanted = /^cuda:(\d+)$/i.exec(asked?.trim() ?? "")?.[1];
  if (wanted === undefined) {
    return there.reduce<Gpu | null>(
      (best, gpu) => (best === null || (gpu.free ?? 0) > (best.free ?? 0) ? gpu : best),
      null,
    );
  }
  const gpu = there[Number(wanted)];
  if (gpu !== undefined) return gpu;
  const names = there.map(({ name }, at) => `cuda:${at} ${name}`);
  throw new Failure("missing", `GPU ${asked?.trim()} not found`, {
    hint: names.length === 0 ? "No NVIDIA GPU is visible." : `Available: ${names.join(", ")}.`,
  });
}
