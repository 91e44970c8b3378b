import { implement } from "@orpc/server";
import { playgroundContract } from "../../shared/contract/playground.ts";
import type { PlaygroundService } from "../services/playground/playgroundService.ts";
import type { SuggestService } from "../services/playground/suggestService.ts";

export function playgroundRouter(suggestions: SuggestService, playground: PlaygroundService) {
  const os = implement(playgroundContract);
  return os.router({
    suggest: os.suggest.handler(({ input, signal }) =>
      suggestions.suggest(input, signal ?? new AbortController().signal),
    ),
    versions: os.versions.handler(async () => ({ versions: await playground.versions() })),
    stream: os.stream.handler(async function* ({ input, signal }) {
      yield* playground.stream(input, signal);
    }),
  });
}
