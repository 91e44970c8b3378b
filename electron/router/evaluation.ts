import { implement } from "@orpc/server";
import { evaluationContract } from "../../shared/contract/evaluation.ts";
import type { EvaluationService } from "../services/evaluation/evaluationService.ts";

export function evaluationRouter(service: EvaluationService) {
  const os = implement(evaluationContract);
  return os.router({
    start: os.start.handler(({ input }) => service.start(input)),
    rejudge: os.rejudge.handler(({ input }) => service.rejudge(input)),
    analyse: os.analyse.handler(({ input }) => service.analyse(input)),
    versions: os.versions.handler(() => service.versions()),
  });
}
