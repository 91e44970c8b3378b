import path from "node:path";
import { lazily } from "./async/lazy.ts";
import type { FileLayer } from "./files/fileLayer.ts";
import type { Platform } from "./platform.ts";
import { withUserSettings } from "./settings/userSettings.ts";
import { describeWorkspace, initWorkspace, type Workspace } from "./workspace/workspace.ts";

/** The services of one open workspace. Each is loaded on first use. */
export type Services = ReturnType<typeof createServices>;

/** Creates the services, independent of the host. */
export function createServices({
  platform: host,
  files,
  workspace,
}: {
  platform: Platform;
  files: FileLayer;
  workspace: Workspace;
}) {
  const now = () => new Date();
  const platform = withUserSettings(host);
  let stopInference = () => {};
  let stopRuns = async () => {};
  let stopDatasets = async () => {};
  let stopCompute = () => {};

  const compute = lazily(async () => {
    const { createCompute } = await import("./compute/compute.ts");
    const service = createCompute({
      files,
      here: async (...asked) => (await import("../workers/compute/computeHere.ts")).computeHere(...asked),
      // In the terminal nothing else needs the event loop, and starting a worker takes longer than it saves.
      launch: platform.name === "terminal" ? undefined : () => platform.launchWorker("compute"),
    });
    stopCompute = () => service.close();
    return service;
  });

  const inference = lazily(async () => {
    const { createInference } = await import("./inference/createInference.ts");
    const service = createInference({
      launchWorker: () => platform.launchWorker("inference"),
      // Read each time, because the user may change the device while the program runs.
      gpu: () => (platform.setting("DEVICE") === "cpu" ? "none" : "auto"),
    });
    stopInference = () => service.stop();
    return service;
  });
  const trainer = lazily(async () => (await import("./trainer/trainer.ts")).createTrainer(platform));
  const downloads = lazily(async () =>
    (await import("./base/downloads.ts")).createDownloads({ files, host, now }),
  );
  const bases = lazily(async () =>
    (await import("./base/baseModel.ts")).createBaseModels({
      files,
      platform,
      trainer: await trainer(),
      downloads: await downloads(),
    }),
  );
  const models = lazily(async () =>
    (await import("./model/modelStore.ts")).createModelStore(files, workspace),
  );
  const lease = lazily(async () =>
    (await import("./lease/lease.ts")).createLease(files, platform.paths.userData),
  );
  const withAccelerator = lazily(async () =>
    (await import("./accelerator/withAccelerator.ts")).withLease(await lease()),
  );
  const dataset = lazily(async () => {
    const service = (await import("./dataset/datasetService.ts")).createDatasetService({
      files,
      workspace,
      compute: await compute(),
      rowTokens: async () =>
        (await import("./base/baseTokens.ts")).baseTokens({
          files,
          workspace,
          platform,
          bases: await bases(),
          inference,
        }),
      userData: platform.paths.userData,
      now,
    });
    stopDatasets = () => service.close();
    return service;
  });
  const modelSetting = async () => ({
    platform,
    files,
    workspace,
    compute: await compute(),
    inference: await inference(),
    trainer: await trainer(),
    bases: await bases(),
    models: await models(),
    withAccelerator: await withAccelerator(),
    now,
  });
  const augmentationSetting = async () => ({ platform, files, workspace, dataset: await dataset() });

  const runs = lazily(async () => {
    const { createRunService } = await import("./run/runService.ts");
    const { runKinds } = await import("./runKinds.ts");
    const kinds = await runKinds(await modelSetting(), await augmentationSetting(), await downloads());
    const service = createRunService({
      files,
      runsFolder: workspace.paths.runs,
      index: (await import("./run/runIndex.ts")).runIndexOf(workspace),
      kinds,
      now,
      exclusively: (purpose, body) => workspace.writing(purpose, body),
      kept: async (run) => (await import("./model/promotedRun.ts")).onlySourceOfModel(files, workspace, run),
      onRun: (notice) => platform.onRun?.({ workspace: workspace.folder, ...notice }),
    });
    stopRuns = () => service.stopAll();
    return service;
  });

  const heldout = lazily(async () =>
    (await import("./results/heldoutGuard.ts")).createHeldoutGuard({ files, workspace, now }),
  );
  const comparison = lazily(async () =>
    (await import("./comparison/comparisonService.ts")).createComparisonService({
      files,
      workspace,
      now,
      compute: await compute(),
      heldout: await heldout(),
    }),
  );

  const overview = lazily(async () => {
    const { createOverview } = await import("./overview/overview.ts");
    const { createAnswerMemory } = await import("./overview/computeCache.ts");
    const { userData } = platform.paths;
    const build = typeof __BUILD__ === "undefined" ? undefined : __BUILD__;
    const memory = createAnswerMemory({ files, workspace: workspace.folder, userData, build });
    return createOverview({
      platform,
      files,
      workspace,
      compute: await compute(),
      bases: await bases(),
      models: await models(),
      runs: await runs(),
      memory,
    });
  });

  return {
    platform,
    files,
    workspace,
    runs,
    dataset,
    workspaces: {
      info: () => describeWorkspace(files, workspace),
      overview: async () => (await overview())(),
      /** Repairs what an interrupted writer left. Returns what was done, one line each. */
      recover: async () => (await import("./recovery/recovery.ts")).recoverWorkspace(files, workspace),
      init: async (request: {
        folder: string;
        fromSample: boolean;
        name?: string | undefined;
        base?: string | undefined;
        preset?: string | undefined;
      }) => {
        const made = await initWorkspace(files, path.resolve(request.folder), {
          ...(request.name === undefined ? {} : { name: request.name }),
          ...(request.base === undefined ? {} : { base: request.base }),
          ...(request.preset === undefined ? {} : { preset: request.preset }),
          ...(request.fromSample ? { fromSample: platform.paths.sample } : {}),
        });
        return { workspace: made.workspace.folder, written: made.written };
      },
    },
    environment: lazily(async () =>
      (await import("./environment/environmentService.ts")).createEnvironmentService(host, files, platform),
    ),
    settings: lazily(async () =>
      (await import("./settings/settingsService.ts")).createSettingsService(host, files),
    ),
    base: lazily(async () =>
      (await import("./base/baseService.ts")).createBaseService({
        files,
        workspace,
        platform,
        bases: await bases(),
        downloads: await downloads(),
        runs: await runs(),
      }),
    ),
    playground: lazily(async () =>
      (await import("./playground/playgroundService.ts")).createPlaygroundService({
        ...(await modelSetting()),
        lease: await lease(),
      }),
    ),
    training: lazily(async () =>
      (await import("./training/trainingService.ts")).createTrainingService(
        await modelSetting(),
        await runs(),
      ),
    ),
    evaluation: lazily(async () => {
      const { createEvaluationService } = await import("./evaluation/evaluationService.ts");
      const { createEvaluationQueries } = await import("./evaluation/evaluationQueries.ts");
      const setting = await modelSetting();
      return {
        ...createEvaluationService(setting, await runs()),
        ...createEvaluationQueries(setting, await runs(), await compute(), await heldout()),
      };
    }),
    suggest: lazily(async () =>
      (await import("./playground/suggestService.ts")).createSuggestService(await modelSetting()),
    ),
    augmentation: lazily(async () =>
      (await import("./augmentation/augmentationService.ts")).createAugmentationService(
        await augmentationSetting(),
        await runs(),
      ),
    ),
    comparison,
    model: lazily(async () =>
      (await import("./model/modelService.ts")).createModelService(await modelSetting(), await runs()),
    ),
    report: lazily(async () =>
      (await import("./report/reportService.ts")).createReportService({
        platform,
        files,
        workspace,
        comparison: await comparison(),
      }),
    ),
    /** Stops this process's runs resumably, and its workers. */
    async close(): Promise<void> {
      await stopRuns();
      await stopDatasets();
      stopCompute();
      stopInference();
    },
  };
}
