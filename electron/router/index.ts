import { lazy } from "@orpc/server";
import type { Services } from "../services/services.ts";

/**
 * A domain's router, loaded when it is first asked for. Copied, since `implement` hides the contract in a proxy around
 * it, by which oRPC's matcher looks for a lazily loaded procedure at the wrong place (1.16.1).
 */
function domain<DomainRouter extends object>(load: () => Promise<DomainRouter>) {
  return lazy(async () => ({ default: { ...(await load()) } }));
}

/** The whole contract bound to services. */
export function createRouter(services: Services) {
  return {
    environment: domain(async () =>
      (await import("./environment.ts")).environmentRouter(await services.environment()),
    ),
    workspace: domain(async () => (await import("./workspace.ts")).workspaceRouter(services.workspaces)),
    run: domain(async () => (await import("./run.ts")).runRouter(await services.runs())),
    dataset: domain(async () => (await import("./dataset.ts")).datasetRouter(await services.dataset())),
    training: domain(async () => (await import("./training.ts")).trainingRouter(await services.training())),
    playground: domain(async () =>
      (await import("./playground.ts")).playgroundRouter(
        await services.suggest(),
        await services.playground(),
      ),
    ),
    evaluation: domain(async () =>
      (await import("./evaluation.ts")).evaluationRouter(await services.evaluation()),
    ),
    augmentation: domain(async () =>
      (await import("./augmentation.ts")).augmentationRouter(await services.augmentation()),
    ),
    comparison: domain(async () =>
      (await import("./comparison.ts")).comparisonRouter(await services.comparison()),
    ),
    model: domain(async () => (await import("./model.ts")).modelRouter(await services.model())),
    base: domain(async () => (await import("./base.ts")).baseRouter(await services.base())),
    settings: domain(async () => (await import("./settings.ts")).settingsRouter(await services.settings())),
    report: domain(async () => (await import("./report.ts")).reportRouter(await services.report())),
  };
}
export type Router = ReturnType<typeof createRouter>;
