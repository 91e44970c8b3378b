import { implement } from "@orpc/server";
import { rehearsalContract } from "../../shared/contract/rehearsal.ts";
import type { RehearsalService } from "../services/rehearsal/rehearsalService.ts";

export function rehearsalRouter(service: RehearsalService) {
  const os = implement(rehearsalContract);
  return os.router({
    start: os.start.handler(({ input }) => service.start(input)),
    latest: os.latest.handler(({ input }) => service.latest(input)),
  });
}
