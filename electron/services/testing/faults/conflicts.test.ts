import { mkdtemp, readdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createDatasetService } from "../../dataset/datasetService.ts";
import { createFileLayer } from "../../files/fileLayer.ts";
import { realPrimitives } from "../../files/primitives.ts";
import { sha256 } from "../../hashing/hashing.ts";
import type { Workspace } from "../../workspace/workspace.ts";
import { testCompute } from "../compute.ts";
import { study } from "./scenarios.ts";

let parent: string;
let workspace: Workspace;
let file: string;
let original: string;
beforeEach(async () => {
  parent = await mkdtemp(path.join(tmpdir(), "namewright conflict "));
  workspace = await study(createFileLayer(), path.join(parent, "study"));
  file = workspace.paths.dataset("v1");
  original = await readFile(file, "utf8");
});
afterEach(() => rm(parent, { recursive: true, force: true }));

/** Creates datasets on a disk where `meddle` runs after new bytes are written, before they are in place. */
function meddled(meddle: () => Promise<void>) {
  let waiting = true;
  const primitives = {
    ...realPrimitives,
    create: async (made: string, mode?: number) => {
      if (waiting && made.includes("dataset")) {
        waiting = false;
        await meddle();
      }
      return realPrimitives.create(made, mode);
    },
  };
  const files = createFileLayer(primitives);
  return createDatasetService({ files, workspace, compute: testCompute(files) });
}

const left = async () => (await readdir(workspace.paths.data)).sort();

describe("a dataset that another program touches between reading and saving", () => {
  it("reports a conflict and keeps the other program's bytes when it changed", async () => {
    const theirs = original.replace("Drugs", "Other");
    const failing = meddled(() => writeFile(file, theirs)).fix(file);
    await expect(failing).rejects.toMatchObject({
      code: "bad-value",
      message: expect.stringContaining("conflict"),
    });
    expect(await readFile(file, "utf8")).toBe(theirs);
    expect(await left()).toEqual(["dataset_v1.csv", "notes.txt"]);
  });

  it("detects other bytes of the same size and time by their hash", async () => {
    const { atime, mtime, size } = await stat(file);
    const theirs = original.replace("Drugs", "Drags");
    const failing = meddled(async () => {
      await writeFile(file, theirs);
      await utimes(file, atime, mtime);
      expect((await stat(file)).size).toBe(size);
    }).fix(file);
    await expect(failing).rejects.toMatchObject({ code: "bad-value" });
    expect(await readFile(file, "utf8")).toBe(theirs);
  });

  it("isn't recreated under its old name after a rename or deletion", async () => {
    const moved = path.join(workspace.paths.data, "mine.csv");
    await expect(meddled(() => rename(file, moved)).fix(file)).rejects.toMatchObject({ code: "missing" });
    expect(await left()).toEqual(["mine.csv", "notes.txt"]);
    expect(await readFile(moved, "utf8")).toBe(original);
    await rename(moved, file);
    await expect(meddled(() => rm(file)).fix(file)).rejects.toMatchObject({ code: "missing" });
    expect(await left()).toEqual(["notes.txt"]);
  });

  it("is kept, without our provenance, when it appears at an import's target", async () => {
    const source = path.join(parent, "foreign.csv");
    await writeFile(source, "description,suggestions\nA,[]\n");
    const target = workspace.paths.dataset("v2");
    const importing = meddled(() => writeFile(target, "theirs")).importFile({
      file: source,
      as: "dataset_v2",
    });
    await expect(importing).rejects.toMatchObject({
      code: "bad-value",
      message: "dataset_v2.csv already exists",
    });
    expect(await readFile(target, "utf8")).toBe("theirs");
  });

  it("reports a conflict and writes nothing when it changed under its superset", async () => {
    const files = createFileLayer();
    const datasets = createDatasetService({ files, workspace, compute: testCompute(files) });
    const next = await datasets.nextVersion();
    const hash = sha256(original);
    await writeFile(file, `${original}More,[]\n`);
    const origin = { source: "llm", slice: null, from: null, generator: "m" } as const;
    const rows = [{ row: { description: "Bikes", suggestions: [] }, origin }];
    await expect(datasets.writeVersion(next, rows, hash)).rejects.toMatchObject({
      code: "bad-value",
      message: expect.stringContaining("conflict"),
    });
    await rm(file);
    await expect(datasets.writeVersion(next, rows, hash)).rejects.toMatchObject({ code: "missing" });
    expect(await left()).toEqual(["notes.txt"]);
  });
});
