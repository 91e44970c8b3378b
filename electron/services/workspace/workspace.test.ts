import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createFileLayer } from "../files/fileLayer.ts";
import { initWorkspace, openWorkspace } from "./workspace.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "workspace-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const opened = () => openWorkspace(createFileLayer(), folder, false);
const put = (text: string) => writeFile(path.join(folder, "namewright.json"), text);
const config = (name: unknown) => JSON.stringify({ schemaVersion: 1, name });

describe("openWorkspace", () => {
  it("reads a namewright.json with a byte order mark", async () => {
    await put(`\ufeff${config("study")}`);
    expect((await opened()).config.name).toBe("study");
  });

  it("refuses a file that is too large to be settings, without reading it whole", async () => {
    await put(config("n".repeat(1_000_000)));
    await expect(opened()).rejects.toMatchObject({
      code: "bad-value",
      message: expect.stringMatching(/larger than 64 kB/),
    });
  });

  it("refuses a name that is too long or not text, in plain words", async () => {
    await put(config("n".repeat(201)));
    await expect(opened()).rejects.toMatchObject({
      code: "bad-value",
      message: expect.stringMatching(/: name: a workspace's name must have at most 200 characters$/),
    });
    await put(config(7));
    await expect(opened()).rejects.toMatchObject({
      message: expect.stringMatching(/: name must be text; found 7$/),
    });
  });

  it("reports a missing workspace when the folder has no namewright.json", async () => {
    await expect(opened()).rejects.toMatchObject({ code: "missing" });
  });
});

describe("initWorkspace", () => {
  const init = (to: string) => initWorkspace(createFileLayer(), to, { name: "study", fromSample: folder });

  beforeEach(async () => {
    await put(config("sample"));
    await mkdir(path.join(folder, "data"));
    for (const name of ["dataset_v1", "test_set"])
      await writeFile(path.join(folder, "data", `${name}.csv`), name);
  });

  it("copies the sample's row pool", async () => {
    await writeFile(path.join(folder, "data", "row_pool.csv"), "pool");
    const { workspace, written } = await init(path.join(folder, "study"));
    expect(await readFile(workspace.paths.rowPool, "utf8")).toBe("pool");
    expect(written).toContain(workspace.paths.rowPool);
  });

  it("creates a workspace from a sample without a row pool", async () => {
    const { written } = await init(path.join(folder, "study"));
    expect(written.map((file) => path.basename(file))).not.toContain("row_pool.csv");
  });
});
