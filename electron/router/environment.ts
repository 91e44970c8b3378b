import { implement } from "@orpc/server";
import { environmentContract } from "../../shared/contract/environment.ts";
import type { EnvironmentService } from "../services/environment/environmentService.ts";

export function environmentRouter(service: EnvironmentService) {
  const os = implement(environmentContract);
  return os.router({
    doctor: os.doctor.handler(({ input }) => service.doctor(input)),
    devices: os.devices.handler(({ signal }) => service.devices(signal ?? new AbortController().signal)),
    rebuilding: os.rebuilding.handler(() => ({ running: service.rebuilding() })),
    rebuild: os.rebuild.handler(() => {
      service.rebuild();
      return { running: service.rebuilding() };
    }),
    watchRebuild: os.watchRebuild.handler(async function* ({ signal }) {
      yield* service.watchRebuild(signal);
    }),
  });
}
