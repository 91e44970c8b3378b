import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { DatasetRow } from "../../../shared/schema/dataset.ts";
import { originOf } from "../augmentation/augmentationKind.ts";
import { importFile } from "../dataset/importer.ts";
import { nextVersion, type RowOrigin, writeVersion } from "../dataset/versions.ts";
import { createFileLayer } from "../files/fileLayer.ts";
import { initWorkspace, type Workspace } from "../workspace/workspace.ts";
import { datasetsOf, evaluatedRows, isTunedOnTest } from "./evaluationInputs.ts";

const files = createFileLayer();
const now = new Date(0);
const row: DatasetRow = { description: "A bakery for bread", suggestions: [] };
let folder: string;
let workspace: Workspace;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "inputs-"));
  workspace = (await initWorkspace(files, path.join(folder, "space"), { name: "study" })).workspace;
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const write = async (origin: RowOrigin) =>
  writeVersion(files, workspace, await nextVersion(files, workspace), [{ row, origin }], { now });

describe("isTunedOnTest, for a test set without splits", () => {
  const inputs = { results: "r", previous: "p", testSet: "t", pool: "h" };
  const augmented = originOf(
    { writer: "pool", from: "v1", forRows: null, omit: [], inputs },
    { slice: "bakery", source: "row 1" },
  );

  beforeEach(() =>
    files.writeAtomic(workspace.paths.testSet, "description,suggestions,label\nA tea house,[],safe\n"),
  );

  test("returns true for rows written from results, including edited ones", async () => {
    await write(augmented);
    await write({ ...augmented, source: "person" });
    expect(await isTunedOnTest(files, workspace, ["v1"])).toBe(true);
    expect(await isTunedOnTest(files, workspace, ["v2"])).toBe(true);
    const split = "description,suggestions,label,split\nA tea house,[],safe,dev\n";
    await files.writeAtomic(workspace.paths.testSet, split);
    expect(await isTunedOnTest(files, workspace, ["v1"])).toBe(false);
  });

  test("returns false for rows imported or generated without results", async () => {
    const foreign = path.join(folder, "foreign.csv");
    await writeFile(foreign, "description,suggestions\nA bakery for bread,[]\n");
    await importFile(files, workspace, { file: foreign, as: "dataset_v1" }, now);
    await write({ source: "llm", slice: null, from: null, generator: "m" });
    expect(await isTunedOnTest(files, workspace, ["v1"])).toBe(false);
    expect(await isTunedOnTest(files, workspace, ["v2"])).toBe(false);
    expect(await isTunedOnTest(files, workspace, datasetsOf("base"))).toBe(false);
  });
});

test("datasetsOf returns the dataset of the training and that of the prompt's examples", () => {
  const use = { name: "some", refusal: null, examples: { dataset: "v2", seed: 1, rows: [1] } };
  expect(datasetsOf("base")).toEqual([]);
  expect(datasetsOf("v1")).toEqual(["v1"]);
  expect(datasetsOf("prompted", use)).toEqual(["v2"]);
  expect(datasetsOf("v1", use)).toEqual(["v1", "v2"]);
});

describe("evaluatedRows", () => {
  const rowsOf = (text: string, heldoutOnly?: true) =>
    evaluatedRows(Buffer.from(text), "test_set.csv", {
      emptyMeansRefuse: false,
      ...(heldoutOnly === undefined ? {} : { heldoutOnly }),
    }).map(({ description }) => description);
  const head = "description,suggestions,label,split\n";

  test("returns all rows, or only those held out", () => {
    const text = `${head}A tea house,[],safe,dev\nA florist,[],safe,heldout\n`;
    expect(rowsOf(text)).toEqual(["A tea house", "A florist"]);
    expect(rowsOf(text, true)).toEqual(["A florist"]);
  });

  test("refuses a test set that holds out no rows", () => {
    expect(() => rowsOf(`${head}A tea house,[],safe,dev\n`, true)).toThrow("no held-out rows");
  });
});
