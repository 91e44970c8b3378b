import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { DecisionSettingsSchema } from "../../../shared/schema/comparison.ts";
import { createFileLayer } from "../files/fileLayer.ts";
import { changeConfig } from "../workspace/changeConfig.ts";
import { initWorkspace, type Workspace } from "../workspace/workspace.ts";
import { createHeldoutLooks, type HeldoutLooks } from "./heldoutLooks.ts";
import type { ComparedLook, Look } from "./look.ts";

const files = createFileLayer();
const testSet = "a".repeat(64);
let folder: string;
let workspace: Workspace;
let looks: HeldoutLooks;
let seconds: number;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "namewright looks "));
  ({ workspace } = await initWorkspace(files, path.join(folder, "space"), {}));
  seconds = 0;
  const now = () => new Date(Date.UTC(2026, 0, 2, 3, 4, seconds++));
  looks = createHeldoutLooks({ files, workspace, now });
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A comparison of two results, which are told apart by their hashes. */
function compared(results: [string, string], of: Partial<ComparedLook["of"]> = {}): ComparedLook {
  const rows = ["row 1", "row 2"];
  const runIds: [string, string] = ["20260101T000000-evaluation-0001", "20260101T000000-evaluation-0002"];
  return { kind: "decision", baseline: "v1", candidate: "v2", of: { testSet, rows, results, runIds, ...of } };
}

function reading(runs: string[]): Look {
  return { kind: "reading", baseline: "v1", candidate: "v2", testSet, rows: ["row 1", "row 2"], runs };
}

const used = async () => (await looks.status(testSet, ["row 1", "row 2"]))?.used;

describe("a look", () => {
  test("counts once for the same two results, in either order and from another test set with the same rows", async () => {
    expect(await looks.record(compared(["one", "two"]))).toEqual({ used: 1, budget: 5 });
    expect(await looks.record(compared(["two", "one"]))).toEqual({ used: 1, budget: 5 });
    expect(await looks.record(compared(["one", "two"], { testSet: "b" }))).toEqual({ used: 1, budget: 5 });
    expect(await looks.record(compared(["one", "three"]))).toEqual({ used: 2, budget: 5 });
    expect(await used()).toBe(2);
  });

  test("keeps its number when the budget is used up later", async () => {
    for (const result of ["1", "2", "3", "4", "5", "6"]) await looks.record(compared(["base", result]));
    expect(await looks.find(compared(["base", "6"]))).toEqual({ used: 6, budget: 5 });
    expect(await looks.find(compared(["base", "2"]))).toEqual({ used: 2, budget: 5 });
    expect(await looks.find(compared(["base", "7"]))).toBeNull();
  });

  test("is spent by reading rows, once for each run", async () => {
    expect(await looks.record(reading(["r1"]))).toEqual({ used: 1, budget: 5 });
    expect(await looks.record(reading(["r1", "r2"]))).toEqual({ used: 2, budget: 5 });
    expect(await looks.record(reading(["r2"]))).toEqual({ used: 2, budget: 5 });
    expect(await used()).toBe(2);
    expect(await looks.status(testSet, null)).toMatchObject({ decisions: 0, readings: 2 });
  });

  test("fixes the budget when it is the first", async () => {
    const setBudget = (lookBudget: number) =>
      changeConfig(files, workspace, (config) => ({
        ...config,
        decision: DecisionSettingsSchema.parse({ lookBudget }),
      }));
    await setBudget(3);
    expect(await looks.record(compared(["one", "two"]))).toEqual({ used: 1, budget: 3 });
    await setBudget(50);
    expect(await looks.record(compared(["one", "three"]))).toEqual({ used: 2, budget: 3 });
    expect(await looks.status(testSet, null)).toMatchObject({ budget: 3, configured: 50 });
  });

  test("fixes the budget that its comparison asked for, and a later one can't change it", async () => {
    expect(await looks.record(compared(["one", "two"]), 2)).toEqual({ used: 1, budget: 2 });
    expect(await looks.record(compared(["one", "two"]), 9)).toEqual({ used: 1, budget: 2 });
    expect(await looks.record(compared(["one", "three"]), 9)).toEqual({ used: 2, budget: 2 });
    expect(await looks.status(testSet, null)).toMatchObject({ budget: 2, configured: 5 });
  });

  test("counts while a row that it used is held out, and no longer when all rows are new", async () => {
    await looks.record(compared(["one", "two"]));
    const edited = { testSet: "edited", rows: ["row 2", "row 3"] };
    expect(await looks.record(compared(["one", "four"], edited))).toEqual({ used: 2, budget: 5 });
    const renewed = { testSet: "renewed", rows: ["row 4"] };
    expect(await looks.record(compared(["five", "six"], renewed))).toEqual({ used: 1, budget: 5 });
    expect(await looks.usedRows(testSet, ["row 1", "row 2"])).toEqual(["row 1", "row 2", "row 3"]);
  });
});

