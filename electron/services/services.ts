import path from "node:path";
import { lazy } from "./async/lazy.ts";
import { ProgressFeed } from "./async/progressFeed.ts";
import type { FileLayer } from "./files/fileLayer.ts";
import type { Platform } from "./platform.ts";
import { withUserSettings } from "./settings/userSettings.ts";
import { describeWorkspace, initWorkspace, type Workspace } from "./workspace/workspace.ts";

/** The services of one open workspace. Each is loaded on first use. */
export type Services = ReturnType<typeof createServices>;

/** What the services of a workspace share. */
interface ServiceContext {
  /** The host's platform, without the user's settings. */
  readonly host: Platform;
  readonly platform: Platform;
  readonly files: FileLayer;
  readonly workspace: Workspace;
  readonly now: () => Date;
  /** Shows what prepares a base: its download, conversion, hash and loading. */
  readonly progress: ProgressFeed;
  /** Ends what was started. Nothing is loaded only to be ended. */
  readonly closing: {
    runs(): Promise<void>;
    datasets(): Promise<void>;
    compute(): void;
    inference(): void;
  };
}

/** Creates the services that run something: workers, the trainer and the accelerator. */
function engineServices({ platform, files, closing, progress }: ServiceContext) {
  const compute = lazy(async () => {
    const { createCompute } = await import("./compute/compute.ts");
    const service = createCompute({
      files,
      here: async (...asked) => (await import("../workers/compute/computeHere.ts")).computeHere(...asked),
      // In the terminal nothing else needs the event loop, and starting a worker takes longer than it saves.
      launch: platform.name === "terminal" ? undefined : () => platform.launchWorker("compute"),
    });
    closing.compute = () => service.close();
    return service;
  });
  const inference = lazy(async () => {
    const { createInference } = await import("./inference/createInference.ts");
    const service = createInference({
      launchWorker: () => platform.launchWorker("inference"),
      // Read each time, because the user may change the device while the program runs.
      gpu: () => (platform.setting("DEVICE") === "cpu" ? "none" : "auto"),
      progress,
    });
    closing.inference = () => service.stop();
    return service;
  });
  const trainer = lazy(async () => (await import("./trainer/trainer.ts")).createTrainer(platform));
  const lease = lazy(async () =>
    (await import("./lease/lease.ts")).createLease(files, platform.paths.userData),
  );
  const withAccelerator = lazy(async () =>
    (await import("./accelerator/withAccelerator.ts")).withLease(await lease()),
  );
  return { compute, inference, trainer, lease, withAccelerator };
}

/** Creates the services over stored things: base models, adapters and datasets. */
function storeServices(
  { host, platform, files, workspace, now, closing, progress }: ServiceContext,
  { compute, inference, trainer }: ReturnType<typeof engineServices>,
) {
  const downloads = lazy(async () =>
    (await import("./base/downloads.ts")).createDownloads({ files, host, now }),
  );
  const bases = lazy(async () =>
    (await import("./base/baseModel.ts")).createBaseModels({
      files,
      platform,
      trainer: await trainer(),
      downloads: await downloads(),
      progress,
    }),
  );
  const models = lazy(async () =>
    (await import("./model/modelStore.ts")).createModelStore(files, workspace, await bases()),
  );
  const dataset = lazy(async () => {
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
    closing.datasets = () => service.close();
    return service;
  });
  return { downloads, bases, models, dataset };
}

/** Creates the services that count the looks at the held-out rows and replace these rows. */
function heldoutServices(
  { files, workspace, now }: ServiceContext,
  { compute }: ReturnType<typeof engineServices>,
) {
  const looks = lazy(async () =>
    (await import("./results/heldoutLooks.ts")).createHeldoutLooks({ files, workspace, now }),
  );
  const heldoutRows = lazy(async () =>
    (await import("./heldout/heldoutService.ts")).createHeldoutService({
      files,
      workspace,
      compute: await compute(),
      looks: await looks(),
      now,
    }),
  );
  return { looks, heldoutRows };
}

