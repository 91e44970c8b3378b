import type { DoctorReport } from "../../../shared/schema/environment.ts";
import type { Platform } from "../platform.ts";
import { runDoctor } from "./doctor.ts";
import { doctorProbes } from "./probes.ts";
import { pythonOf } from "./pythonOf.ts";

export interface EnvironmentService {
  /** Asks everything at once; a check that fails is a warning with its reason. Takes seconds: torch is slow to import. */
  doctor(): Promise<DoctorReport>;
  /** @throws Failure "missing" */
  python(): string;
}

export function createEnvironmentService(platform: Platform): EnvironmentService {
  return {
    doctor: () => runDoctor(doctorProbes(platform)),
    python: () => pythonOf(platform.paths),
  };
}
