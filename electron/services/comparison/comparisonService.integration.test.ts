import { fork } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { writeResults } from "../../../shared/domain/results/write.ts";
import { AlignedQuerySchema } from "../../../shared/schema/alignedRows.ts";
import { ComparisonSettingsSchema } from "../../../shared/schema/comparison.ts";
import { exampleRow, exampleStamp } from "../../../shared/testing/resultsExample.ts";
import { createFileLayer } from "../files/fileLayer.ts";
import { testCompute } from "../testing/compute.ts";
import { testHeldout } from "../testing/heldout.ts";
import { changeConfig } from "../workspace/changeConfig.ts";
import { initWorkspace, type Workspace } from "../workspace/workspace.ts";
import { type ComparisonService, createComparisonService } from "./comparisonService.ts";

const files = createFileLayer();
const settings = ComparisonSettingsSchema.parse({ draws: 100 });
let folder: string;
let service: ComparisonService;
let looksFile: string;
let workspace: Workspace;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "namewright-comparison-"));
  ({ workspace } = await initWorkspace(files, path.join(folder, "space"), {}));
  looksFile = workspace.paths.heldoutLooks;
  for (const [version, outcome] of [
    ["base", "answered"],
    ["v1", "refused"],
  ] as const) {
    const rows = Array.from({ length: 12 }, (_, index) => ({
      ...exampleRow,
      row: index + 1,
      description: `scheme ${index}`,
      label: "harmful" as const,
      slice: "phishing",
      outcome,
    }));
    await files.writeAtomic(
      workspace.paths.results(version),
      writeResults({ stamp: { ...exampleStamp, version }, rows }),
    );
  }
  service = createComparisonService({
    hashes: async () => null,
    files,
    workspace,
    compute: testCompute(files),
    ...testHeldout(files, workspace, () => new Date("2026-01-02T03:04:05Z")),
  });
});

afterEach(() => rm(folder, { recursive: true, force: true }));