/** What `workspace init` asks for. */
interface InitRequest {
  readonly folder: string;
  readonly fromSample: boolean;
  readonly name?: string | undefined;
  readonly base?: string | undefined;
  readonly preset?: string | undefined;
}

/** Creates the services of workspaces themselves. */
function workspaceServices({ platform, files, workspace }: ServiceContext) {
  return {
    /** Repairs what an interrupted writer left. Returns what was done, one line each. */
    recover: async () => (await import("./recovery/recovery.ts")).recoverWorkspace(files, workspace),
    init: async ({ folder, fromSample, name, base, preset }: InitRequest) => {
      const made = await initWorkspace(files, path.resolve(folder), {
        ...(name === undefined ? {} : { name }),
        ...(base === undefined ? {} : { base }),
        ...(preset === undefined ? {} : { preset }),
        ...(fromSample ? { fromSample: platform.paths.sample } : {}),
      });
      return { workspace: made.workspace.folder, written: made.written };
    },
  };
}

/** Creates the services that compare versions and report on them. */
function resultServices(
  { platform, files, workspace }: ServiceContext,
  {
    compute,
    looks,
    bases,
    models,
  }: Pick<ReturnType<typeof coreServices>, "compute" | "looks" | "bases" | "models">,
) {
  const heldout = lazy(async () =>
    (await import("./results/heldoutGuard.ts")).createHeldoutGuard({ workspace, looks: await looks() }),
  );
  const hashes = async (versions: readonly string[]) => {
    const { workspaceHashes } = await import("./model/workspaceHashes.ts");
    const parts = { platform, files, workspace, bases: await bases(), models: await models() };
    return workspaceHashes(parts, versions);
  };
  const comparison = lazy(async () =>
    (await import("./comparison/comparisonService.ts")).createComparisonService({
      files,
      workspace,
      compute: await compute(),
      heldout: await heldout(),
      looks: await looks(),
      hashes,
    }),
  );
  const operatingPoint = lazy(async () =>
    (await import("./operatingPoint/operatingPointService.ts")).createOperatingPointService({
      files,
      workspace,
      compute: await compute(),
      hashes,
    }),
  );
  const report = lazy(async () =>
    (await import("./report/reportService.ts")).createReportService({
      platform,
      files,
      workspace,
      comparison: await comparison(),
    }),
  );
  const study = lazy(async () =>
    (await import("./study/studyService.ts")).createStudyService({
      files,
      workspace,
      compute: await compute(),
    }),
  );
  return { heldout, comparison, operatingPoint, report, study };
}

