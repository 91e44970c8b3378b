import { cp, mkdir, mkdtemp, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createRouterClient } from "@orpc/server";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createFileLayer } from "../services/files/fileLayer.ts";
import { createServices, type Services } from "../services/services.ts";
import { environmentSource, fromOutside } from "../services/settings/outside.ts";
import { type HubServer, startHubServer } from "../services/testing/hubServer.ts";
import { tinySample } from "../services/testing/tinySample.ts";
import { initWorkspace, openWorkspace } from "../services/workspace/workspace.ts";
import { createRouter } from "./index.ts";

const root = path.resolve(import.meta.dirname, "../..");
const embeddedBase = path.join(root, "models", "tiny-mistral");
const files = createFileLayer();
const id = "someone/tiny";
const token = "hf_for_the_hub_only";
let folder: string;
let services: Services;
let hub: HubServer;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "bases-"));
  const names = [
    "config.json",
    "tokenizer.json",
    "tokenizer.model",
    "tokenizer_config.json",
    "model.safetensors",
  ];
  const contents = await Promise.all(names.map((name) => readFile(path.join(embeddedBase, name))));
  hub = await startHubServer({
    id,
    files: Object.fromEntries(names.map((name, at) => [name, contents[at] ?? ""])),
    large: ["model.safetensors"],
    token,
  });
  const workspace = path.join(folder, "workspace");
  await initWorkspace(files, workspace, {});
  services = createServices({
    platform: {
      name: "test",
      paths: {
        userData: path.join(folder, "user"),
        resources: path.join(root, "resources"),
        sample: tinySample,
        embeddedBase,
      },
      secrets: { get: async () => token, bound: async () => ({ value: token, origin: hub.endpoint }) },
      ...fromOutside([environmentSource({ HF_ENDPOINT: hub.endpoint })]),
      launchWorker: () => {
        throw new Error("no worker is needed");
      },
    },
    files,
    workspace: await openWorkspace(files, workspace, false),
  });
});
afterEach(async () => {
  await services.close();
  await hub.stop();
  await rm(folder, { recursive: true });
});

const client = () => createRouterClient(createRouter(services), { context: {} });
const configOnDisk = async () =>
  JSON.parse(await readFile(path.join(folder, "workspace", "namewright.json"), "utf8"));

async function ended(runId: string): Promise<void> {
  for await (const _ of await client().run.watch({ id: runId, from: 0 }));
}

describe("checking", () => {
  it("reports a folder's architecture, tokenizer and sizes", async () => {
    const check = await client().base.check({ path: embeddedBase });
    expect(check).toMatchObject({
      kind: "folder",
      architecture: "MistralForCausalLM",
      tokenizer: "BPE",
      problems: [],
    });
    const { size } = await import("node:fs").then(({ statSync }) =>
      statSync(path.join(embeddedBase, "model.safetensors")),
    );
    expect(check.bytes).toBe(size);
    expect(check.ggufs.map(({ weights }) => weights)).toEqual(["F16"]);
  });

  it("reports a GGUF's, with the parameter count of its source folder", async () => {
    const gguf = await client().base.check({ path: path.join(embeddedBase, "model-f16.gguf") });
    expect(gguf).toMatchObject({ kind: "gguf", architecture: "llama", problems: [], weights: "F16" });
    expect(gguf.parameters).toBe((await client().base.check({ path: embeddedBase })).parameters);
  });

  it("lists the problems of a folder", async () => {
    const copy = path.join(folder, "copy");
    await mkdir(copy);
    const problems = async () => (await client().base.check({ path: copy })).problems.join("; ");
    expect(await problems()).toContain("empty");
    await writeFile(path.join(copy, "config.json"), '{"architectures": ["GPT2LMHeadModel"]}');
    await writeFile(path.join(copy, "pytorch_model.bin"), "x");
    expect(await problems()).toMatch(/GPT2LMHeadModel.*pickle.*no tokenizer/);
    await cp(path.join(embeddedBase, "config.json"), path.join(copy, "config.json"));
    const index = { weight_map: { a: "model-1.safetensors" } };
    await writeFile(path.join(copy, "model.safetensors.index.json"), JSON.stringify(index));
    await writeFile(
      path.join(copy, "tokenizer.json"),
      '{"model": {"vocab": {"<s>": 1, "</s>": 2}}, "added_tokens": []}',
    );
    const said = (tokenizer: string) => `model-1.safetensors is missing; ${tokenizer}`;
    expect(await problems()).toBe(
      said("it has no tokenizer.model, and its tokenizer.json is not a byte-level BPE known to llama.cpp"),
    );
    await cp(path.join(embeddedBase, "tokenizer.model"), path.join(copy, "tokenizer.model"));
    expect(await problems()).toBe(said("its tokenizer has no [INST], [/INST]"));
  });

  it("lists the problems of a GGUF", async () => {
    const copy = path.join(folder, "cut.gguf");
    await cp(path.join(embeddedBase, "model-f16.gguf"), copy);
    await truncate(copy, 100_000);
    expect((await client().base.check({ path: copy })).problems).toHaveLength(1);
    const adapter = path.join(tinySample, "models", "model_v1", "adapter.gguf");
    expect((await client().base.check({ path: adapter })).problems.join()).toContain("not a model");
  });
});

