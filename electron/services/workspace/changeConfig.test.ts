import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createFileLayer } from "../files/fileLayer.ts";
import { changeConfig, refreshConfig } from "./changeConfig.ts";
import { initWorkspace, type Workspace } from "./workspace.ts";

const files = createFileLayer();
let folder: string;
let workspace: Workspace;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "change config "));
  ({ workspace } = await initWorkspace(files, path.join(folder, "study"), { name: "study" }));
  file = path.join(workspace.folder, "namewright.json");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const renamed = () => changeConfig(files, workspace, (config) => ({ ...config, name: "renamed" }));

describe("refreshing the open workspace's settings", () => {
  it("takes what another process wrote, and drops what it removed", async () => {
    const there = JSON.parse(await readFile(file, "utf8"));
    await writeFile(file, JSON.stringify({ ...there, refusalThreshold: 0.25, slicePools: { all: ["a"] } }));
    await refreshConfig(files, workspace);
    expect(workspace.config).toMatchObject({ refusalThreshold: 0.25, slicePools: { all: ["a"] } });
    await writeFile(file, JSON.stringify(there));
    await refreshConfig(files, workspace);
    expect(workspace.config.slicePools).toBeUndefined();
  });

  it("keeps the settings and names the file when it is invalid", async () => {
    const before = { ...workspace.config };
    await writeFile(file, "{ half");
    await expect(refreshConfig(files, workspace)).rejects.toMatchObject({ code: "bad-value" });
    expect(workspace.config).toEqual(before);
  });
});

describe("changing namewright.json", () => {
  it("keeps changes written by another process in the meantime", async () => {
    const there = JSON.parse(await readFile(file, "utf8"));
    await writeFile(file, JSON.stringify({ ...there, preset: "mistral-7b" }));
    await renamed();
    expect(JSON.parse(await readFile(file, "utf8"))).toMatchObject({ name: "renamed", preset: "mistral-7b" });
    expect(workspace.config).toMatchObject({ name: "renamed", preset: "mistral-7b" });
  });

  it.each(["{ half", '{"schemaVersion":1,"name":7}'])(
    "names the file when it is invalid: %s",
    async (text) => {
      await writeFile(file, text);
      await expect(renamed()).rejects.toMatchObject({
        code: "bad-value",
        message: expect.stringContaining(file),
        place: { file },
      });
      expect(await readFile(file, "utf8")).toBe(text);
      expect(workspace.config.name).toBe("study");
    },
  );
});
