import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readResults } from "../../../shared/domain/results/read.ts";
import { writeResults } from "../../../shared/domain/results/write.ts";
import type { LiveRow } from "../../../shared/schema/evaluationRows.ts";
import { createFileLayer } from "../files/fileLayer.ts";
import { sha256 } from "../hashing/hashing.ts";
import { createRuleJudge } from "../judge/ruleJudge.ts";
import { createRunService, type RunService } from "../run/runService.ts";
import { tinySample } from "../testing/tinySample.ts";
import { initWorkspace, type Workspace } from "../workspace/workspace.ts";
import { watchRows } from "./liveRows.ts";
import { rejudgeKind } from "./rejudgeKind.ts";

const files = createFileLayer();
let folder: string;
let workspace: Workspace;
let runs: RunService;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "live-"));
  workspace = (await initWorkspace(files, path.join(folder, "space"), { fromSample: tinySample })).workspace;
  const judging = rejudgeKind({
    files,
    workspace,
    judge: async () => createRuleJudge(),
  });
  runs = createRunService({ files, runsFolder: workspace.paths.runs, kinds: [judging] });
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Collects everything that a watcher of the run receives. */
async function shown(run: string): Promise<{ rows: LiveRow[]; total: number }> {
  const rows = new Map<string, LiveRow>();
  let total = 0;
  for await (const live of watchRows({ files, workspace }, runs, { run, from: 0 })) {
    for (const row of live.rows) rows.set(`${row.row}.${row.sample}`, row);
    total = live.total;
  }
  return { rows: [...rows.values()], total };
}

describe("rows of an evaluation", () => {
  let run: string;
  beforeEach(async () => {
    run = (await readdir(path.join(tinySample, "runs"))).find((id) => id.includes("-evaluation-")) ?? "";
    await files.copy(path.join(tinySample, "runs", run), path.join(workspace.paths.runs, run));
  });

  /** Removes the test set's first row, so that every row number changes its meaning. */
  async function loseRow(): Promise<void> {
    const { testSet } = workspace.paths;
    const [header, , ...rest] = (await files.readText(testSet)).split("\n");
    await files.writeAtomic(testSet, [header, ...rest].join("\n"));
  }

  test("come from the run's own results, even after the test set changed", async () => {
    const before = await shown(run);
    expect(before.rows.length).toBeGreaterThan(0);
    await loseRow();
    expect(await shown(run)).toEqual(before);
    await files.remove(workspace.paths.testSet);
    expect(await shown(run)).toEqual(before);
  });

  test("are only the held-out ones when no others are evaluated", async () => {
    const place = path.join(workspace.paths.runs, run);
    const document = JSON.parse(await files.readText(path.join(place, "spec.json")));
    const spec = { ...document.spec, heldoutOnly: true };
    await files.writeAtomic(path.join(place, "spec.json"), JSON.stringify({ ...document, spec }));
    await files.remove(path.join(place, "results.csv"));
    const rows = (await files.readText(workspace.paths.testSet)).split("\n");
    expect((await shown(run)).total).toBe(rows.filter((row) => row.includes(",heldout,")).length);
  });

  test("are refused for a run without results whose test set changed", async () => {
    const before = await shown(run);
    await files.remove(path.join(workspace.paths.runs, run, "results.csv"));
    expect(await shown(run)).toEqual(before);
    await loseRow();
    await expect(shown(run)).rejects.toMatchObject({ code: "bad-value", hint: expect.any(String) });
    await files.remove(workspace.paths.testSet);
    await expect(shown(run)).rejects.toMatchObject({ code: "missing", hint: expect.any(String) });
  });
});

describe("rows of a rejudging", () => {
  test("are the rows it judged, even after they were scored", async () => {
    const sample = path.join(tinySample, "data", "model_v1-results.csv");
    const { stamp, rows } = readResults(await files.read(sample), sample);
    const answered = rows.filter(({ split, scores }) => split === "dev" && scores !== null).slice(0, 2);
    const gap = { reason: "timeout" as const, detail: "" };
    const gaps = rows.map((row) => (answered.includes(row) ? { ...row, scores: null, unscored: gap } : row));
    const text = writeResults({ stamp, rows: gaps });
    await files.writeAtomic(workspace.paths.results("v1"), text);
    const spec = {
      version: "v1",
      onlyUnscored: true,
      judge: createRuleJudge().stamp,
      resultsHash: sha256(text),
    };
    const { run, result } = await runs.start("rejudging", spec);
    await result;
    const { rows: watched, total } = await shown(run.id);
    expect(total).toBe(2);
    expect(watched.map(({ description, state }) => ({ description, state }))).toEqual(
      answered.map(({ description }) => ({ description, state: "scored" })),
    );
  });
});