describe("choosing", () => {
  it("writes namewright.json, and the open workspace sees it", async () => {
    const copy = path.join(folder, "my-base");
    await cp(embeddedBase, copy, { recursive: true });
    const gguf = path.join(copy, "model-f16.gguf");
    const list = await client().base.choose({ base: copy, baseGguf: gguf });
    expect(list).toMatchObject({ chosen: { base: copy, baseGguf: gguf }, problem: null });
    expect(list.bases.map(({ source, chosen }) => [source, chosen])).toEqual([
      ["embedded", false],
      ["folder", true],
    ]);
    expect(await configOnDisk()).toMatchObject({ base: copy, baseGguf: gguf, preset: "mistral-7b" });
    expect((await client().workspace.info()).config.base).toBe(copy);
    await client().base.choose({ base: "embedded" });
    expect(await configOnDisk()).toMatchObject({ base: "embedded", baseGguf: null, preset: "embedded" });
  });

  it("refuses an unusable base and changes nothing", async () => {
    const before = await configOnDisk();
    const adapter = path.join(tinySample, "models", "model_v1", "adapter.gguf");
    for (const choice of [{ base: folder }, { base: "./nowhere" }, { base: "embedded", baseGguf: adapter }]) {
      await expect(client().base.choose(choice)).rejects.toMatchObject({
        code: expect.stringMatching(/bad-value|missing/),
      });
    }
    expect(await configOnDisk()).toEqual(before);
  });
});

describe("a download", () => {
  it("is a run whose result is a base", async () => {
    await client().base.choose({ base: id });
    expect(await client().base.list()).toMatchObject({ problem: `${id} isn't on this machine yet` });
    const run = await client().base.download({ id });
    await ended(run.id);
    const shown = await client().run.show({ id: run.id });
    expect(shown.run).toMatchObject({ status: "succeeded", kind: "download" });
    expect(shown.run.progress).toMatchObject({ unit: "bytes", done: shown.run.progress?.total });
    const list = await client().base.list();
    expect(list.problem).toBeNull();
    expect(list.bases.find(({ chosen }) => chosen)).toMatchObject({
      source: "downloaded",
      value: id,
      check: { name: id, problems: [] },
    });
    await expect(client().base.remove({ id })).rejects.toMatchObject({ code: "bad-value" });
    await client().base.choose({ base: "embedded" });
    expect((await client().base.remove({ id })).bases.map(({ value }) => value)).toEqual(["embedded"]);
  });

  it("doesn't start twice concurrently, and can be cancelled", async () => {
    hub.script.push(null, null, (_request, response) => void response.writeHead(200).flushHeaders());
    const run = await client().base.download({ id });
    await expect(client().base.download({ id })).rejects.toMatchObject({
      message: expect.stringContaining(run.id),
    });
    await client().run.cancel({ id: run.id });
    await ended(run.id);
    expect((await client().run.show({ id: run.id })).run.status).toBe("cancelled");
  });

  it("resumes at its original commit, and its records contain no token", async () => {
    hub.script.push(null, null, (_request, response) => void response.writeHead(403).end());
    const run = await client().base.download({ id });
    await ended(run.id);
    expect((await client().run.show({ id: run.id })).run).toMatchObject({
      status: "failed",
      failure: { code: "service-refused" },
    });
    hub.requests.length = 0;
    await client().run.resume({ id: run.id });
    await ended(run.id);
    expect((await client().run.show({ id: run.id })).run.status).toBe("succeeded");
    const { revision } = (await client().run.show({ id: run.id })).result as { revision: string };
    expect(hub.requests[0]?.path).toContain(`/revision/${revision}`);
    const { readdirSync, readFileSync, statSync } = await import("node:fs");
    for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
      const file = path.join(folder, name);
      if (statSync(file).isFile()) expect(readFileSync(file, "latin1")).not.toContain(token);
    }
  });
});