describe("comparison service", () => {
  test("compares versions by name and counts the same two results once, in either order", async () => {
    const first = await service.compare({ baseline: "base", candidate: "v1", settings });
    expect(first).toMatchObject({
      n: 12,
      looks: { used: 1, budget: 5 },
      baseline: { name: "base" },
      candidate: { name: "v1" },
    });
    expect(first.difference.accuracy.value).toBe(1);
    expect(first.slices.map(({ slice }) => slice)).toEqual(["phishing"]);
    const second = await service.compare({ baseline: "v1", candidate: "base", settings });
    expect(second.looks).toEqual({ used: 1, budget: 5 });
    const stricter = ComparisonSettingsSchema.parse({ draws: 100, margins: { missedHarmfulRate: 0.01 } });
    const third = await service.compare({ baseline: "base", candidate: "v1", settings: stricter });
    expect(third.looks).toEqual({ used: 1, budget: 5 });
    const lines = (await readFile(looksFile, "utf8")).trim().split("\n");
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { kind: "rows", testSet: exampleStamp.testSet },
      {
        kind: "decision",
        at: "2026-01-02T03:04:05.000Z",
        testSet: exampleStamp.testSet,
        budget: 5,
        baseline: "base",
        candidate: "v1",
      },
    ]);
  });

  test("pools the slices named in the workspace's namewright.json", async () => {
    await changeConfig(files, workspace, (config) => ({ ...config, slicePools: { scams: ["phishing"] } }));
    const { slices } = await service.compare({ baseline: "base", candidate: "v1", settings });
    expect(slices.map(({ slice, pools }) => [slice, pools])).toEqual([
      ["phishing", undefined],
      ["scams", ["phishing"]],
    ]);
  });

  test("returns a view with the comparison and its figures' data, counted as one look", async () => {
    const { comparison, shift } = await service.view({ baseline: "base", candidate: "v1", settings });
    const alone = await service.compare({ baseline: "base", candidate: "v1", settings });
    expect(comparison).toEqual(alone);
    expect(shift.matrices.moves).toEqual([
      { from: "missed_inappropriate", to: "confirmed_inappropriate", count: 12, verdict: "better" },
    ]);
  });

  test("hides held-out rows until they are revealed and counts that once", async () => {
    const both = { baseline: "base", candidate: "v1" };
    const ask = (split: "dev" | "heldout") =>
      service.rows({ ...both, query: AlignedQuerySchema.parse({ split }) });
    expect(await ask("dev")).toMatchObject({
      matched: 0,
      heldout: { rows: 12, opened: false, looks: { used: 0, budget: 5 } },
    });
    await expect(ask("heldout")).rejects.toMatchObject({ code: "check-failed" });
    expect(await service.openHeldout(both)).toEqual({
      rows: 12,
      opened: true,
      looks: { used: 1, budget: 5 },
    });
    expect(await service.openHeldout(both)).toEqual({
      rows: 12,
      opened: true,
      looks: { used: 1, budget: 5 },
    });
    expect(await ask("heldout")).toMatchObject({
      matched: 12,
      counts: { improved: 12, safety: 12, regressed: 0 },
      heldout: { opened: true, looks: { used: 1, budget: 5 } },
    });
    const line = (await readFile(looksFile, "utf8")).trim().split("\n").at(-1);
    expect(JSON.parse(line ?? "")).toMatchObject({ kind: "reading", ...both });
    const heldout = AlignedQuerySchema.parse({ split: "heldout" });
    // The same rows in another order don't count as another look. Results of another run do.
    expect(await service.rows({ baseline: "v1", candidate: "base", query: heldout })).toMatchObject({
      heldout: { opened: true, looks: { used: 1, budget: 5 } },
    });
    const stamp = { ...exampleStamp, version: "v2", runId: "r2" };
    const row = { ...exampleRow, description: "scheme 0", label: "harmful" as const };
    const another = writeResults({ stamp, rows: [row] });
    await files.writeAtomic(path.join(folder, "space", "data", "model_v2-results.csv"), another);
    await expect(service.rows({ baseline: "v1", candidate: "v2", query: heldout })).rejects.toMatchObject({
      code: "check-failed",
    });
  });

  test("changes the revision with a file or a correction and counts no look", async () => {
    const both = { baseline: "base", candidate: "v1" };
    const first = await service.revision(both);
    expect(await service.revision(both)).toEqual(first);
    const data = path.join(folder, "space", "data");
    const file = path.join(data, "model_v1-results.csv");
    await files.writeAtomic(file, (await files.readText(file)).replace("scheme 3", "scheme 33"));
    const second = await service.revision(both);
    expect(second).not.toEqual(first);
    await files.writeAtomic(path.join(data, "model_base-overrides.csv"), "row,label\n");
    expect(await service.revision(both)).not.toEqual(second);
    expect(await files.exists(looksFile)).toBe(false);
  });

  test("skips a torn line of the looks", async () => {
    await service.compare({ baseline: "base", candidate: "v1", settings });
    await files.appendText(looksFile, '{"at": "2026-0\n');
    await service.openHeldout({ baseline: "base", candidate: "v1" });
    const { looks } = await service.compare({ baseline: "base", candidate: "v1", settings });
    expect(looks).toEqual({ used: 1, budget: 5 });
    expect(await readFile(looksFile, "utf8")).toMatch(/"kind":"reading".*\n$/);
  });

  test("compares in a workspace that can't be written", async () => {
    const readOnly = {
      ...files,
      appendLine: () => Promise.reject(Object.assign(new Error("read-only"), { code: "EROFS" })),
    };
    const { workspace } = await initWorkspace(files, path.join(folder, "other"), {});
    const reading = createComparisonService({
      hashes: async () => null,
      files: readOnly,
      workspace,
      compute: testCompute(readOnly),
      ...testHeldout(readOnly, workspace),
    });
    const data = path.join(folder, "space", "data");
    const found = await reading.compare({
      baseline: path.join(data, "model_base-results.csv"),
      candidate: path.join(data, "model_v1-results.csv"),
      settings,
    });
    expect(found).toMatchObject({
      looks: { used: 1, budget: 5 },
      baseline: { name: "model_base-results" },
      n: 12,
    });
  });

  test("returns the same result in this process and in the compute worker", { timeout: 30_000 }, async () => {
    const main = fileURLToPath(new URL("../../workers/compute/main.ts", import.meta.url));
    let launched = 0;
    const launchCompute = () => {
      launched += 1;
      const child = fork(main, [], { serialization: "advanced", execArgv: [], stdio: "inherit" });
      return {
        post: (message: unknown) => void child.send(message as object),
        onMessage: (listener: (message: unknown) => void) => void child.on("message", listener),
        onExit: (listener: (code: number | null, signal: string | null) => void) =>
          void child.on("exit", listener),
        kill: () => void child.kill("SIGKILL"),
        pid: child.pid,
      };
    };
    const { workspace } = await initWorkspace(files, path.join(folder, "large"), {});
    for (const version of ["v1", "v2"]) {
      const rows = Array.from({ length: 60 }, (_, index) => ({
        ...exampleRow,
        row: index + 1,
        // Large enough that the worker also reads them for a page of rows.
        description: `${"a long description ".repeat(2_000)}${index}`,
        outcome: index % (version === "v1" ? 3 : 4) === 0 ? ("refused" as const) : ("answered" as const),
      }));
      await files.writeAtomic(
        workspace.paths.results(version),
        writeResults({ stamp: { ...exampleStamp, version }, rows }),
      );
    }
    const request = { baseline: "v1", candidate: "v2", settings };
    const local = createComparisonService({
      hashes: async () => null,
      files,
      workspace,
      compute: testCompute(files),
      ...testHeldout(files, workspace),
    });
    const compute = testCompute(files, launchCompute);
    const remote = createComparisonService({
      hashes: async () => null,
      files,
      workspace,
      compute,
      ...testHeldout(files, workspace),
    });
    const here = await local.compare(request);
    const there = await remote.compare(request);
    expect(launched).toBe(1);
    expect(there).toEqual(here);
    const rows = { baseline: "v1", candidate: "v2", query: AlignedQuerySchema.parse({ limit: 2 }) };
    const near = await local.rows(rows);
    const far = await remote.rows(rows);
    // The idle worker answers again.
    expect(launched).toBe(1);
    expect(far).toEqual(near);
    compute.close();
  });

  test("names the missing results and how to create them", async () => {
    await expect(service.compare({ baseline: "v7", candidate: "v1" })).rejects.toMatchObject({
      code: "missing",
      hint: expect.stringContaining("namewright eval --version v7"),
    });
    await expect(service.compare({ baseline: "v1", candidate: "nowhere.csv" })).rejects.toMatchObject({
      code: "missing",
    });
  });
});
