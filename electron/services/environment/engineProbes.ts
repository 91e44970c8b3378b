import path from "node:path";
import {
  type LlamaProbe,
  LlamaProbeSchema,
  type TrainerProbe,
  TrainerProbeSchema,
} from "../../../shared/schema/environment.ts";
import type { PlatformPaths } from "../platform.ts";
import { childEnvironment } from "../processes/childEnvironment.ts";
import { asGib } from "./bytes.ts";
import { askChild } from "./childProbe.ts";
import type { Finding } from "./doctor.ts";
import { currentEnvironment } from "./folders.mjs";
import { requirementsFile } from "./pythonOf.ts";
import { nvidiaGpus } from "./torch.mjs";

/** Torch and the device it would train on, asked from the trainer itself. */
export async function checkTorch(
  paths: Pick<PlatformPaths, "userData" | "resources">,
  device: string | undefined,
  signal: AbortSignal,
): Promise<Finding> {
  const environment = currentEnvironment(paths.userData, requirementsFile(paths));
  if (environment === null) {
    return { status: "missing", detail: "there is no Python environment yet", hint: "npm run setup" };
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
    nvidiaGpus(),
  ]);
  return judgeTorch(probe, gpus);
}

/** @param gpus the names of the NVIDIA GPUs that the driver sees */
export function judgeTorch(probe: TrainerProbe, gpus: readonly string[]): Finding {
  const { torch, trl, transformers, peft } = probe.packages;
  const versions = `torch ${torch}, trl ${trl}, transformers ${transformers}, peft ${peft}`;
  const memory =
    probe.cuda === null
      ? `${asGib(probe.memory.availableBytes)} of memory available`
      : `${probe.cuda.name}, ${asGib(probe.cuda.freeBytes)} free of ${asGib(probe.cuda.totalBytes)}`;
  const detail = `${versions}; device ${probe.chosen} (${memory})`;
  if (gpus.length > 0 && probe.cuda === null) {
    return {
      status: "warning",
      detail: `${detail}; ${gpus.join(", ")} is not used`,
      hint: "this torch has no CUDA that fits the driver: update the driver, or install a CUDA build (pytorch.org) into the environment",
    };
  }
  return { status: "ok", detail };
}

/**
 * Run by `node --eval`, because node-llama-cpp may crash or hang, and is the inference worker's to import. The options
 * of our own command line are dropped: it tests its binary in a fork, which would inherit `--eval`.
 */
const llamaQuestion = `
process.execArgv.length = 0;
const { getLlama, getLlamaGpuTypes, getModuleVersion, LlamaLogLevel } = await import("node-llama-cpp");
const llama = await getLlama({ build: "never", progressLogs: false, logLevel: LlamaLogLevel.disabled });
const named = (gpu) => (gpu === false ? null : gpu);
const answer = {
  version: await getModuleVersion(),
  release: llama.llamaCppRelease?.release ?? null,
  gpu: named(llama.gpu),
  supported: (await getLlamaGpuTypes("supported")).map(named),
  devices: llama.gpu === false ? [] : await llama.getGpuDeviceNames(),
  vramTotalBytes: llama.gpu === false ? null : (await llama.getVramState()).total,
};
process.stdout.write(JSON.stringify(answer) + "\\n", () => process.exit(0));
`;

/** What llama.cpp finds here. @param root where node_modules lies. @throws Error with the child's last words */
export function probeLlama(root: string, signal: AbortSignal): Promise<LlamaProbe> {
  const words = ["--input-type=module", "--eval", llamaQuestion];
  const env = childEnvironment();
  return askChild({ file: process.execPath, words, env, cwd: root, schema: LlamaProbeSchema }, signal);
}

/** The backends of llama.cpp. @param root where node_modules lies */
export async function checkLlama(root: string, signal: AbortSignal): Promise<Finding> {
  const probe = await probeLlama(root, signal).catch((error: Error) => error);
  if (!(probe instanceof Error)) return judgeLlama(probe);
  return {
    status: "missing",
    detail: `llama.cpp does not load: ${probe.message}`,
    hint: "npm ci installs its binaries; on an unusual machine: npx node-llama-cpp source download",
  };
}

export function judgeLlama(probe: LlamaProbe): Finding {
  const backends = probe.supported.map((gpu) => gpu ?? "CPU").join(", ");
  const release = probe.release === null ? "" : ` (llama.cpp ${probe.release})`;
  const uses =
    probe.gpu === null
      ? "uses the CPU"
      : `uses ${probe.gpu}: ${probe.devices.join(", ")}${probe.vramTotalBytes === null ? "" : `, ${asGib(probe.vramTotalBytes)}`}`;
  return { status: "ok", detail: `node-llama-cpp ${probe.version}${release}; backends ${backends}; ${uses}` };
}
