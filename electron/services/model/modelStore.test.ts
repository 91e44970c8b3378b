import { appendFile, cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { GateResultSchema } from "../../../shared/schema/parity.ts";
import { createFileLayer } from "../files/fileLayer.ts";
import { sha256OfFile } from "../hashing/hashing.ts";
import { tinySample } from "../testing/tinySample.ts";
import { initWorkspace } from "../workspace/workspace.ts";
import { createModelStore, type ModelStore } from "./modelStore.ts";

const files = createFileLayer();
let folder: string;
let run: string;
let models: ModelStore;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "namewright models "));
  const { workspace } = await initWorkspace(files, path.join(folder, "space"), {});
  run = path.join(workspace.paths.runs, "a-training");
  await cp(path.join(tinySample, "models", "model_v1"), run, { recursive: true });
  models = createModelStore(files, workspace, {
    merged: async (_base, adapter) => `${adapter.hash}.gguf`,
  });
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const readGate = async (at: string) =>
  GateResultSchema.parse(JSON.parse(await readFile(path.join(at, "gate.json"), "utf8")));

async function failGate(): Promise<void> {
  const gate = { ...(await readGate(run)), passed: false, reasons: ["the engines differ by 2 nats"] };
  await writeFile(path.join(run, "gate.json"), JSON.stringify(gate));
}

const base = { name: "tiny", folder: "base", gguf: "base.gguf", hash: "b" };
const signal = new AbortController().signal;

describe("the engine's model", () => {
  it("is the base with the adapter", async () => {
    const model = await models.promote("v1", run);
    const file = path.join(model, "adapter.gguf");
    expect(await models.engineModel(base, "v1", signal)).toEqual({
      gguf: "base.gguf",
      adapter: { id: (await models.open("v1")).adapterHash, path: file, scale: 1 },
    });
    expect(await models.engineModel(base, "base", signal)).toEqual({ gguf: "base.gguf", adapter: null });
  });

  it("is a merged file for a version trained with DoRA", async () => {
    await rm(path.join(run, "adapter.gguf"));
    const config = path.join(run, "adapter", "adapter_config.json");
    await expect(models.promote("v1", run)).rejects.toMatchObject({
      message: expect.stringContaining("has no adapter.gguf"),
    });
    await writeFile(
      config,
      JSON.stringify({ ...JSON.parse(await readFile(config, "utf8")), use_dora: true }),
    );
    const model = await models.promote("v1", run);
    expect((await readdir(model)).sort()).toEqual(["adapter", "gate.json", "training.json"]);
    const hash = await sha256OfFile(path.join(model, "adapter", "adapter_model.safetensors"));
    expect(await models.open("v1")).toMatchObject({ adapterGguf: null, adapterHash: hash });
    expect(await models.engineModel(base, "v1", signal)).toEqual({ gguf: `${hash}.gguf`, adapter: null });
    // Without its configuration, the folder holds no adapter that could run.
    await writeFile(path.join(model, "adapter", "adapter_config.json"), "{");
    await expect(models.open("v1")).rejects.toMatchObject({ code: "missing" });
  });
});

describe("promoting a run", () => {
  it("whose gate failed needs a reason, which the model keeps", async () => {
    await failGate();
    await expect(models.promote("v1", run)).rejects.toMatchObject({
      code: "check-failed",
      message: expect.stringContaining("the engines differ by 2 nats"),
      hint: expect.stringContaining("--gate-failed"),
    });
    expect(await readdir(path.join(folder, "space", "models"))).toEqual([]);
    const model = await models.promote("v1", run, "to look at its names");
    expect(await readGate(model)).toMatchObject({ passed: false, promotedBecause: "to look at its names" });
    expect((await models.open("v1")).gate?.passed).toBe(false);
  });

  it("that adopted a merged model fails when only the version has the model", async () => {
    const adoption = {
      schemaVersion: 1,
      gate: "none",
      adopted: { form: "merged-gguf", file: "names.gguf", sha256: "s" },
      spec: { base: { name: "tiny" }, promptTemplate: "{description}", datasetName: null },
      baseHash: "b",
      datasetHash: null,
    };
    const adopted = path.join(folder, "space", "runs", "an-adoption");
    await mkdir(adopted);
    await writeFile(path.join(adopted, "adoption.json"), JSON.stringify(adoption));
    const model = path.join(adopted, "model.gguf");
    await writeFile(model, "merged");
    expect((await readdir(await models.promote("v3", adopted))).sort()).toEqual([
      "adoption.json",
      "model.gguf",
    ]);
    await rm(model);
    await expect(models.promote("v3", adopted)).rejects.toMatchObject({
      message: expect.stringContaining("has no model.gguf: only the adopted version has it"),
      hint: expect.stringContaining("adopt the source file again"),
    });
    expect(await models.open("v3")).toMatchObject({ adapterGguf: null });
  });

  it("whose gate passed takes no reason", async () => {
    await expect(models.promote("v1", run, "why not")).rejects.toMatchObject({ code: "bad-value" });
    expect(await readGate(await models.promote("v1", run))).not.toHaveProperty("promotedBecause");
  });
});

describe("a replaced model", () => {
  it("is kept when no run has its adapter, and can be promoted by its name", async () => {
    const first = await models.promote("v1", run);
    const file = path.join(run, "adapter.gguf");
    const before = (await models.open("v1")).adapterHash;
    const name = await models.restorable("v1");
    expect(name).toBe(`model_v1-${before.slice(0, 12)}`);
    // The run now has another adapter, as after a training again with its old run removed.
    await appendFile(file, "trained again");
    await models.promote("v1", run);
    expect((await models.open("v1")).adapterHash).not.toBe(before);
    const kept = path.join(folder, "space", "models", "replaced", name ?? "");
    expect((await readdir(kept)).sort()).toEqual((await readdir(first)).sort());
    await models.promote("v1", kept);
    expect((await models.open("v1")).adapterHash).toBe(before);
  });
});
