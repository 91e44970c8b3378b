import { execFile } from "node:child_process";
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { createRouterClient } from "@orpc/server";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { AdoptionResultSchema } from "../../shared/schema/adoption.ts";
import { ParityReferenceSchema } from "../../shared/schema/parity.ts";
import { ggufBytes } from "../../shared/testing/ggufFile.ts";
import { currentEnvironment } from "../services/environment/folders.mjs";
import { createFileLayer } from "../services/files/fileLayer.ts";
import { sha256OfFile } from "../services/hashing/hashing.ts";
import type { Services } from "../services/services.ts";
import { makeUserData } from "../services/testing/userData.ts";
import { initWorkspace, type Workspace } from "../services/workspace/workspace.ts";
import { createRouter } from "./index.ts";

const root = path.resolve(import.meta.dirname, "../..");
const embeddedBase = path.join(root, "models", "tiny-mistral");
const files = createFileLayer();
let folder: string;
let workspace: Workspace;
let services: Services;

/** PEFT's own adapters: one for the embedded base, and one for a base of another width. */
const script = `
import sys, torch
from peft import LoraConfig, get_peft_model
from transformers import AutoModelForCausalLM, MistralConfig, MistralForCausalLM
base, out = sys.argv[1:]
torch.manual_seed(1)
wide = MistralConfig(vocab_size=64, hidden_size=32, intermediate_size=48, num_hidden_layers=4,
                     num_attention_heads=4, num_key_value_heads=2)
for name, model in (("own", AutoModelForCausalLM.from_pretrained(base)), ("other", MistralForCausalLM(wide))):
    config = LoraConfig(r=4, lora_alpha=4, use_rslora=True, init_lora_weights="gaussian",
                        rank_pattern={"down_proj": 8}, alpha_pattern={"layers.1.self_attn.q_proj": 9},
                        target_modules=["q_proj", "k_proj", "v_proj", "down_proj"])
    adapted = get_peft_model(model, config)
    with torch.no_grad():
        for key, weight in adapted.named_parameters():
            if "lora_B" in key: weight.normal_(0, 0.02)
    adapted.save_pretrained(out + "/" + name)
`;

