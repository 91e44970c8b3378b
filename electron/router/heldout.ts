import { implement } from "@orpc/server";
import { heldoutContract } from "../../shared/contract/heldout.ts";
import type { HeldoutService } from "../services/heldout/heldoutService.ts";

export function heldoutRouter(service: HeldoutService) {
  const os = implement(heldoutContract);
  return os.router({
    plan: os.plan.handler(({ input }) => service.plan(input)),
    rotate: os.rotate.handler(({ input }) => service.rotate(input)),
  });
}
