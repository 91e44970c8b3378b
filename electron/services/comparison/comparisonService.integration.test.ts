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
import { createHeldoutGuard } from "../results/heldoutGuard.ts";
import { testCompute } from "../testing/compute.ts";
import { changeConfig } from "../workspace/changeConfig.ts";
import { initWorkspace, type Workspace } from "../workspace/workspace.ts";
import { type ComparisonService, createComparisonService } from "./comparisonService.ts";

const files = createFileLayer();
const settings = ComparisonSettingsSchema.parse({ draws: 100 });
let folder: string;
let service: ComparisonService;
let openingsFile: string;
let workspace: Workspace;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "namewright-comparison-"));
  ({ workspace } = await initWorkspace(files, path.join(folder, "space"), {}));
  openingsFile = path.join(workspace.paths.state, "heldout-openings.jsonl");
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
    now: () => new Date("2026-01-02T03:04:05Z"),
    heldout: createHeldoutGuard({ files, workspace, now: () => new Date("2026-01-02T03:04:05Z") }),
  });
});

afterEach(() => rm(folder, { recursive: true, force: true }));

describe("comparison service", () => {
  test("compares versions by name and counts each opening of the held-out rows", async () => {
    const first = await service.compare({ baseline: "base", candidate: "v1", settings });
    expect(first).toMatchObject({
      n: 12,
      heldoutOpenings: 1,
      baseline: { name: "base" },
      candidate: { name: "v1" },
    });
    expect(first.difference.accuracy.value).toBe(1);
    expect(first.slices.map(({ slice }) => slice)).toEqual(["phishing"]);
    const second = await service.compare({ baseline: "v1", candidate: "base", settings });
    expect(second.heldoutOpenings).toBe(2);
    const lines = (await readFile(openingsFile, "utf8")).trim().split("\n");
    expect(JSON.parse(lines[0] ?? "")).toEqual({
      at: "2026-01-02T03:04:05.000Z",
      testSet: exampleStamp.testSet,
      baseline: "base",
      candidate: "v1",
    });
  });

  test("pools the slices named in the workspace's namewright.json", async () => {
    await changeConfig(files, workspace, (config) => ({ ...config, slicePools: { scams: ["phishing"] } }));
    const { slices } = await service.compare({ baseline: "base", candidate: "v1", settings });
    expect(slices.map(({ slice, pools }) => [slice, pools])).toEqual([
      ["phishing", undefined],
      ["scams", ["phishing"]],
    ]);
  });

  test("returns a view with the comparison and its figures' data, counted as one opening", async () => {
    const { comparison, shift } = await service.view({ baseline: "base", candidate: "v1", settings });
    const alone = await service.compare({ baseline: "base", candidate: "v1", settings });
    expect(comparison).toEqual({ ...alone, heldoutOpenings: 1 });
    expect(shift.matrices.moves).toEqual([
      { from: "missed_inappropriate", to: "confirmed_inappropriate", count: 12, verdict: "better" },
    ]);
  });

  test("hides held-out rows until they are revealed and counts that once", async () => {
    const both = { baseline: "base", candidate: "v1" };
    const ask = (split: "dev" | "heldout") =>
      service.rows({ ...both, query: AlignedQuerySchema.parse({ split }) });
    expect(await ask("dev")).toMatchObject({ matched: 0, heldout: { rows: 12, opened: false, openings: 0 } });
    await expect(ask("heldout")).rejects.toMatchObject({ code: "check-failed" });
    expect(await service.openHeldout(both)).toEqual({ rows: 12, opened: true, openings: 1 });
    expect(await service.openHeldout(both)).toEqual({ rows: 12, opened: true, openings: 1 });
    expect(await ask("heldout")).toMatchObject({
      matched: 12,
      counts: { improved: 12, safety: 12, regressed: 0 },
      heldout: { opened: true, openings: 1 },
    });
    const [line] = (await readFile(openingsFile, "utf8")).trim().split("\n");
    expect(JSON.parse(line ?? "")).toMatchObject({ ...both, look: "rows" });
    const heldout = AlignedQuerySchema.parse({ split: "heldout" });
    // The same rows in another order don't count as another look. Results of another run do.
    expect(await service.rows({ baseline: "v1", candidate: "base", query: heldout })).toMatchObject({
      heldout: { opened: true, openings: 1 },
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
    expect(await files.exists(openingsFile)).toBe(false);
  });

  test("skips a torn line of the openings", async () => {
    await service.compare({ baseline: "base", candidate: "v1", settings });
    await files.appendText(openingsFile, '{"at": "2026-0\n');
    expect((await service.compare({ baseline: "base", candidate: "v1", settings })).heldoutOpenings).toBe(2);
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
      now: () => new Date(0),
      heldout: createHeldoutGuard({ files: readOnly, workspace, now: () => new Date(0) }),
    });
    const data = path.join(folder, "space", "data");
    const found = await reading.compare({
      baseline: path.join(data, "model_base-results.csv"),
      candidate: path.join(data, "model_v1-results.csv"),
      settings,
    });
    expect(found).toMatchObject({ heldoutOpenings: null, baseline: { name: "model_base-results" }, n: 12 });
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
    const now = () => new Date(0);
    const request = { baseline: "v1", candidate: "v2", settings };
    const local = createComparisonService({
      hashes: async () => null,
      files,
      workspace,
      compute: testCompute(files),
      now,
      heldout: createHeldoutGuard({ files, workspace, now }),
    });
    const compute = testCompute(files, launchCompute);
    const remote = createComparisonService({
      hashes: async () => null,
      files,
      workspace,
      compute,
      now,
      heldout: createHeldoutGuard({ files, workspace, now }),
    });
    const here = await local.compare(request);
    const there = await remote.compare(request);
    expect(launched).toBe(1);
    expect(there).toEqual({ ...here, heldoutOpenings: 2 });
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
