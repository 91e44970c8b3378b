import { stat } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { createInferenceService, type InferenceService } from "./inferenceService.ts";
import type { InferenceSettings } from "./modelHost.ts";
import { createParallelInference } from "./parallelInference.ts";

/** A larger base, in bytes, is loaded only once, because it needs more memory and uses several threads well. */
const largestShared = 256 * 1024 * 1024;
const mostProcesses = 8;

/** Creates a host's inference service: several processes for a small model on a CPU, otherwise one. */
export function createInference(settings: InferenceSettings): InferenceService {
  const cores = Math.min(mostProcesses, availableParallelism());
  const services = Array.from({ length: cores }, () => createInferenceService(settings));
  return createParallelInference({
    services: services as [InferenceService, ...InferenceService[]],
    processesFor: async ({ gpu, threads }, { gguf }) =>
      gpu === null && (await stat(gguf)).size <= largestShared ? Math.floor(cores / threads) : 1,
  });
}
