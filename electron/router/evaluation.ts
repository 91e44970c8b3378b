import { implement, withEventMeta } from "@orpc/server";
import { evaluationContract } from "../../shared/contract/evaluation.ts";
import type { EvaluationQueries } from "../services/evaluation/evaluationQueries.ts";
import type { EvaluationService } from "../services/evaluation/evaluationService.ts";
import type { RouterContext } from "./context.ts";
import { resumedFrom } from "./run.ts";

export function evaluationRouter(service: EvaluationService & EvaluationQueries) {
  const os = implement(evaluationContract).$context<RouterContext>();
  return os.router({
    start: os.start.handler(({ input }) => service.start(input)),
    rejudge: os.rejudge.handler(({ input }) => service.rejudge(input)),
    analyse: os.analyse.handler(({ input }) => service.analyse(input)),
    versions: os.versions.handler(() => service.versions()),
    plan: os.plan.handler(({ input }) => service.plan(input)),
    summary: os.summary.handler(({ input }) => service.summary(input)),
    rows: os.rows.handler(({ input }) => service.rows(input)),
    row: os.row.handler(({ input }) => service.row(input)),
    openHeldout: os.openHeldout.handler(({ input }) => service.openHeldout(input.version)),
    correct: os.correct.handler(({ input }) => service.correct(input)),
    watchRows: os.watchRows.handler(async function* ({ input, signal, lastEventId, context }) {
      const from = resumedFrom(input.from, lastEventId);
      for await (const live of service.watchRows({ ...input, from }, { signal, drain: context.drain })) {
        yield withEventMeta(live, { id: String(live.seq) });
      }
    }),
  });
}
