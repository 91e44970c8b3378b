import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createRouterClient } from "@orpc/server";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createDatasetService } from "../services/dataset/datasetService.ts";
import { createFileLayer } from "../services/files/fileLayer.ts";
import { initWorkspace } from "../services/workspace/workspace.ts";
import { datasetRouter } from "./dataset.ts";

const files = createFileLayer();
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "dataset-router-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function put(name: string, rows: string): Promise<string> {
  const file = path.join(folder, name);
  await writeFile(file, `description,suggestions\n${rows}`);
  return file;
}

async function clientOf() {
  const { workspace } = await initWorkspace(files, path.join(folder, "study"), { name: "study" });
  return createRouterClient(datasetRouter(createDatasetService({ files, workspace })), { context: {} });
}

it("serves every procedure, defaults filled in", async () => {
  const client = await clientOf();
  const one = await put("one.csv", "a,[]\nb,[]\n");
  const two = await put("two.csv", "b,[]\nc,[]\n");
  expect((await client.lint({ files: [one] })).files[0]?.rows).toBe(2);
  expect((await client.stats({ file: one })).refusals).toBe(2);
  expect(await client.read({ file: one, offset: 1 })).toMatchObject({
    total: 2,
    header: ["description", "suggestions"],
    rows: [{ row: 2, line: 3, cells: ["b", "[]"] }],
  });
  expect(await client.diff({ before: one, after: two })).toMatchObject({
    added: [{ description: "c" }],
    removed: [{ description: "a" }],
    unchanged: 1,
  });
  expect((await client.import({ file: one, as: "dataset_v7" })).rows).toBe(2);
  expect((await client.fix({ file: one })).written).toBe(false);
});

it("lets a failure through as it is", async () => {
  const client = await clientOf();
  await expect(client.stats({ file: path.join(folder, "no.csv") })).rejects.toMatchObject({
    code: "missing",
  });
});
