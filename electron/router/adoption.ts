import { implement } from "@orpc/server";
import { adoptionContract } from "../../shared/contract/adoption.ts";
import type { AdoptionService } from "../services/adoption/adoptionService.ts";

export function adoptionRouter(service: AdoptionService) {
  const os = implement(adoptionContract);
  return os.router({ start: os.start.handler(({ input }) => service.start(input)) });
}
