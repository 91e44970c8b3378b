import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createRouterClient } from "@orpc/server";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createFileLayer } from "../services/files/fileLayer.ts";
import { createStudyService } from "../services/study/studyService.ts";
import { testCompute } from "../services/testing/compute.ts";
import { initWorkspace } from "../services/workspace/workspace.ts";
import { studyRouter } from "./study.ts";

const files = createFileLayer();
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "study-router-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const head =
  "description,domains,overall_category,is_appropriate,good_count,ok_count,random_word_count,too_long_count,other_failure_count,inappropriate,average_score";
const bakery = "a bakery,[],ok,True,5,0,0,0,0,0,0.8";

async function clientOf() {
  const { workspace } = await initWorkspace(files, path.join(folder, "space"), {});
  const service = createStudyService({ files, workspace, compute: testCompute(files) });
  return createRouterClient(studyRouter(service), { context: {} });
}

test("returns the stored figures, or those of two files in the workspace", async () => {
  const client = await clientOf();
  expect(await client.read({})).toMatchObject({ source: "stored", comparison: { n: 43 } });
  for (const name of ["one", "two"])
    await files.writeAtomic(
      path.join(folder, "space", "data", `${name}.csv`),
      new TextEncoder().encode(`${head}\n${bakery}\n`),
    );
  const read = await client.read({ files: { baseline: "data/one.csv", candidate: "data/two.csv" } });
  expect(read).toMatchObject({ source: "files", comparison: { n: 1, baseline: { name: "one" } } });
});

test("names a missing file, the same file twice, and a file in another format", async () => {
  const client = await clientOf();
  const one = path.join(folder, "one.csv");
  const other = path.join(folder, "other.csv");
  await files.writeAtomic(one, new TextEncoder().encode(`${head}\n${bakery}\n`));
  await files.writeAtomic(other, new TextEncoder().encode("description,suggestions\na bakery,[]\n"));
  const read = (baseline: string, candidate: string) => client.read({ files: { baseline, candidate } });
  await expect(read(one, path.join(folder, "none.csv"))).rejects.toMatchObject({ code: "missing" });
  await expect(read(one, one)).rejects.toThrow("can't compare one with itself");
  await expect(read(one, other)).rejects.toMatchObject({ code: "bad-value", place: { file: other } });
});
