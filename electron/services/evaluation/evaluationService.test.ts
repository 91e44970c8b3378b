import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { EvaluationRequestSchema, type EvaluationSpec } from "../../../shared/schema/evaluation.ts";
import { createFileLayer } from "../files/fileLayer.ts";
import { createModelStore } from "../model/modelStore.ts";
import { tinySample } from "../testing/tinySample.ts";
import { changeConfig } from "../workspace/changeConfig.ts";
import { configFile, initWorkspace, readConfig, type Workspace } from "../workspace/workspace.ts";
import { createEvaluationService } from "./evaluationService.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const files = createFileLayer();
let folder: string;
let workspace: Workspace;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "evaluation-"));
  workspace = (await initWorkspace(files, path.join(folder, "space"), { fromSample: tinySample })).workspace;
  await files.copy(path.join(tinySample, "models", "model_v1"), workspace.paths.model("v1"));
  await changeConfig(files, workspace, (config) => ({ ...config, refusalThreshold: 0.5 }));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const writePrompt = (name: string, text: string) =>
  files.writeAtomic(path.join(workspace.paths.prompts, `${name}.txt`), text);

/** Returns a service that collects the specs of the runs that it starts. */
async function serviceWith(started: EvaluationSpec[]) {
  const models = createModelStore(files, workspace, { merged: () => Promise.reject(new Error()) });
  const { baseHash } = (await models.open("v1")).record;
  const setting = {
    files,
    workspace,
    models,
    platform: {
      paths: { resources: path.join(root, "resources"), userData: path.join(folder, "user") },
      secrets: { get: async () => null },
      setting: () => undefined,
    },
    // No row of the sample is long enough to be tokenized.
    inference: {},
    bases: {
      open: async () => ({ hash: baseHash }),
      inspect: async () => ({ folder: path.join(root, "models", "tiny-mistral"), gguf: null }),
    },
  };
  const runs = { start: async (_kind: string, spec: EvaluationSpec) => ({ run: started.push(spec) }) };
  return createEvaluationService(setting as never, runs as never);
}

/** Returns the spec that an evaluation is started with. */
async function specOf(request: object): Promise<EvaluationSpec> {
  const started: EvaluationSpec[] = [];
  const service = await serviceWith(started);
  await service.start(EvaluationRequestSchema.parse({ judge: "rule", ...request }));
  return started[0] as EvaluationSpec;
}

test("the refusal threshold is stamped unless the prompt asks for a word as the refusal", async () => {
  await writePrompt("short", "Names for {description}");
  await writePrompt("word", "Names for {description}, or {refusal}");
  const threshold = async (request: object) => (await specOf(request)).decoding.refusalThreshold;
  expect(await threshold({ version: "v1" })).toBe(0.5);
  expect(await threshold({ version: "v1", prompt: "word", anyway: true })).toBeNull();
  expect(await threshold({ version: "prompted" })).toBeNull();
  expect(await threshold({ version: "prompted", prompt: "short" })).toBe(0.5);
  await expect(threshold({ version: "prompted", threshold: 0.1 })).rejects.toMatchObject({ code: "usage" });
  expect(await threshold({ version: "prompted", threshold: "none" })).toBeNull();
});

test("results at another threshold than the version's own have a name of their own", async () => {
  const point = {
    threshold: 0.12,
    costs: { falseNegative: 5, falsePositive: 1 },
    harmfulShare: 0.5,
    chosenOn: { runId: null, results: "" },
  };
  const at = async (threshold: number | "none" | null) => {
    const { decoding, thresholdFrom, results } = await specOf({ version: "v1", threshold });
    return [decoding.refusalThreshold, thresholdFrom, results];
  };
  expect(await at(null)).toEqual([0.5, "workspace", undefined]);
  expect(await at(0.5)).toEqual([0.5, "workspace", undefined]);
  expect(await at(0.03)).toEqual([0.03, "asked", "v1@0.03"]);
  expect(await at(1e-7)).toEqual([1e-7, "asked", "v1@0.0000001"]);
  expect(await at("none")).toEqual([null, "asked", "v1@none"]);
  // As another process does it.
  const file = path.join(workspace.folder, configFile);
  const config = await readConfig(files, file);
  await files.writeAtomic(file, JSON.stringify({ ...config, operatingPoints: { v1: point } }));
  expect(await at(null)).toEqual([0.12, "version", undefined]);
  expect(await at(0.5)).toEqual([0.5, "asked", "v1@0.5"]);
});

test("results of a pool are a variant, also at another threshold and where a word refuses", async () => {
  const named = async (request: object) => {
    const { decoding, results } = await specOf({ decoding: "best-of-pool", ...request });
    expect(decoding).toMatchObject({ mode: "best-of-pool", samples: 1, pool: { k: 8, lambda: 0.7 } });
    return results;
  };
  workspace.config.operatingPoints = {};
  expect(await named({ version: "v1" })).toBe("v1+pool");
  expect(await named({ version: "v1", threshold: 0.03 })).toBe("v1+pool@0.03");
  expect(await named({ version: "prompted" })).toBe("prompted+pool");
});

test("the inputs hold the prompt as it is filled in, so changed examples are refused on resume", async () => {
  await writePrompt("shown", "{examples}\nNames for {description}");
  const started = async (request: object) => (await specOf({ version: "v1", ...request })).inputs;
  const shown = { prompt: "shown", anyway: true };
  const before = await started(shown);
  expect(await started(shown)).toEqual(before);
  const file = workspace.paths.dataset("v1");
  const rows = (await files.readText(file)).split("\n").slice(0, 41);
  await files.writeAtomic(file, `${rows.join("\n")}\n`);
  const after = await started(shown);
  expect(after).toEqual({ ...before, filledPrompt: expect.any(String) });
  expect(after.filledPrompt).not.toBe(before.filledPrompt);
  // Nothing is filled in, so the hash is that of the prompt.
  const usual = await started({});
  expect(usual.filledPrompt).toBe(usual.prompt);
});

test("an analysis of results at another threshold finds the version's adapter", async () => {
  await files.copy(path.join(tinySample, "data", "model_v1-results.csv"), workspace.paths.results("v1@0.12"));
  const service = await serviceWith([]);
  const { warnings } = await service.analyse({ version: "v1@0.12", worst: 1 });
  expect(warnings.map(({ message }) => message).filter((text) => text.includes("adapter"))).toEqual([]);
});