import { realServices } from "../services/testing/realServices.ts";
import { tinySample } from "../services/testing/tinySample.ts";

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "namewright adopt "));
  const userData = path.join(folder, "data");
  await makeUserData(userData);
  ({ workspace } = await initWorkspace(files, path.join(folder, "shop"), { fromSample: tinySample }));
  const python = currentEnvironment(userData, path.join(root, "resources", "requirements.txt"))?.python ?? "";
  await promisify(execFile)(python, ["-c", script, embeddedBase, folder], {
    env: { ...process.env, OMP_NUM_THREADS: "1", HF_HUB_OFFLINE: "1" },
  });
  services = realServices(files, userData, workspace);
}, 120_000);
afterAll(async () => {
  try {
    await services.close();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

const client = () => createRouterClient(createRouter(services), { context: {} });

async function ended(source: string, version: string, prompt?: string) {
  const { id } = await client().adoption.start({
    ...{ source: path.resolve(folder, source), version },
    ...(prompt === undefined ? {} : { prompt }),
  });
  for await (const _page of await client().run.watch({ id }));
  return client().run.show({ id });
}

test("an adapter made by PEFT passes the gate and suggests names", { timeout: 180_000 }, async () => {
  const { run, result } = await ended("own", "v9");
  expect(run).toMatchObject({ kind: "adoption", status: "succeeded", failure: null });
  const { adopted, parity } = AdoptionResultSchema.parse(result);
  expect(adopted).toMatchObject({ folder: "own", ranks: [4, 8], rslora: true, dora: false });
  expect(parity?.effect.verdict).toBe("passed");
  expect(parity?.effect.controls.map(({ name, verdict }) => [name, verdict])).toEqual([
    ["no adapter", "passed"],
    ["half its scale", "passed"],
    ["unpermuted q and k", "passed"],
  ]);
  // Without a dataset of this version, the gate uses dev rows only.
  const reference = ParityReferenceSchema.parse(
    JSON.parse(await readFile(path.join(run.folder, "parity.json"), "utf8")),
  );
  const table = await readFile(workspace.paths.testSet, "utf8");
  const heldout = table.split("\n").filter((line) => line.includes(",heldout,"));
  const used = reference.sequences.filter(({ source }) => source === "validation");
  expect(heldout.length).toBeGreaterThan(100);
  expect(used.length).toBeGreaterThan(5);
  for (const { description } of used)
    expect(heldout.some((line) => line.startsWith(description) || line.startsWith(`"${description}`))).toBe(
      false,
    );

  const descriptions = ["Family bakery with sourdough bread"];
  const suggested = await client().playground.suggest({ descriptions, version: "v9" });
  const base = await client().playground.suggest({ descriptions, version: "base" });
  expect(suggested.results[0]?.names).not.toEqual(base.results[0]?.names);
  const { adapters, stale, unreadable } = await client().workspace.overview();
  expect(adapters.at(-1)).toMatchObject({ version: "v9", gatePassed: true, training: null });
  expect([...stale.filter(({ version }) => version === "v9"), ...unreadable]).toEqual([]);
  await expect(client().adoption.start({ source: path.join(folder, "own"), version: "v9" })).rejects.toThrow(
    "v9 already exists",
  );
  await expect(client().run.remove({ id: run.id })).rejects.toThrow("model_v9 was promoted from this run");
});

test("an adapter of another base is refused with the tensor and both shapes", async () => {
  const { run } = await ended("other", "v10");
  expect(run).toMatchObject({ status: "failed", failure: { code: "bad-value" } });
  expect(run.failure?.message).toMatch(
    /^the adapter belongs to a different base model: model\.layers\.0\.\S+ has the shape \[.+\], but this base needs \[.+\]$/,
  );
});

describe("a GGUF file", () => {
  const sampleAdapter = path.join(tinySample, "models", "model_v1", "adapter.gguf");
  const descriptions = ["Family bakery with sourdough bread", "Mobile bike repair"];
  const namesOf = async (version: string) =>
    (await client().playground.suggest({ descriptions, version })).results.map(({ names }) =>
      names.map(({ name }) => name),
    );

  test("with an adapter becomes a version without a gate, and is exported as it is", {
    timeout: 180_000,
  }, async () => {
    const { run, result } = await ended(sampleAdapter, "v11");
    expect(run).toMatchObject({ title: "adopt adapter.gguf as v11", status: "succeeded", failure: null });
    const sha256 = await sha256OfFile(sampleAdapter);
    expect(AdoptionResultSchema.parse(result)).toMatchObject({
      adapter: null,
      parity: null,
      adopted: { form: "lora-gguf", file: "adapter.gguf", sha256 },
    });
    expect((await readdir(workspace.paths.model("v11"))).sort()).toEqual(["adapter.gguf", "adoption.json"]);
    expect(await namesOf("v11")).not.toEqual(await namesOf("base"));
    const { adapters } = await client().workspace.overview();
    expect(adapters.find(({ version }) => version === "v11")).toMatchObject({
      gatePassed: null,
      training: null,
    });
    const { versions } = await client().playground.versions();
    expect(versions.find(({ version }) => version === "v11")).toMatchObject({ gate: "none", problem: null });
    const { findings } = await client().evaluation.plan({ versions: ["v11"] });
    expect(findings.map(({ code }) => code)).toContain("no-gate");
    const out = path.join(folder, "again.gguf");
    await client().model.export({ version: "v11", as: "lora-gguf", out });
    expect(await sha256OfFile(out)).toBe(sha256);
    for (const as of ["adapter", "merged-gguf"] as const)
      await expect(
        client().model.export({ version: "v11", as, out: path.join(folder, "no") }),
      ).rejects.toThrow("v11 was adopted from a GGUF file");
  });

  test("with a merged model of the base becomes a version that suggests the same names", {
    timeout: 240_000,
  }, async () => {
    await cp(path.join(tinySample, "models", "model_v1"), workspace.paths.model("v1"), { recursive: true });
    const merged = path.join(folder, "merged.gguf");
    await client().model.export({ version: "v1", as: "merged-gguf", out: merged });
    const { run, result } = await ended(merged, "v12");
    expect(run).toMatchObject({ status: "succeeded", failure: null });
    expect(result).toMatchObject({ adopted: { form: "merged-gguf" }, parity: null });
    expect((await readdir(workspace.paths.model("v12"))).sort()).toEqual(["adoption.json", "model.gguf"]);
    expect(await readdir(run.folder)).not.toContain("model.gguf");
    expect(await namesOf("v12")).toEqual(await namesOf("v1"));
    const out = path.join(folder, "merged-again.gguf");
    await client().model.export({ version: "v12", as: "merged-gguf", out });
    expect(await sha256OfFile(out)).toBe(await sha256OfFile(merged));
  });

  test("is recorded with the prompt that it was trained with, and is asked with it", {
    timeout: 180_000,
  }, async () => {
    await files.writeAtomic(path.join(workspace.paths.prompts, "short.txt"), "Names for {description}");
    const { run } = await ended(sampleAdapter, "v14", "short");
    expect(run).toMatchObject({ status: "succeeded", failure: null });
    const { adapters } = await client().workspace.overview();
    expect(adapters.find(({ version }) => version === "v14")).toMatchObject({ prompt: { name: "short" } });
    const inWords = await client().playground.suggest({ descriptions, version: "v14", prompt: "short" });
    expect(await namesOf("v14")).toEqual(inWords.results.map(({ names }) => names.map(({ name }) => name)));
    await expect(
      client().playground.suggest({ descriptions, version: "v14", prompt: "suggest" }),
    ).rejects.toThrow("v14 was adopted with the prompt short");
  });

  test("isn't adopted with a prompt that no adapter can be trained with", async () => {
    await expect(
      client().adoption.start({ source: sampleAdapter, version: "v15", prompt: "prompted" }),
    ).rejects.toThrow("the prompt prompted contains {examples}, so no adapter can be trained with it");
  });

  test("that doesn't match the base is refused before a run starts", async () => {
    const other = path.join(folder, "other.gguf");
    await writeFile(other, ggufBytes({ metadata: { "general.architecture": "llama" }, tensors: [] }));
    await expect(client().adoption.start({ source: other, version: "v13" })).rejects.toThrow(
      "can't be adopted as a merged model of tiny-mistral",
    );
    expect(await files.exists(workspace.paths.model("v13"))).toBe(false);
  });
});
