import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type RowOrigin, writeVersion } from "../dataset/versions.ts";
import { createFileLayer } from "../files/fileLayer.ts";
import { initWorkspace, type Workspace } from "../workspace/workspace.ts";
import { rememberedTopics } from "./rememberedTopics.ts";

const files = createFileLayer();
let folder: string;
let workspace: Workspace;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "namewright-topics-"));
  ({ workspace } = await initWorkspace(files, path.join(folder, "space"), {}));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Writes a version with one new row, whose run omitted topics or, in an earlier file, recorded none. */
async function write(version: string, extended: string | null, omit?: string[]): Promise<void> {
  const place = (of: string) => ({ version: of, file: workspace.paths.dataset(of) });
  const previous = extended === null ? null : place(extended);
  const source = extended === null && omit === undefined ? "imported" : "llm";
  const origin: RowOrigin = {
    ...{ source, slice: null, from: null, generator: null },
    ...(omit === undefined ? {} : { omit }),
  };
  const row = { description: `shop of ${version}`, suggestions: [] };
  const next = { ...place(version), previous };
  await writeVersion(files, workspace, next, [{ row, origin }], { now: new Date(0) });
}
const remembered = (version: string) => rememberedTopics({ files, workspace }, version);

describe("rememberedTopics", () => {
  it("returns those of the newest rows, also through a version that records none", async () => {
    await write("v1", null, ["gambling"]);
    expect(await remembered("v1")).toEqual(["gambling"]);
    await write("v2", "v1");
    expect(await remembered("v2")).toEqual(["gambling"]);
    await write("v3", "v2", []);
    expect(await remembered("v3")).toEqual([]);
  });

  it("returns none for a dataset that extends none, whatever came before it", async () => {
    await write("v1", null, ["gambling"]);
    await write("v2", null);
    expect(await remembered("v2")).toEqual([]);
    await files.writeAtomic(workspace.paths.dataset("v3"), "description,suggestions\n");
    expect(await remembered("v3")).toEqual([]);
  });

  it("refuses a record that can't be read", async () => {
    await write("v1", null, ["gambling"]);
    const file = path.join(workspace.paths.data, "dataset_v1.provenance.jsonl");
    await files.writeAtomic(file, "{}\n");
    await expect(remembered("v1")).rejects.toMatchObject({ code: "bad-value", place: { file } });
  });
});
