import { implement } from "@orpc/server";
import { runContract } from "../../shared/contract/run.ts";
import type { RunService } from "../services/run/runService.ts";

export function runRouter(service: RunService) {
  const os = implement(runContract);
  return os.router({
    list: os.list.handler(() => service.list()),
    show: os.show.handler(async ({ input }) => {
      const { run, result, journal } = await service.show(input.id);
      return { run, result, events: [...journal.entries] };
    }),
    watch: os.watch.handler(async function* ({ input, signal }) {
      yield* service.watch(input.id, input.from, signal);
    }),
    cancel: os.cancel.handler(({ input }) => service.cancel(input.id)),
    resume: os.resume.handler(async ({ input }) => (await service.resume(input.id)).run),
  });
}
