import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createRouterClient } from "@orpc/server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { datasetRows } from "../../shared/domain/dataset/read.ts";
import { writeDataset } from "../../shared/domain/dataset/write.ts";
import { TrainingResultSchema } from "../../shared/schema/trainingRun.ts";
import { createFileLayer } from "../services/files/fileLayer.ts";
import { sha256OfFile } from "../services/hashing/hashing.ts";
import type { Services } from "../services/services.ts";
import { realServices } from "../services/testing/realServices.ts";
import { tinySample } from "../services/testing/tinySample.ts";
import { makeUserData } from "../services/testing/userData.ts";
import { initWorkspace, type Workspace } from "../services/workspace/workspace.ts";
import { createRouter } from "./index.ts";

const files = createFileLayer();
const descriptions = ["Family bakery with sourdough bread"];
let folder: string;
let workspace: Workspace;
let services: Services;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "namewright dora "));
  const userData = path.join(folder, "data");
  await makeUserData(userData);
  ({ workspace } = await initWorkspace(files, path.join(folder, "shop"), { fromSample: tinySample }));
  const dataset = workspace.paths.dataset("v1");
  const rows = datasetRows(await readFile(dataset), dataset);
  const answers = rows.filter(({ suggestions }) => suggestions.length > 0).slice(0, 26);
  const refusals = rows.filter(({ suggestions }) => suggestions.length === 0).slice(0, 6);
  await writeFile(dataset, writeDataset([...answers, ...refusals]));
  services = realServices(files, userData, workspace);
});
afterAll(async () => {
  try {
    await services.close();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

const client = () => createRouterClient(createRouter(services), { context: {} });

const overrides = {
  lora: { dora: true },
  // A rate at which the few rows have an effect.
  optimisation: { learningRate: 2e-3, warmupSteps: 0 },
  evaluation: { generationRows: 0 },
  parity: { sequences: 6, maxNewTokens: 20 },
};

test("a version trained with DoRA passes the gate, suggests names and is exported as one merged file", async () => {
  const { id } = await client().training.start({ version: "v1", epochs: 1, overrides });
  for await (const _page of await client().run.watch({ id }));
  const { run, result } = await client().run.show({ id });
  expect(run).toMatchObject({ status: "succeeded" });
  const { gguf, parity } = TrainingResultSchema.parse(result);
  expect(gguf).toBeNull();
  expect(parity.effect).toMatchObject({
    verdict: "passed",
    controls: [{ name: "no adapter" }, { name: "half its effect" }],
    controlsNotRun: ["unpermuted q and k"],
  });
  expect(parity.effect.agreement).toBeGreaterThan(0.95);

  const suggested = await client().playground.suggest({ descriptions, version: "v1" });
  const base = await client().playground.suggest({ descriptions, version: "base" });
  expect(suggested.results[0]?.names).not.toEqual(base.results[0]?.names);
  const weights = path.join(workspace.paths.model("v1"), "adapter", "adapter_model.safetensors");
  const [description = ""] = descriptions;
  for await (const event of await client().playground.stream({ description, versions: ["v1"] })) {
    if (event.kind === "failed") throw new Error(event.failure.message);
    if (event.kind === "done")
      expect(event.adapter).toEqual({ version: "v1", hash: await sha256OfFile(weights) });
  }

  const out = (name: string) => path.join(folder, name);
  await client().model.export({ version: "v1", as: "merged-gguf", out: out("one.gguf") });
  await rm(path.join(folder, "data", "merged"), { recursive: true });
  await client().model.export({ version: "v1", as: "merged-gguf", out: out("other.gguf") });
  expect(await sha256OfFile(out("other.gguf"))).toBe(await sha256OfFile(out("one.gguf")));
  await expect(
    client().model.export({ version: "v1", as: "lora-gguf", out: out("lora.gguf") }),
  ).rejects.toMatchObject({ message: expect.stringContaining("DoRA") });
  await expect(client().run.remove({ id })).rejects.toMatchObject({
    message: expect.stringContaining("model_v1 was promoted from this run"),
  });
});