/** Creates the services that every other one depends on, and what they are made of. */
function coreServices(context: ServiceContext) {
  const { platform, files, workspace, now, closing } = context;
  const engines = engineServices(context);
  const stores = storeServices(context, engines);
  const used = heldoutServices(context, engines);
  const { compute, inference, trainer, withAccelerator } = engines;
  const { bases, models, dataset, downloads } = stores;
  const modelDependencies = async () => ({
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
  const augmentationDependencies = async () => ({ platform, files, workspace, dataset: await dataset() });

  const runs = lazy(async () => {
    const { createRunService } = await import("./run/runService.ts");
    const { runKinds } = await import("./runKinds.ts");
    const kinds = await runKinds(
      await modelDependencies(),
      await augmentationDependencies(),
      await downloads(),
    );
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
    closing.runs = () => service.stopAll();
    return service;
  });
  const overview = lazy(async () => {
    const { createOverview } = await import("./overview/overview.ts");
    const { createComputeCache } = await import("./overview/computeCache.ts");
    const { userData } = platform.paths;
    const build = typeof __BUILD__ === "undefined" ? undefined : __BUILD__;
    const cache = createComputeCache({ files, workspace: workspace.folder, userData, build });
    return createOverview({
      platform,
      files,
      workspace,
      compute: await compute(),
      bases: await bases(),
      models: await models(),
      runs: await runs(),
      looks: await used.looks(),
      cache,
    });
  });
  return { ...engines, ...stores, ...used, modelDependencies, augmentationDependencies, runs, overview };
}

/** Creates the services that train, generate, judge and promote. */
function featureServices(
  core: ReturnType<typeof coreServices>,
  heldout: ReturnType<typeof resultServices>["heldout"],
) {
  const { compute, lease, runs, modelDependencies, augmentationDependencies } = core;
  return {
    playground: lazy(async () =>
      (await import("./playground/playgroundService.ts")).createPlaygroundService({
        ...(await modelDependencies()),
        lease: await lease(),
      }),
    ),
    prompt: lazy(async () =>
      (await import("./playground/promptService.ts")).createPromptService({
        ...(await modelDependencies()),
        lease: await lease(),
      }),
    ),
    training: lazy(async () =>
      (await import("./training/trainingService.ts")).createTrainingService(
        await modelDependencies(),
        await runs(),
      ),
    ),
    rehearsal: lazy(async () =>
      (await import("./rehearsal/rehearsalService.ts")).createRehearsalService(
        await modelDependencies(),
        await runs(),
      ),
    ),
    adoption: lazy(async () =>
      (await import("./adoption/adoptionService.ts")).createAdoptionService(
        await modelDependencies(),
        await runs(),
      ),
    ),
    evaluation: lazy(async () => {
      const { createEvaluationService } = await import("./evaluation/evaluationService.ts");
      const { createEvaluationQueries } = await import("./evaluation/evaluationQueries.ts");
      const dependencies = await modelDependencies();
      return {
        ...createEvaluationService(dependencies, await runs()),
        ...createEvaluationQueries(dependencies, await runs(), await compute(), await heldout()),
      };
    }),
    suggest: lazy(async () =>
      (await import("./playground/suggestService.ts")).createSuggestService(await modelDependencies()),
    ),
    augmentation: lazy(async () =>
      (await import("./augmentation/augmentationService.ts")).createAugmentationService(
        await augmentationDependencies(),
        await runs(),
      ),
    ),
    model: lazy(async () =>
      (await import("./model/modelService.ts")).createModelService(await modelDependencies(), await runs()),
    ),
  };
}

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
  const closing: ServiceContext["closing"] = {
    runs: async () => {},
    datasets: async () => {},
    compute: () => {},
    inference: () => {},
  };
  const progress = new ProgressFeed();
  const context = { host, platform, files, workspace, now, closing, progress };
  const core = coreServices(context);
  const { dataset, runs, bases, downloads, overview, heldoutRows } = core;
  const { heldout, comparison, operatingPoint, report, study } = resultServices(context, core);

  return {
    platform,
    files,
    workspace,
    runs,
    dataset,
    comparison,
    operatingPoint,
    report,
    study,
    workspaces: {
      ...workspaceServices(context),
      info: async () => ({
        ...(await describeWorkspace(files, workspace)),
        // A damaged test set has its message where its rows are shown.
        looks: await (await heldoutRows()).status().catch(() => null),
      }),
      overview: async () => (await overview())(),
    },
    heldoutRows,
    environment: lazy(async () =>
      (await import("./environment/environmentService.ts")).createEnvironmentService(host, files, platform),
    ),
    settings: lazy(async () =>
      (await import("./settings/settingsService.ts")).createSettingsService(host, files),
    ),
    base: lazy(async () =>
      (await import("./base/baseService.ts")).createBaseService({
        files,
        workspace,
        platform,
        bases: await bases(),
        downloads: await downloads(),
        runs: await runs(),
        progress,
      }),
    ),
    ...featureServices(core, heldout),
    /** Stops this process's runs resumably, and its workers. */
    async close(): Promise<void> {
      await closing.runs();
      await closing.datasets();
      closing.compute();
      closing.inference();
    },
  };
}
