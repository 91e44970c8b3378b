import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createRouterClient } from "@orpc/server";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createDatasetService } from "../services/dataset/datasetService.ts";
import { createFileLayer } from "../services/files/fileLayer.ts";
import { testCompute } from "../services/testing/compute.ts";
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
  return createRouterClient(
    datasetRouter(createDatasetService({ files, workspace, compute: testCompute(files) })),
    { context: {} },
  );
}

it("serves every procedure with default values", async () => {
  const client = await clientOf();
  const one = await put("one.csv", "a,[]\nb,[]\n");
  const two = await put("two.csv", "b,[]\nc,[]\n");
  expect((await client.lint({ files: [one] })).files[0]?.rows).toBe(2);
  expect((await client.stats({ file: one })).refusals).toBe(2);
  expect(await client.diversity({ file: one })).toMatchObject({ rows: 2, refusals: 2, names: null });
  expect(await client.diff({ before: one, after: two })).toMatchObject({
    added: [{ description: "c" }],
    removed: [{ description: "a" }],
    unchanged: 1,
  });
  expect((await client.import({ file: one, as: "dataset_v7" })).rows).toBe(2);
  expect((await client.fix({ file: one })).written).toBe(false);
});

it("refuses more than 1,000 files at once", async () => {
  const client = await clientOf();
  const one = await put("one.csv", "a,[]\n");
  const files = Array.from({ length: 1001 }, () => one);
  const words = expect.objectContaining({ message: "at most 1,000 files at once" });
  for (const input of [{ files }, { files: [one], against: files }])
    await expect(client.lint(input)).rejects.toMatchObject({ data: { issues: [words] } });
});

it("passes a failure through unchanged", async () => {
  const client = await clientOf();
  await expect(client.stats({ file: path.join(folder, "no.csv") })).rejects.toMatchObject({
    code: "missing",
  });
});

it("lists the workspace's files, inspects a foreign one, and opens one for editing", async () => {
  const client = await clientOf();
  const data = path.join(folder, "study", "data");
  await mkdir(data);
  const rows = "description,suggestions\nA,[]\n";
  for (const name of [
    "notes.csv",
    "dataset_v10.csv",
    "dataset_v2.csv",
    "test_set.csv",
    "model_base-results.csv",
  ]) {
    await writeFile(path.join(data, name), rows);
  }
  const file = path.join(data, "dataset_v2.csv");
  const { state } = await client.document.open({ file });
  const command = { kind: "set-cells", cells: [{ row: 1, column: 0, value: "B" }] } as const;
  await client.document.edit({
    file,
    baseRevision: state.revision,
    command: { ...command, cells: [...command.cells] },
  });
  await expect(client.document.save({ file, baseRevision: state.revision })).rejects.toMatchObject({
    code: "conflict",
  });
  expect(
    (await client.list()).map(({ name, kind, version, rows: count, dirty }) => [
      name,
      kind,
      version,
      count,
      dirty,
    ]),
  ).toEqual([
    ["dataset_v2.csv", "dataset", "v2", 1, true],
    ["dataset_v10.csv", "dataset", "v10", 1, false],
    ["test_set.csv", "test-set", null, 1, false],
    ["notes.csv", "other", null, 1, false],
    ["model_base-results.csv", "results", "base", 1, false],
  ]);
  const foreign = path.join(folder, "foreign.csv");
  await writeFile(foreign, Buffer.from("id;Prompt;Domains;Safety\r\n1;Caf\xe9;one, two;safe\r\n", "latin1"));
  expect(await client.inspect({ file: foreign })).toMatchObject({
    encoding: "latin1",
    delimiter: ";",
    newline: "\r\n",
    total: 1,
    map: { description: "Prompt", suggestions: "Domains", label: "Safety" },
  });
  await writeFile(foreign, 'a,b,c\n7,a long text about something,"[""x""]"\n8,another one of them,[]\n');
  expect((await client.inspect({ file: foreign })).map).toEqual({ description: "b", suggestions: "c" });
});
