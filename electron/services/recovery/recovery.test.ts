import { mkdtemp, readdir, rename, rm, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createFileLayer } from "../files/fileLayer.ts";
import { temporaryBeside } from "../files/temporaryFile.ts";
import { findModelFolder } from "../model/modelFolder.ts";
import { identityTag, ownIdentity } from "../processes/processIdentity.mjs";
import { describeWorkspace, initWorkspace, type Workspace } from "../workspace/workspace.ts";
import { recoverWorkspace } from "./recovery.ts";

const files = createFileLayer();
let folder: string;
let workspace: Workspace;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "namewright recovery "));
  ({ workspace } = await initWorkspace(files, path.join(folder, "study"), { name: "study" }));
  await files.writeAtomic(workspace.paths.dataset("v1"), "description,suggestions\n");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it("removes and reports files of dead writers and keeps those of living ones and other programs", async () => {
  const own = await ownIdentity();
  const target = workspace.paths.dataset("v1");
  const [living, dead, foreign, reused] = [
    own,
    { ...own, pid: 999_999_999 },
    { ...own, host: `not-${hostname()}` },
    { ...own, startedAt: "1" },
  ].map((owner) => temporaryBeside(target, identityTag(owner)));
  const mine = path.join(workspace.paths.data, ".notes.tmp");
  for (const file of [living, dead, foreign, reused, mine]) await writeFile(file as string, "half");
  await files.makeFolder(path.join(workspace.paths.runs, "r1"));
  await writeFile(path.join(workspace.paths.runs, "a file among the runs"), "");
  const line =
    "removed an unfinished dataset_v1.csv: its writer was interrupted, and the previous version is kept";
  expect(await recoverWorkspace(files, workspace)).toEqual([line, line]);
  expect((await readdir(workspace.paths.data)).sort()).toEqual(
    ["dataset_v1.csv", ...[living, foreign, mine].map((file) => path.basename(file as string))].sort(),
  );
  expect(await recoverWorkspace(files, workspace)).toEqual([]);
});

it("lets readers find a model whose replacement was interrupted and restores it at the next write", async () => {
  const target = workspace.paths.model("v1");
  await files.writeAtomic(path.join(target, "training.json"), "old");
  const aside = path.join(workspace.paths.models, ".model_v1.old");
  await rename(target, aside);
  expect(await findModelFolder(files, workspace, "v1")).toBe(aside);
  expect((await describeWorkspace(files, workspace)).versions).toEqual(["v1"]);
  expect(await recoverWorkspace(files, workspace)).toEqual([
    "restored model_v1: its replacement was interrupted before the new model was in place",
  ]);
  expect(await readdir(workspace.paths.models)).toEqual(["model_v1"]);
  expect(await findModelFolder(files, workspace, "v1")).toBe(target);
  expect(await findModelFolder(files, workspace, "v2")).toBeNull();
});

it("never writes to the sample and reports what it can't do now", async () => {
  const dead = identityTag({ ...(await ownIdentity()), pid: 999_999_999 });
  const left = temporaryBeside(workspace.paths.dataset("v1"), dead);
  await writeFile(left, "half");
  expect(await recoverWorkspace(files, { ...workspace, sample: true })).toEqual([]);
  const busy = { ...workspace, writing: workspace.writing };
  const refusing = {
    ...files,
    list: files.list,
    remove: () => Promise.reject(new Error("a defect is no leftover")),
  };
  await expect(recoverWorkspace(refusing, busy)).rejects.toThrow("a defect is no leftover");
  expect(await files.exists(left)).toBe(true);
});
