import { availableParallelism, cpus, freemem, totalmem } from "node:os";
import path from "node:path";
import type { Devices, DoctorReport, RebuildEvent } from "../../../shared/schema/environment.ts";
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
   * Asks everything at once; a check that fails is a warning with its reason. The first time takes seconds, for torch
   * is slow to import: what it and llama.cpp answered is remembered until the environment changes. `fresh`: ask again.
   */
  doctor(request: { readonly fresh: boolean }): Promise<DoctorReport>;
  /** What there is to compute with; llama.cpp is asked in a process of its own. */
  devices(signal: AbortSignal): Promise<Devices>;
  /** Begins to build the Python environment anew, unless that goes on already. It goes on where nobody listens. */
  rebuild(): void;
  /**
   * How the rebuild goes that goes on, or went last, from its begin; nothing where there was none.
   * @throws Failure with the installer's last words; the environment that was there serves again
   */
  watchRebuild(signal?: AbortSignal): AsyncGenerator<RebuildEvent>;
  /** Whether one goes on. */
  rebuilding(): boolean;
  /** @throws Failure "missing" */
  python(): string;
}

const slowProbes = new Set(["torch", "llama"]);

/**
 * @param host the platform as the host made it: doctor looks at keys wherever they may be sent
 * @param settings reads settings, the user's own included
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
          memoryFree: freemem(),
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
