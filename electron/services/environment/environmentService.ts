import path from "node:path";
import type { DoctorReport } from "../../../shared/schema/environment.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import type { Platform } from "../platform.ts";
import { runDoctor } from "./doctor.ts";
import { doctorProbes } from "./probes.ts";
import { pythonOf } from "./pythonOf.ts";
import { environmentHash, rememberingProbes } from "./rememberedProbes.ts";

export interface EnvironmentService {
  /**
   * Asks everything at once; a check that fails is a warning with its reason. The first time takes seconds, for torch
   * is slow to import: what it and llama.cpp answered is remembered until the environment changes. `fresh`: ask again.
   */
  doctor(request: { readonly fresh: boolean }): Promise<DoctorReport>;
  /** @throws Failure "missing" */
  python(): string;
}

const slowProbes = new Set(["torch", "llama"]);

export function createEnvironmentService(platform: Platform, files: FileLayer): EnvironmentService {
  const { paths } = platform;
  return {
    doctor: async ({ fresh }) =>
      runDoctor(
        await rememberingProbes(doctorProbes(platform), slowProbes, {
          files,
          file: path.join(paths.userData, "doctor.json"),
          environment: environmentHash(paths, process.env.DEVICE),
          fresh,
          now: () => new Date(),
        }),
      ),
    python: () => pythonOf(paths),
  };
}
