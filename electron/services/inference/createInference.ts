import { stat } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { createInferenceService, type InferenceService } from "./inferenceService.ts";
import type { InferenceSettings } from "./modelHost.ts";
import { createParallelInference } from "./parallelInference.ts";

/** A base larger than this, in bytes, is held once: memory is scarcer than cores, and more threads serve it better. */
const largestShared = 256 * 1024 * 1024;
const mostProcesses = 8;

/** The inference service of a host: several processes for a small model on a CPU, else one. */
export function createInference(settings: InferenceSettings): InferenceService {
  const cores = Math.min(mostProcesses, availableParallelism());
  const services = Array.from({ length: cores }, () => createInferenceService(settings));
  return createParallelInference({
    services: services as [InferenceService, ...InferenceService[]],
    processesFor: async ({ gpu, threads }, { gguf }) =>
      gpu === null && (await stat(gguf)).size <= largestShared ? Math.floor(cores / threads) : 1,
  });
}
