import { lazy } from "@orpc/server";
import type { Services } from "../services/services.ts";

/** The whole contract bound to services. Each domain is loaded when it is first asked for. */
export function createRouter(services: Services) {
  return {
    environment: lazy(async () => ({
      default: (await import("./environment.ts")).environmentRouter(await services.environment()),
    })),
    workspace: lazy(async () => ({
      default: (await import("./workspace.ts")).workspaceRouter(services.workspaces),
    })),
    run: lazy(async () => ({ default: (await import("./run.ts")).runRouter(await services.runs()) })),
    dataset: lazy(async () => ({
      default: (await import("./dataset.ts")).datasetRouter(await services.dataset()),
    })),
    training: lazy(async () => ({
      default: (await import("./training.ts")).trainingRouter(await services.training()),
    })),
    inference: lazy(async () => ({
      default: (await import("./inference.ts")).inferenceRouter(
        await services.suggest(),
        await services.playground(),
      ),
    })),
    evaluation: lazy(async () => ({
      default: (await import("./evaluation.ts")).evaluationRouter(await services.evaluation()),
    })),
    augmentation: lazy(async () => ({
      default: (await import("./augmentation.ts")).augmentationRouter(await services.augmentation()),
    })),
    comparison: lazy(async () => ({
      default: (await import("./comparison.ts")).comparisonRouter(await services.comparison()),
    })),
    model: lazy(async () => ({ default: (await import("./model.ts")).modelRouter(await services.model()) })),
    base: lazy(async () => ({ default: (await import("./base.ts")).baseRouter(await services.base()) })),
    settings: lazy(async () => ({
      default: (await import("./settings.ts")).settingsRouter(await services.settings()),
    })),
    report: lazy(async () => ({
      default: (await import("./report.ts")).reportRouter(await services.report()),
    })),
  };
}
export type Router = ReturnType<typeof createRouter>;
