import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type ExportedThreshold, ExportedThresholdSchema } from "../../../shared/schema/operatingPoint.ts";
import { createFileLayer } from "../files/fileLayer.ts";
import { tinySample } from "../testing/tinySample.ts";
import { initWorkspace, type Workspace } from "../workspace/workspace.ts";
import { createModelService } from "./modelService.ts";
import { createModelStore } from "./modelStore.ts";

const files = createFileLayer();
let folder: string;
let workspace: Workspace;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "export-"));
  workspace = (await initWorkspace(files, path.join(folder, "space"), { fromSample: tinySample })).workspace;
  await files.copy(path.join(tinySample, "models", "model_v2"), workspace.paths.model("v2"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

type Form = "adapter" | "lora-gguf" | "merged-gguf";
const out = (as: Form) => path.join(folder, `out-${as}`);

/** Exports v2. With DoRA, its engine model is one merged file, so that nothing has to be merged here. */
async function exported(as: Form): Promise<string[]> {
  const merged = path.join(folder, "merged.gguf");
  await files.writeAtomic(merged, "GGUF");
  const store = createModelStore(files, workspace, { merged: () => Promise.reject(new Error()) });
  const models = {
    ...store,
    open: async (version: string) => {
      const model = await store.open(version);
      return as === "merged-gguf" ? { ...model, adapterGguf: null } : model;
    },
    engineModel: async () => ({ gguf: merged, adapter: null }),
  };
  const setting = {
    files,
    workspace,
    models,
    platform: { paths: { userData: path.join(folder, "user") } },
    bases: { open: async () => ({}) },
  };
  const request = { version: "v2", as, out: out(as) };
  const service = createModelService(setting as never, {} as never);
  return (await service.export(request, new AbortController().signal)).written;
}

const thresholdOf = async (as: Form): Promise<ExportedThreshold> =>
  ExportedThresholdSchema.parse(JSON.parse(await files.readText(`${out(as)}.operating-point.json`)));

const forms = ["adapter", "lora-gguf", "merged-gguf"] as const;

test.each(forms)("%s has the version's operating point beside it", async (as) => {
  const point = {
    threshold: 0.12,
    costs: { falseNegative: 5, falsePositive: 1 },
    harmfulShare: 0.3,
    chosenOn: { runId: "a run", results: "a hash" },
  };
  workspace.config.operatingPoints = { v2: point };
  expect(await exported(as)).toEqual([out(as), `${out(as)}.operating-point.json`]);
  expect(await thresholdOf(as)).toMatchObject({ version: "v2", from: "version", ...point });
  expect((await thresholdOf(as)).refusal).toContain("A refusal is an empty answer");
});

test("a version that refuses by the workspace's threshold has that one beside it", async () => {
  workspace.config.refusalThreshold = 0.25;
  await exported("lora-gguf");
  const { refusal: _, ...found } = await thresholdOf("lora-gguf");
  expect(found).toEqual({ version: "v2", threshold: 0.25, from: "workspace" });
});

test("nothing is beside a version without a threshold", async () => {
  expect(await exported("adapter")).toEqual([out("adapter")]);
});

test("a file in the place of the threshold is not overwritten, and nothing is exported", async () => {
  workspace.config.refusalThreshold = 0.25;
  const file = `${out("adapter")}.operating-point.json`;
  await files.writeAtomic(file, "mine");
  await expect(exported("adapter")).rejects.toMatchObject({ code: "bad-value" });
  expect([await files.readText(file), await files.exists(out("adapter"))]).toEqual(["mine", false]);
});
