import { implement } from "@orpc/server";
import { promptContract } from "../../shared/contract/prompt.ts";
import type { PromptService } from "../services/playground/promptService.ts";

export function promptRouter(prompts: PromptService) {
  const os = implement(promptContract);
  return os.router({
    list: os.list.handler(async () => ({ prompts: await prompts.list() })),
    open: os.open.handler(({ input }) => prompts.open(input.name)),
    save: os.save.handler(({ input }) => prompts.save(input)),
    try: os.try.handler(({ input, signal }) => prompts.try(input, signal ?? new AbortController().signal)),
  });
}
