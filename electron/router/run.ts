import { implement, withEventMeta } from "@orpc/server";
import { runContract } from "../../shared/contract/run.ts";
import type { RunService } from "../services/run/runService.ts";
import type { RouterContext } from "./context.ts";

/** Returns the sequence number from which a reader resumes, given the id of the last event it has seen. */
export function resumedFrom(from: number, lastEventId: string | undefined): number {
  const seen = Number(lastEventId);
  return Number.isSafeInteger(seen) ? Math.max(from, seen) : from;
}

export function runRouter(service: RunService) {
  const os = implement(runContract).$context<RouterContext>();
  return os.router({
    list: os.list.handler(() => service.list()),
    show: os.show.handler(async ({ input }) => {
      const { run, result, journal } = await service.show(input.id);
      return { run, result, events: [...journal.entries] };
    }),
    watch: os.watch.handler(async function* ({ input, signal, lastEventId, context }) {
      let seq = resumedFrom(input.from, lastEventId);
      for await (const page of service.watch(input.id, seq, { signal, drain: context.drain })) {
        seq = page.entries.at(-1)?.seq ?? seq;
        yield withEventMeta(page, { id: String(seq) });
      }
    }),
    watchAll: os.watchAll.handler(async function* ({ signal, context }) {
      yield* service.watchAll({ signal, drain: context.drain });
    }),
    cancel: os.cancel.handler(({ input }) => service.cancel(input.id)),
    pause: os.pause.handler(({ input }) => service.pause(input.id)),
    resume: os.resume.handler(async ({ input }) => (await service.resume(input.id)).run),
    remove: os.remove.handler(({ input }) => service.remove(input.id)),
    log: os.log.handler(({ input }) => service.log(input.id, input.bytes)),
    artifacts: os.artifacts.handler(({ input }) => service.artifacts(input.id)),
  });
}
