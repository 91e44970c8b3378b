import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { OverviewSchema } from "../../../shared/schema/overview.ts";
import { computeHere } from "../../workers/compute/computeHere.ts";
import { createBaseModels } from "../base/baseModel.ts";
import { createDownloads } from "../base/downloads.ts";
import { createCompute } from "../compute/compute.ts";
import { createFileLayer } from "../files/fileLayer.ts";
import { createModelStore } from "../model/modelStore.ts";
import type { Platform } from "../platform.ts";
import { createRunService, type RunService } from "../run/runService.ts";
import { fromOutside } from "../settings/outside.ts";
import { testHeldout } from "../testing/heldout.ts";
import { tinySample } from "../testing/tinySample.ts";
import { initWorkspace, openWorkspace, type Workspace } from "../workspace/workspace.ts";
import { createComputeCache } from "./computeCache.ts";
import { createOverview } from "./overview.ts";

const root = path.resolve(import.meta.dirname, "../../..");
const files = createFileLayer();
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "namewright-overview-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const never = () => {
  throw new Error("an overview trains nothing");
};

/** Requests that reached the compute service. */
let asked = 0;
const compute = createCompute({
  files,
  here: (...request) => {
    asked += 1;
    return computeHere(...request);
  },
  launch: undefined,
});

function overviewOf(
  workspace: Workspace,
  runs: Pick<RunService, "list"> = createRunService({ files, runsFolder: workspace.paths.runs, kinds: [] }),
) {
  const platform: Platform = {
    name: "test",
    paths: {
      userData: path.join(folder, "user"),
      resources: path.join(root, "resources"),
      sample: tinySample,
      embeddedBase: path.join(root, "models", "tiny-mistral"),
    },
    secrets: { get: async () => null },
    ...fromOutside([]),
    launchWorker: never,
  };
  const bases = createBaseModels({
    files,
    platform,
    trainer: { run: never },
    downloads: createDownloads({ files, host: platform, now: () => new Date(0) }),
  });
  return createOverview({
    platform,
    files,
    workspace,
    compute,
    bases,
    models: createModelStore(files, workspace, bases),
    runs,
    looks: testHeldout(files, workspace).looks,
    cache: createComputeCache({
      files,
      workspace: workspace.folder,
      userData: platform.paths.userData,
      build: "this",
    }),
  });
}

it("shows the sample's complete loop with rows and interval of every figure", async () => {
  const overview = OverviewSchema.parse(await overviewOf(await openWorkspace(files, tinySample, true))());
  expect(overview.datasets.map(({ version, errors, leaks }) => [version, errors, leaks])).toEqual([
    ["v1", 0, 0],
    ["v2", 0, 0],
  ]);
  expect(overview.adapters.map(({ version, gatePassed }) => [version, gatePassed])).toEqual([
    ["v1", true],
    ["v2", true],
  ]);
  expect(overview.results.map(({ version }) => version)).toEqual(["base", "v1", "v2"]);
  for (const { headlines } of overview.results) {
    for (const { value, n, ci95, reason } of headlines) {
      expect(n).toBeGreaterThan(0);
      if (value === null || ci95 === null) expect(reason).not.toBeNull();
    }
  }
  expect(overview).toMatchObject({ sample: true, stale: [], unreadable: [], next: { kind: "copy-sample" } });
});

it("names stale parts after a dataset changed, and names a damaged model without failing", async () => {
  const { workspace } = await initWorkspace(files, path.join(folder, "shop"), { fromSample: tinySample });
  const overview = overviewOf(workspace);
  expect(await overview()).toMatchObject({ adapters: [], results: [], next: { label: "Train v1" } });
  await cp(path.join(tinySample, "models", "model_v1"), workspace.paths.model("v1"), { recursive: true });
  expect(await overview()).toMatchObject({ stale: [], next: { label: "Evaluate v1" } });
  const before = await files.readText(workspace.paths.dataset("v1"));
  await writeFile(workspace.paths.dataset("v1"), `${before}a repair shop for accordions,[]\n`);
  const after = await overview();
  expect(after.stale).toMatchObject([{ what: "adapter", version: "v1", code: "dataset-changed" }]);
  expect(after.next.label).toBe("Train v1 again");
  await writeFile(path.join(workspace.paths.model("v1"), "gate.json"), "{");
  expect((await overview()).unreadable).toMatchObject([{ what: "model_v1" }]);
});

it("makes an invalid dataset the next step and still shows the rest", async () => {
  const { workspace } = await initWorkspace(files, path.join(folder, "shop"), { fromSample: tinySample });
  await writeFile(workspace.paths.dataset("v1"), "only,columns\nof,others\n");
  const { datasets, next, testSet } = await overviewOf(workspace)();
  expect(datasets[0]?.errors).toBeGreaterThan(0);
  expect(testSet?.rows).toBeGreaterThan(0);
  expect(next.kind).toBe("fix-dataset");
});

it("returns the same from saved answers without asking a worker", async () => {
  const workspace = await openWorkspace(files, tinySample, true);
  const first = await overviewOf(workspace)();
  asked = 0;
  expect(await overviewOf(workspace)()).toEqual(first);
  expect(asked).toBe(0);
});

it("computes at most twice for 3,000 concurrent requests", async () => {
  const { workspace } = await initWorkspace(files, path.join(folder, "shop"), { fromSample: tinySample });
  let listings = 0;
  const overview = overviewOf(workspace, {
    async list() {
      listings += 1;
      return { runs: [], unreadable: [] };
    },
  });
  const all = await Promise.all(Array.from({ length: 3000 }, overview));
  expect(listings).toBe(2);
  expect(all.at(-1)?.name).toBe("shop");
});
