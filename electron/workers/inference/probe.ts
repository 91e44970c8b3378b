import type { LlamaProbe } from "../../../shared/schema/environment.ts";

const named = (gpu: string | false): string | null => (gpu === false ? null : gpu);

/** Returns the version and devices of llama.cpp, without loading a model. Throws if its binary doesn't load. */
export async function probeLlama(): Promise<LlamaProbe> {
  const { getLlama, getLlamaGpuTypes, getModuleVersion, LlamaLogLevel } = await import("node-llama-cpp");
  const llama = await getLlama({ build: "never", progressLogs: false, logLevel: LlamaLogLevel.disabled });
  return {
    version: await getModuleVersion(),
    release: llama.llamaCppRelease?.release ?? null,
    gpu: named(llama.gpu),
    supported: (await getLlamaGpuTypes("supported")).map(named),
    devices: llama.gpu === false ? [] : await llama.getGpuDeviceNames(),
    vramTotalBytes: llama.gpu === false ? null : (await llama.getVramState()).total,
  };
}
