import path from "node:path";
import { formatBytes } from "../../../shared/domain/format/bytes.ts";
import {
  type LlamaProbe,
  type TrainerProbe,
  TrainerProbeSchema,
} from "../../../shared/schema/environment.ts";
import { nvidiaGpus } from "../accelerator/gpus.ts";
import { onAbort } from "../async/abort.ts";
import { WorkerClient } from "../inference/workerClient.ts";
import type { PlatformPaths, WorkerPort } from "../platform.ts";
import { childEnvironment } from "../processes/childEnvironment.ts";
import { askChild } from "./childProbe.ts";
import type { Finding } from "./doctor.ts";
import { currentEnvironment } from "./folders.mjs";
import { requirementsFile } from "./pythonOf.ts";
import { nvidiaGpus as nvidiaGpuNames } from "./torch.mjs";
import {
  emulatesBfloat16,
  type GpuFacts,
  gpuProblem,
  installedTorch,
  type TorchBuild,
} from "./torchBuild.ts";

/** Silence, in milliseconds, after which the process counts as hung. Drivers may be slow to start. */
const silenceMs = 80_000;

/** Checks torch and the training device by asking the trainer itself. */
export async function checkTorch(
  paths: Pick<PlatformPaths, "userData" | "resources">,
  device: string | undefined,
  signal: AbortSignal,
): Promise<Finding> {
  const environment = currentEnvironment(paths.userData, requirementsFile(paths));
  if (environment === null) {
    return {
      status: "missing",
      detail: "the Python environment hasn't been built yet",
      hint: "npm run setup",
    };
  }
  const env = childEnvironment({
    PYTHONPATH: path.join(paths.resources, "trainer"),
    PYTHONUTF8: "1",
    TOKENIZERS_PARALLELISM: "false",
    ...(device === undefined ? {} : { DEVICE: device }),
  });
  const words = ["-m", "namewright_trainer", "probe"];
  const [probe, gpus] = await Promise.all([
    askChild({ file: environment.python, words, env, schema: TrainerProbeSchema }, signal),
    driverGpus(),
  ]);
  return judgeTorch(probe, gpus, installedTorch(environment.folder));
}

/** Returns the NVIDIA GPUs, also of a container that has the driver without its tools. */
async function driverGpus(): Promise<readonly GpuFacts[]> {
  const gpus = await nvidiaGpus();
  if (gpus.length > 0) return gpus;
  return (await nvidiaGpuNames()).map((name) => ({ name, driver: null, computeCapability: null }));
}

/** Judges a trainer's probe; `gpus` are the NVIDIA GPUs that the driver reports. */
export function judgeTorch(
  probe: TrainerProbe,
  gpus: readonly GpuFacts[],
  build: TorchBuild | null,
): Finding {
  const { torch, trl, transformers, peft } = probe.packages;
  const versions = `torch ${torch}, trl ${trl}, transformers ${transformers}, peft ${peft}`;
  const memory =
    probe.cuda === null
      ? `${formatBytes(probe.memory.availableBytes)} of memory available`
      : `${probe.cuda.name}, ${formatBytes(probe.cuda.freeBytes)} free of ${formatBytes(probe.cuda.totalBytes)}`;
  const detail = `${versions}; device ${probe.chosen} (${memory})`;
  const [first] = gpus;
  if (first !== undefined && probe.cuda === null) {
    const problem = gpuProblem(first, build);
    const names = gpus.map(({ name }) => name).join(", ");
    return {
      status: "warning",
      detail: `${detail}; ${names} is not used${problem === null ? "" : ` because ${problem.reason}`}`,
      hint:
        problem?.hint ??
        "this torch build doesn't support the driver's CUDA version: update the driver, or install a CUDA build (pytorch.org) into the environment",
    };
  }
  const slow = gpus.filter(emulatesBfloat16).map(({ name }) => name);
  if (slow.length > 0) {
    return {
      status: "ok",
      detail,
      hint: `${slow.join(", ")} only emulates bfloat16, which is slow: train with precision float16`,
    };
  }
  return { status: "ok", detail };
}

/**
 * Returns what llama.cpp finds on this machine. Runs in a separate process, because loading it may crash or hang.
 * @throws Error with the process's last message
 */
export async function probeLlama(launchWorker: () => WorkerPort, signal: AbortSignal): Promise<LlamaProbe> {
  const client = new WorkerClient(launchWorker());
  // Killing the process also ends a pending request.
  const forget = onAbort(signal, () => client.kill("the check was cancelled"));
  try {
    const answer = await client.ask({ kind: "probe" }, { silenceMs });
    if (answer.kind === "probed") return answer.probe;
    throw new Error(answer.kind === "failed" ? answer.message : `unexpected reply: ${answer.kind}`);
  } finally {
    forget();
    client.kill();
  }
}

/** Checks llama.cpp and its backends. */
export async function checkLlama(launchWorker: () => WorkerPort, signal: AbortSignal): Promise<Finding> {
  const probe = await probeLlama(launchWorker, signal).catch((error: Error) => error);
  if (!(probe instanceof Error)) return judgeLlama(probe);
  return {
    status: "missing",
    detail: `llama.cpp failed to load: ${probe.message}`,
    hint: "run npm ci to install its binaries, or npx node-llama-cpp source download if your platform has none",
  };
}

export function judgeLlama(probe: LlamaProbe): Finding {
  const backends = probe.supported.map((gpu) => gpu ?? "CPU").join(", ");
  const release = probe.release === null ? "" : ` (llama.cpp ${probe.release})`;
  const uses =
    probe.gpu === null
      ? "uses the CPU"
      : `uses ${probe.gpu}: ${probe.devices.join(", ")}${probe.vramTotalBytes === null ? "" : `, ${formatBytes(probe.vramTotalBytes)}`}`;
  return { status: "ok", detail: `node-llama-cpp ${probe.version}${release}; backends ${backends}; ${uses}` };
}
