import { implement } from "@orpc/server";
import { trainingContract } from "../../shared/contract/training.ts";
import type { TrainingService } from "../services/training/trainingService.ts";

export function trainingRouter(service: TrainingService) {
  const os = implement(trainingContract);
  return os.router({
    start: os.start.handler(({ input }) => service.start(input)),
    ensure: os.ensure.handler(({ input }) => service.ensure(input)),
    replaces: os.replaces.handler(({ input }) => service.replaces(input)),
    versions: os.versions.handler(() => service.versions()),
    presets: os.presets.handler(() => service.presets()),
    plan: os.plan.handler(({ input }) => service.plan(input)),
    probe: os.probe.handler(({ input, signal }) => service.probe(input, signal)),
    curves: os.curves.handler(({ input }) => service.curves(input.ids, input.points)),
    diff: os.diff.handler(({ input }) => service.diff(input.one, input.other)),
  });
}
