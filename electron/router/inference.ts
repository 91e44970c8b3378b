import { implement } from "@orpc/server";
import { inferenceContract } from "../../shared/contract/inference.ts";
import type { SuggestService } from "../services/suggest/suggestService.ts";

export function inferenceRouter(service: SuggestService) {
  const os = implement(inferenceContract);
  return os.router({
    suggest: os.suggest.handler(({ input, signal }) =>
      service.suggest(input, signal ?? new AbortController().signal),
    ),
  });
}
