import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createFileLayer } from "../../services/files/fileLayer.ts";
import { createKnownWorkspaces } from "../../services/host/knownWorkspaces.ts";
import { tinySample } from "../../services/testing/tinySample.ts";
import { firstWorkspace } from "./firstWorkspace.ts";

const files = createFileLayer();
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "namewright-first-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const first = () =>
  firstWorkspace({
    files,
    known: createKnownWorkspaces(files, path.join(folder, "user"), () => new Date(0)),
    named: null,
    sample: tinySample,
    sampleCopy: path.join(folder, "Namewright"),
  });

it("copies the sample once", async () => {
  expect(await first()).toBe(path.join(folder, "Namewright"));
  expect(await first()).toBe(path.join(folder, "Namewright"));
});

it("uses a numbered folder if the preferred one contains the user's files", async () => {
  const own = path.join(folder, "Namewright", "data", "dataset_v1.csv");
  await mkdir(path.dirname(own), { recursive: true });
  await writeFile(own, "mine");
  expect(await first()).toBe(path.join(folder, "Namewright 2"));
  expect(await readFile(own, "utf8")).toBe("mine");
});
