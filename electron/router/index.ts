import { lazy } from "@orpc/server";
import type { Services } from "../services/services.ts";

/**
 * Returns a domain's router that loads on first use. The router is copied, because `implement` wraps it in a proxy in
 * which oRPC's matcher can't find a lazily loaded procedure (1.16.1).
 */
function domain<DomainRouter extends object>(load: () => Promise<DomainRouter>) {
  return lazy(async () => ({ default: { ...(await load()) } }));
}

/** Binds the whole contract to services. */
export function createRouter(services: Services) {
  return {
    environment: domain(async () =>
      (await import("./environment.ts")).environmentRouter(await services.environment()),
    ),
    workspace: domain(async () => (await import("./workspace.ts")).workspaceRouter(services.workspaces)),
    run: domain(async () => (await import("./run.ts")).runRouter(await services.runs())),
    dataset: domain(async () => (await import("./dataset.ts")).datasetRouter(await services.dataset())),
    training: domain(async () => (await import("./training.ts")).trainingRouter(await services.training())),
    rehearsal: domain(async () =>
      (await import("./rehearsal.ts")).rehearsalRouter(await services.rehearsal()),
    ),
    adoption: domain(async () => (await import("./adoption.ts")).adoptionRouter(await services.adoption())),
    playground: domain(async () =>
      (await import("./playground.ts")).playgroundRouter(
        await services.suggest(),
        await services.playground(),
      ),
    ),
    prompt: domain(async () => (await import("./prompt.ts")).promptRouter(await services.prompt())),
    evaluation: domain(async () =>
      (await import("./evaluation.ts")).evaluationRouter(await services.evaluation()),
    ),
    augmentation: domain(async () =>
      (await import("./augmentation.ts")).augmentationRouter(await services.augmentation()),
    ),
    heldout: domain(async () => (await import("./heldout.ts")).heldoutRouter(await services.heldoutRows())),
    comparison: domain(async () =>
      (await import("./comparison.ts")).comparisonRouter(await services.comparison()),
    ),
    study: domain(async () => (await import("./study.ts")).studyRouter(await services.study())),
    operatingPoint: domain(async () =>
      (await import("./operatingPoint.ts")).operatingPointRouter(await services.operatingPoint()),
    ),
    model: domain(async () => (await import("./model.ts")).modelRouter(await services.model())),
    base: domain(async () => (await import("./base.ts")).baseRouter(await services.base())),
    settings: domain(async () => (await import("./settings.ts")).settingsRouter(await services.settings())),
    report: domain(async () => (await import("./report.ts")).reportRouter(await services.report())),
  };
}
export type Router = ReturnType<typeof createRouter>;
