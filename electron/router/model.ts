import { implement } from "@orpc/server";
import { modelContract } from "../../shared/contract/model.ts";
import type { ModelService } from "../services/model/modelService.ts";

export function modelRouter(service: ModelService) {
  const os = implement(modelContract);
  return os.router({
    promote: os.promote.handler(({ input }) => service.promote(input.run, input.gateFailed)),
    export: os.export.handler(({ input, signal }) =>
      service.export(input, signal ?? new AbortController().signal),
    ),
  });
}
