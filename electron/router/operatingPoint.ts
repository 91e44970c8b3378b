import { implement } from "@orpc/server";
import { operatingPointContract } from "../../shared/contract/operatingPoint.ts";
import type { OperatingPointService } from "../services/operatingPoint/operatingPointService.ts";

export function operatingPointRouter(service: OperatingPointService) {
  const os = implement(operatingPointContract);
  return os.router({
    show: os.show.handler(({ input }) => service.show(input)),
    apply: os.apply.handler(({ input }) => service.apply(input)),
  });
}
