import { availableParallelism, cpus, totalmem } from "node:os";
import path from "node:path";
import type { Devices, DoctorReport, RebuildEvent } from "../../../shared/schema/environment.ts";
import { availableMemory } from "../accelerator/hostMemory.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import type { Platform } from "../platform.ts";
import { runDoctor } from "./doctor.ts";
import { probeLlama } from "./engineProbes.ts";
import { createRebuilding } from "./environmentRebuild.ts";
import { doctorProbes } from "./probes.ts";
import { pythonOf } from "./pythonOf.ts";
import { environmentHash, rememberingProbes } from "./rememberedProbes.ts";

export interface EnvironmentService {
  /**
   * Runs all checks at once; a failed check is a warning with its reason. The first run takes seconds because torch is
   * slow to import. Results of torch and llama.cpp are cached until the environment changes; `fresh` skips the cache.
   */
  doctor(request: { readonly fresh: boolean }): Promise<DoctorReport>;
  /** Returns the CPU and what llama.cpp finds, in a separate process. */
  devices(signal: AbortSignal): Promise<Devices>;
  /** Starts a rebuild of the Python environment unless one is running. It continues without followers. */
  rebuild(): void;
  /**
   * Yields the events of the running or latest rebuild from its start, or nothing if there was none.
   * @throws Failure with the installer's last lines; the previous environment was restored
   */
  watchRebuild(signal?: AbortSignal): AsyncGenerator<RebuildEvent>;
  /** Whether a rebuild is running. */
  rebuilding(): boolean;
  /** Returns the environment's interpreter. Throws `Failure` `missing`. */
  python(): string;
}

const slowProbes = new Set(["torch", "llama"]);

/**
 * @param host the platform without the user's settings: doctor checks keys for any origin
 * @param settings reads settings, including the user's own
 */
export function createEnvironmentService(
  host: Platform,
  files: FileLayer,
  settings: Pick<Platform, "setting">,
): EnvironmentService {
  const { paths } = host;
  const rebuilding = createRebuilding(paths, files);
  return {
    doctor: async ({ fresh }) => {
      const device = settings.setting("DEVICE");
      return runDoctor(
        await rememberingProbes(doctorProbes(host, device), slowProbes, {
          files,
          file: path.join(paths.userData, "doctor.json"),
          environment: environmentHash(paths, device),
          fresh,
          now: () => new Date(),
        }),
      );
    },
    async devices(signal) {
      const probe = await probeLlama(() => host.launchWorker("inference"), signal).catch(
        (error: Error) => error,
      );
      const isFound = !(probe instanceof Error);
      return {
        cpu: {
          model: cpus()[0]?.model.trim() || "CPU",
          threads: availableParallelism(),
          memoryTotal: totalmem(),
          memoryFree: await availableMemory(),
        },
        llama: isFound ? probe : null,
        problem: isFound ? null : probe.message,
      };
    },
    rebuild: () => rebuilding.begin(),
    watchRebuild: (signal) => rebuilding.follow(signal),
    rebuilding: () => rebuilding.isRunning(),
    python: () => pythonOf(paths),
  };
}
