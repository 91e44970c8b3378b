import { appendFile, cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createFileLayer } from "../files/fileLayer.ts";
import { createModelStore } from "../model/modelStore.ts";
import { workspaceHashes } from "../model/workspaceHashes.ts";
import { testCompute } from "../testing/compute.ts";
import { testHeldout } from "../testing/heldout.ts";
import { tinySample } from "../testing/tinySample.ts";
import { openWorkspace } from "../workspace/workspace.ts";
import { type ComparisonService, createComparisonService } from "./comparisonService.ts";

const root = path.resolve(import.meta.dirname, "../../..");
const files = createFileLayer();
let folder: string;
let service: ComparisonService;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "namewright-stale-"));
  await cp(tinySample, folder, { recursive: true });
  const workspace = await openWorkspace(files, folder, false);
  const bases = { inspect: async () => ({ folder: null, gguf: null }), hashOf: async () => "" };
  const models = createModelStore(files, workspace, {
    merged: () => {
      throw new Error("nothing is merged here");
    },
  });
  const platform = {
    paths: {
      userData: path.join(folder, "user"),
      resources: path.join(root, "resources"),
      sample: tinySample,
      embeddedBase: path.join(root, "models", "tiny-mistral"),
    },
  };
  service = createComparisonService({
    files,
    workspace,
    compute: testCompute(files),
    ...testHeldout(files, workspace),
    hashes: (versions) => workspaceHashes({ platform, files, workspace, bases, models }, versions),
  });
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test("a version that was trained again after its evaluation can't be decided on", async () => {
  const before = await service.compare({ baseline: "v1", candidate: "v2" });
  expect(before.warnings.filter(({ code }) => code === "stale")).toEqual([]);
  const { revision } = await service.revision({ baseline: "v1", candidate: "v2" });

  await appendFile(path.join(folder, "models", "model_v1", "adapter.gguf"), "trained again");
  const after = await service.compare({ baseline: "v1", candidate: "v2" });
  const why = "The results of v1 come from an older adapter. v1 was retrained after the evaluation.";
  expect(after.decision).toBe("undecided");
  expect(after.reasons[0]).toBe(why);
  expect(after.warnings[0]).toEqual({ code: "stale", message: why });
  expect((await service.open("v1")).stale).toMatchObject([{ code: "adapter-changed" }]);
  expect((await service.revision({ baseline: "v1", candidate: "v2" })).revision).not.toBe(revision);

  // The same results by their path are the version's, so that a path avoids no check. A copy belongs to no version.
  const file = path.join(folder, "data", "model_v1-results.csv");
  const byPath = await service.compare({ baseline: file, candidate: "v2" });
  expect(byPath.reasons[0]).toBe(why);
  const copy = path.join(folder, "copy.csv");
  await cp(file, copy);
  const ofCopy = await service.compare({ baseline: copy, candidate: "v2" });
  expect(ofCopy.reasons).not.toContain(why);

  // Damaging the adapter as well hides nothing.
  await rm(path.join(folder, "models", "model_v1", "training.json"));
  const damaged = await service.compare({ baseline: "v1", candidate: "v2" });
  expect(damaged.decision).toBe("undecided");
  expect(damaged.reasons[0]).toBe("The adapter of these results (v1) was removed or can't be read.");
});
