import { formatBytes } from "../../../shared/domain/format/bytes.ts";
import { chooseGpu, type Gpu, heldOnGpu, nvidiaGpus } from "../accelerator/gpus.ts";
import {
  availableMemory,
  heldMemory,
  type MemoryProbes,
  metalLimit,
  systemProbes,
} from "../accelerator/hostMemory.ts";
import { type GpuProblem, gpuProblem, type TorchBuild } from "../environment/torchBuild.ts";

/** The device for a training, with its memory in bytes. */
export interface TrainingDevice {
  readonly device: "cpu" | "cuda" | "mps";
  /** Free memory, including what our own inference process gives back. */
  readonly available: number;
  /** Null when it isn't known. */
  readonly total: number | null;
  /** Whether a larger training certainly fails. Elsewhere the system makes room by swapping or dropping caches. */
  readonly isHard: boolean;
  /** Available memory of the host, which is `available` itself on a CPU and on Apple's GPUs. */
  readonly host: number;
  readonly gpu: Gpu | null;
  /** A GPU that the driver reports but this torch can't use, so that the training runs elsewhere. */
  readonly unused: (GpuProblem & { readonly name: string }) | null;
}

export interface DeviceQuestion {
  /** The device of the spec or of the setting, such as `auto`, `cpu`, `mps`, `cuda` or `cuda:1`. */
  readonly asked: string | undefined;
  /** The value of `CUDA_VISIBLE_DEVICES`. */
  readonly visible: string | undefined;
  /** Our own processes, which end before a training starts. */
  readonly ownProcesses: readonly number[];
  readonly torch: TorchBuild | null;
  readonly arch?: string;
  readonly probes?: MemoryProbes;
}

/**
 * Finds the device without importing torch, which takes seconds. The trainer makes the final choice.
 * @throws Failure `missing` for a GPU such as `cuda:3` that isn't there
 */
export async function trainingDevice(question: DeviceQuestion): Promise<TrainingDevice> {
  const { ownProcesses, torch, arch = process.arch, probes = systemProbes } = question;
  const asked = question.asked?.trim().toLowerCase();
  const [free, held] = await Promise.all([availableMemory(probes), heldMemory(ownProcesses, probes)]);
  const host = free + held;
  const gpu =
    asked === "cpu" || asked === "mps"
      ? null
      : chooseGpu(await nvidiaGpus(probes), { asked, visible: question.visible });
  const problem = gpu === null ? null : gpuProblem(gpu, torch);
  if (gpu !== null && problem === null) return cudaDevice(gpu, host, ownProcesses, probes);
  const unused = gpu === null || problem === null ? null : { ...problem, name: gpu.name };
  const shared = { total: null, isHard: false, host, gpu: null, unused };
  if (asked === "cpu" || probes.platform !== "darwin" || arch !== "arm64")
    return { device: "cpu", available: host, ...shared };
  const limit = (await metalLimit(probes)) ?? Number.POSITIVE_INFINITY;
  return { device: "mps", available: Math.min(host, limit), ...shared };
}

async function cudaDevice(
  gpu: Gpu,
  host: number,
  ownProcesses: readonly number[],
  probes: MemoryProbes,
): Promise<TrainingDevice> {
  const common = { device: "cuda", host, gpu, unused: null } as const;
  // A GPU without memory of its own takes the host's.
  if (gpu.free === null) return { ...common, available: host, total: null, isHard: false };
  const available = gpu.free + (await heldOnGpu(gpu, ownProcesses, probes));
  return { ...common, available, total: gpu.total, isHard: true };
}

/** Names a device. */
export function deviceName({ device, gpu }: Pick<TrainingDevice, "device" | "gpu">): string {
  if (device === "cuda") return gpu === null ? "NVIDIA GPU" : `${gpu.name} (GPU ${gpu.index})`;
  return device === "mps" ? "Apple GPU" : "CPU";
}

/** Describes a device and its free memory. */
export function describeDevice(device: TrainingDevice): string {
  return `${deviceName(device)}, ${formatBytes(device.available)} free`;
}

/** Returns the variables that show the trainer exactly one GPU, so that no library spreads the model over several. */
export function deviceEnvironment({ gpu }: Pick<TrainingDevice, "gpu">): Record<string, string> {
  return gpu === null ? {} : { CUDA_VISIBLE_DEVICES: gpu.uuid };
}
