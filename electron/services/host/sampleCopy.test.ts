import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createFileLayer } from "../files/fileLayer.ts";
import { realPrimitives } from "../files/primitives.ts";
import { initWorkspace } from "../workspace/workspace.ts";
import { copySample } from "./sampleCopy.ts";

const files = createFileLayer();
const slicePools = { scams: ["phishing", "stalking"] };
let parent: string;
let sample: string;
let study: string;

async function put(folder: string, place: string, text: string) {
  const file = path.join(folder, place);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, text);
  return file;
}

beforeEach(async () => {
  parent = await mkdtemp(path.join(tmpdir(), "sample copy "));
  [sample, study] = [path.join(parent, "sample"), path.join(parent, "study")];
  await initWorkspace(files, sample, { name: "sample" });
  await put(sample, "namewright.json", JSON.stringify({ schemaVersion: 1, name: "sample", slicePools }));
  await put(sample, "data/dataset_v1.csv", "sample's dataset");
  await put(sample, "data/test_set.csv", "sample's test set");
  await put(sample, "models/model_v1/training.json", "sample's model");
  await put(sample, "runs/training-1/spec.json", "sample's run");
});
afterEach(() => rm(parent, { recursive: true, force: true }));

const text = (place: string) => readFile(path.join(study, place), "utf8");
const inTheWay = { code: "bad-value", message: expect.stringContaining("already exists") };

describe("a copy of the sample", () => {
  it("is whole, and a workspace", async () => {
    await copySample(files, sample, study, "mine");
    expect(await text("models/model_v1/training.json")).toBe("sample's model");
    expect(JSON.parse(await text("namewright.json"))).toMatchObject({ name: "mine", slicePools });
    expect(await readdir(path.join(study, ".namewright"))).toEqual([]);
  });

  it.each(["data/dataset_v1.csv", "models/model_v1/notes.md", "runs/training-1/log.txt"])(
    "changes nothing in a folder that contains %s",
    async (place) => {
      await put(study, place, "mine");
      await expect(copySample(files, sample, study)).rejects.toMatchObject(inTheWay);
      expect(await text(place)).toBe("mine");
      expect(await readdir(study)).toEqual([place.split("/")[0]]);
    },
  );

  it("is resumed after an interruption and keeps files that changed since", async () => {
    const stopped = createFileLayer({
      ...realPrimitives,
      copyFile: async (from, to) => {
        if (from.includes("models")) throw new Error("cut off");
        return realPrimitives.copyFile(from, to);
      },
    });
    await expect(copySample(stopped, sample, study)).rejects.toThrow("cut off");
    await writeFile(path.join(study, "data", "dataset_v1.csv"), "mine");
    await copySample(files, sample, study);
    expect(await text("data/dataset_v1.csv")).toBe("mine");
    expect(await text("models/model_v1/training.json")).toBe("sample's model");
  });
});

describe("a workspace with the sample's first dataset", () => {
  it("isn't created over the user's dataset or test set", async () => {
    await put(study, "data/test_set.csv", "mine");
    await expect(initWorkspace(files, study, { fromSample: sample })).rejects.toMatchObject(inTheWay);
    expect(await text("data/test_set.csv")).toBe("mine");
    expect(await readdir(path.join(study, "data"))).toEqual(["test_set.csv"]);
  });

  it("is created over identical files of an earlier attempt", async () => {
    await put(study, "data/dataset_v1.csv", "sample's dataset");
    await initWorkspace(files, study, { fromSample: sample });
    expect(await text("data/test_set.csv")).toBe("sample's test set");
  });

  it("has the sample's slice pools, which an empty workspace does not have", async () => {
    const { workspace } = await initWorkspace(files, study, { fromSample: sample });
    expect(workspace.config.slicePools).toEqual(slicePools);
    const { workspace: empty } = await initWorkspace(files, path.join(parent, "empty"), {});
    expect(empty.config.slicePools).toBeUndefined();
  });
});