describe("the file of looks", () => {
  test("keeps every look when git merged it with conflict markers, repeated lines and a torn one", async () => {
    await looks.record(compared(["one", "two"]));
    await looks.record(compared(["one", "three"]));
    const file = workspace.paths.heldoutLooks;
    const [rows = "", first = "", second = ""] = (await readFile(file, "utf8")).split("\n");
    const merged = [rows, "<<<<<<< ours", second, "=======", first, second, ">>>>>>> theirs", '{"kind":'];
    await files.writeAtomic(file, merged.join("\n"));
    expect(await looks.find(compared(["one", "two"]))).toEqual({ used: 1, budget: 5 });
    expect(await looks.record(compared(["one", "four"]))).toEqual({ used: 3, budget: 5 });
  });

  test("takes over the looks of the earlier counter, one for each pair of versions", async () => {
    const opening = { at: "2026-01-01T12:00:00.000Z", testSet, baseline: "v1", candidate: "v2" };
    const openings = [opening, opening, { ...opening, baseline: "base" }, { ...opening, look: "rows" }];
    const text = openings.map((line) => `${JSON.stringify(line)}\n`).join("");
    await files.writeAtomic(path.join(workspace.paths.state, "heldout-openings.jsonl"), text);
    expect(await used()).toBe(3);
    // These results were there when the earlier version compared them.
    expect((await looks.record(compared(["one", "two"])))?.used).toBeLessThanOrEqual(3);
    expect(await used()).toBe(3);
    // They were evaluated again since.
    const again = {
      runIds: ["20260101T000000-evaluation-0001", "20260102T000000-evaluation-0003"] as [string, string],
    };
    expect(await looks.record(compared(["one", "three"], again))).toEqual({ used: 4, budget: 5 });
    // Now the looks are in the committed file, and count without the earlier one.
    await files.remove(path.join(workspace.paths.state, "heldout-openings.jsonl"));
    expect(await used()).toBe(4);
  });

  test("still counts what it has where the workspace can't be written", async () => {
    for (const result of ["1", "2", "3", "4", "5"]) await looks.record(compared(["base", result]));
    const readOnly = {
      ...files,
      appendLine: () => Promise.reject(Object.assign(new Error("read-only"), { code: "EROFS" })),
    };
    const reading = createHeldoutLooks({ files: readOnly, workspace, now: () => new Date(0) });
    expect(await reading.record(compared(["base", "2"]))).toEqual({ used: 2, budget: 5 });
    expect(await reading.record(compared(["base", "6"]))).toEqual({ used: 6, budget: 5 });
  });
});

test("two processes at once lose no look and give each its own number", { timeout: 60_000 }, async () => {
  const url = (file: string) => JSON.stringify(new URL(file, import.meta.url).href);
  const recording = (name: string) => {
    const script = `
      import { createFileLayer } from ${url("../files/fileLayer.ts")};
      import { openWorkspace } from ${url("../workspace/workspace.ts")};
      import { createHeldoutLooks } from ${url("./heldoutLooks.ts")};
      const files = createFileLayer();
      const workspace = await openWorkspace(files, ${JSON.stringify(workspace.folder)}, false);
      const looks = createHeldoutLooks({ files, workspace, now: () => new Date() });
      const places = [];
      for (let at = 0; at < 10; at += 1) {
        const of = { testSet: ${JSON.stringify(testSet)}, rows: ["row 1"], results: ["same", at < 2 ? "shared " + at : ${JSON.stringify(name)} + at], runIds: ["r1", "r2"] };
        places.push((await looks.record({ kind: "decision", baseline: "v1", candidate: "v2", of })).used);
      }
      process.stdout.write(JSON.stringify(places));`;
    const child = spawn(process.execPath, ["--input-type=module", "--eval", script], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let text = "";
    child.stdout.on("data", (part: Buffer) => {
      text += part.toString();
    });
    return once(child, "close").then(() => JSON.parse(text) as number[]);
  };
  const [one = [], other = []] = await Promise.all([recording("one"), recording("other")]);
  // Both recorded the first two pairs, each of which is one look.
  expect(one.slice(0, 2).sort()).toEqual(other.slice(0, 2).sort());
  const own = [...one.slice(2), ...other.slice(2)];
  expect(new Set(own).size).toBe(16);
  expect(Math.max(...own)).toBe(18);
  const lines = (await readFile(workspace.paths.heldoutLooks, "utf8")).trim().split("\n");
  expect(lines).toHaveLength(19);
  expect(await used()).toBe(18);
});
