import { cp, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Failure } from "../../../shared/domain/failure.ts";
import { withOverrides } from "../../../shared/domain/training/overrides.ts";
import { PRESETS } from "../../../shared/domain/training/presets.ts";
import { AdoptionRecordSchema, type AdoptionSpec } from "../../../shared/schema/adoption.ts";
import { GateResultSchema } from "../../../shared/schema/parity.ts";
import { createFileLayer } from "../files/fileLayer.ts";
import { trainedPrompt } from "../model/modelPrompt.ts";
import { isTrained } from "../model/modelRecord.ts";
import { createModelStore, type ModelStore } from "../model/modelStore.ts";
import { createRunService } from "../run/runService.ts";
import { tinySample } from "../testing/tinySample.ts";
import type { Trainer } from "../trainer/trainer.ts";
import { initWorkspace, type Workspace } from "../workspace/workspace.ts";
import { adoptionKind } from "./adoptionKind.ts";

const sample = path.join(tinySample, "models", "model_v1");
const files = createFileLayer();
let folder: string;
let workspace: Workspace;
let models: ModelStore;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "namewright adoption "));
  ({ workspace } = await initWorkspace(files, path.join(folder, "space"), {}));
  models = createModelStore(files, workspace, { merged: async () => "merged.gguf" });
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const { parity, precision, attention, adapterGguf, device, threads } = withOverrides(PRESETS.embedded, {});
const spec: AdoptionSpec = {
  version: "v3",
  folder: "/elsewhere/names",
  inputs: { config: "c", weights: "w", base: "b", prompt: "p" },
  prompt: "short",
  settings: { parity, precision, attention, adapterGguf, device, threads },
};
const unused = () => {
  throw new Error("not needed for a PEFT folder");
};
const found = { config: "c", weights: "w", namedBase: "a-base", ranks: [16], modules: 28 };

/** Creates runs with a trainer that leaves the sample's adapter, and with a gate that can fail once. */
function runsWith({ weights = "w", gateFails = false, texts = ["A bakery"] } = {}) {
  const specs: unknown[] = [];
  let failing = gateFails;
  const trainer: Trainer = {
    async run(words, { onEvent, schema }) {
      expect(words.filter((_, at) => at !== 2)).toEqual(["adopt", "--spec", "--watch-stdin"]);
      const document = JSON.parse(await readFile(words[2] ?? "", "utf8"));
      specs.push(document);
      for (const name of ["adapter", "adapter.gguf"])
        await cp(path.join(sample, name), path.join(document.outDir, name), { recursive: true });
      const common = { kind: "done", elapsedSeconds: 1, ...found, weights, rslora: false, dora: false };
      onEvent(schema.parse({ ...common, device: "cpu", packages: { peft: "1" } }));
    },
  };
  const kind = adoptionKind({
    files,
    trainer,
    withAccelerator: (_context, body) => body(),
    inference: { lendAccelerator: (body) => body(), generateRows: unused },
    bases: { merged: unused },
    openBase: async () => ({ name: "tiny", folder: "base", gguf: "base.gguf", hash: "b" }),
    prompt: async (name) => ({ template: `${name}: {description}`, hash: "p" }),
    texts: async () => ({ source: "validation", descriptions: texts }),
    device: async () => ({ gpu: null }),
    gate: async (_base, _version, context) => {
      const gate = GateResultSchema.parse(JSON.parse(await readFile(path.join(sample, "gate.json"), "utf8")));
      await files.writeAtomic(
        path.join(context.folder, "gate.json"),
        JSON.stringify({ ...gate, passed: !failing }),
      );
      if (failing) {
        failing = false;
        throw new Failure("check-failed", "the parity gate failed");
      }
      return gate;
    },
    promote: (version, runFolder) => models.promote(version, runFolder),
  });
  return { runs: createRunService({ files, runsFolder: workspace.paths.runs, kinds: [kind] }), specs };
}

describe("an adoption", () => {
  it("promotes the adapter with a record of where it came from, and no figures of a training", async () => {
    const { runs, specs } = runsWith();
    const { run, result } = await runs.start("adoption", spec);
    expect(run.title).toBe("adopt names as v3");
    const adopted = { folder: "names", ...found, rslora: false, dora: false };
    expect(await result).toMatchObject({ version: "v3", adopted, parity: { passed: true } });
    expect(specs).toMatchObject([
      {
        ...{ adapterDir: "/elsewhere/names", descriptions: ["A bakery"], source: "validation" },
        promptTemplate: "short: {description}",
      },
    ]);
    expect((await readdir(workspace.paths.model("v3"))).sort()).toEqual([
      ...["adapter", "adapter.gguf", "adoption.json", "gate.json"],
    ]);
    const { record } = await models.open("v3");
    expect(isTrained(record)).toBe(false);
    const prompt = { name: "short", hash: "p" };
    expect(AdoptionRecordSchema.parse(record)).toMatchObject({
      adopted,
      baseHash: "b",
      prompt,
      datasetHash: null,
    });
    expect(trainedPrompt(record)).toEqual(prompt);
    expect(JSON.stringify(record)).not.toContain("/elsewhere");
  });

  it("asks for no texts of the workspace when there are none", async () => {
    const { runs, specs } = runsWith({ texts: [] });
    await (await runs.start("adoption", spec)).result;
    expect(specs[0]).not.toHaveProperty("descriptions");
  });

  it("refuses files that changed after the start", async () => {
    const { runs } = runsWith({ weights: "other" });
    const { result } = await runs.start("adoption", spec);
    await expect(result).rejects.toMatchObject({
      message: "the weights changed after this adoption started",
    });
    expect(await files.exists(workspace.paths.model("v3"))).toBe(false);
  });

  it("doesn't promote after a failed gate, and resumes at the gate", async () => {
    const { runs, specs } = runsWith({ gateFails: true });
    const { run, result } = await runs.start("adoption", spec);
    await expect(result).rejects.toMatchObject({ code: "check-failed" });
    expect(await files.exists(workspace.paths.model("v3"))).toBe(false);
    await (await runs.resume(run.id)).result;
    expect(specs).toHaveLength(1);
    expect((await models.open("v3")).gate?.passed).toBe(true);
  });
});
