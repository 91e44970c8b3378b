import { stat } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { smallModelBytes } from "../../../shared/domain/gguf/smallModel.ts";
import { createInferenceService, type InferenceService } from "./inferenceService.ts";
import type { InferenceSettings } from "./modelHost.ts";
import { createParallelInference } from "./parallelInference.ts";

const mostProcesses = 8;

/** Creates a host's inference service: several processes for a small model on a CPU, otherwise one. */
export function createInference(settings: InferenceSettings): InferenceService {
  const cores = Math.min(mostProcesses, availableParallelism());
  const services = Array.from({ length: cores }, () => createInferenceService(settings));
  return createParallelInference({
    services: services as [InferenceService, ...InferenceService[]],
    processesFor: async ({ gpu, threads }, { gguf }) =>
      gpu === null && (await stat(gguf)).size <= smallModelBytes ? Math.floor(cores / threads) : 1,
  });
}
