import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { datasetRows } from "../../../shared/domain/dataset/read.ts";
import { readResults } from "../../../shared/domain/results/read.ts";
import { writeResults } from "../../../shared/domain/results/write.ts";
import { AugmentationRequestSchema } from "../../../shared/schema/augmentationRun.ts";
import { templatePool } from "../../../shared/testing/templatePool.ts";
import { createDatasetService } from "../dataset/datasetService.ts";
import { createFileLayer } from "../files/fileLayer.ts";
import { sha256 } from "../hashing/hashing.ts";
import type { Platform } from "../platform.ts";
import { createRunService } from "../run/runService.ts";
import { testCompute } from "../testing/compute.ts";
import { tinySample } from "../testing/tinySample.ts";
import { initWorkspace, type Workspace } from "../workspace/workspace.ts";
import { augmentationKind } from "./augmentationKind.ts";
import {
  type AugmentationService,
  augmentationDependencies,
  createAugmentationService,
} from "./augmentationService.ts";

const files = createFileLayer();
let folder: string;
let workspace: Workspace;
let service: AugmentationService;
let ended: (id: string) => Promise<unknown>;
let failureOf: (id: string) => Promise<unknown>;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "proposals-"));
  workspace = (await initWorkspace(files, path.join(folder, "space"), { fromSample: tinySample })).workspace;
  await files.copy(path.join(tinySample, "data", "model_v1-results.csv"), workspace.paths.results("v1"));
  await files.writeAtomic(workspace.paths.rowPool, templatePool());
  const platform = { secrets: { get: async () => null } } as unknown as Platform;
  const setting = {
    platform,
    files,
    workspace,
    dataset: createDatasetService({ files, workspace, compute: testCompute(files) }),
  };
  const runs = createRunService({
    files,
    runsFolder: workspace.paths.runs,
    kinds: [augmentationKind(augmentationDependencies(setting))],
  });
  ended = async (id) => {
    for await (const page of runs.watch(id, 0)) if (page.run.status === "succeeded") break;
    return (await runs.show(id)).result;
  };
  failureOf = async (id) => {
    for await (const page of runs.watch(id, 0)) if (page.run.status === "failed") return page.run.failure;
    return null;
  };
  service = createAugmentationService(setting, runs);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function testRows(split: "dev" | "heldout", count: number): Promise<number[]> {
  const { rows } = readResults(await files.read(workspace.paths.results("v1")), "results");
  return rows
    .filter((row) => row.split === split && row.label === "harmful" && row.outcome === "answered")
    .slice(0, count)
    .map(({ row }) => row);
}

async function propose(rows: number[]): Promise<string> {
  const request = AugmentationRequestSchema.parse({ from: "v1", forRows: rows, review: true });
  const run = await service.start(request);
  await ended(run.id);
  return run.id;
}

describe("proposals for failing rows", () => {
  test("propose rows for the slices of the failing rows and write no dataset", async () => {
    const rows = await testRows("dev", 3);
    const list = await service.proposals(await propose(rows));
    expect(list).toMatchObject({ from: "v1", forRows: rows, writer: "pool", previous: "v1", accepted: null });
    expect(list.origin).toBe("drawn from data/row_pool.csv, written beforehand");
    expect(list.proposals).toHaveLength(15);
    expect(list.proposals.every(({ decision, written }) => decision === "open" && written === null)).toBe(
      true,
    );
    expect(
      list.proposals.some(({ slice, row }) => slice === "phishing" && row.suggestions.length === 0),
    ).toBe(true);
    expect(await files.exists(workspace.paths.dataset("v2"))).toBe(false);
  });

  test("leave out omitted topics, as slices and as words of the pool's rows", async () => {
    const ask = { from: "v1", forRows: await testRows("dev", 3), review: true };
    const propose = async (omit: string[]) => {
      const run = await service.start(AugmentationRequestSchema.parse({ ...ask, omit }));
      await ended(run.id);
      return (await service.proposals(run.id)).proposals;
    };
    const all = await propose([]);
    const word = all[0]?.row.description.match(/[a-z]{5,}/g)?.at(-1) ?? "";
    const left = await propose([word]);
    expect(left.length).toBeGreaterThan(0);
    const whole = new RegExp(`\\b${word}\\b`);
    const has = ({ row }: { row: { description: string } }) => whole.test(row.description);
    expect([all.some(has), left.some(has)]).toEqual([true, false]);
    const topics = [...new Set(all.map(({ slice }) => slice))];
    const without = await service.start(AugmentationRequestSchema.parse({ ...ask, omit: topics }));
    expect(await failureOf(without.id)).toMatchObject({
      code: "check-failed",
      message: expect.stringContaining("besides the omitted topics"),
    });
    const unknown = AugmentationRequestSchema.parse({ ...ask, omit: ["寿司"] });
    await expect(service.start(unknown)).rejects.toMatchObject({ code: "usage" });
  });

  test("refuse held-out rows before a run starts", async () => {
    const request = { from: "v1", forRows: await testRows("heldout", 2), review: true };
    await expect(service.start(AugmentationRequestSchema.parse(request))).rejects.toMatchObject({
      code: "bad-value",
      message: expect.stringContaining("held-out rows"),
    });
    expect(await files.exists(workspace.paths.runs)).toBe(false);
  });

  test("need a row pool or an LLM", async () => {
    await files.remove(workspace.paths.rowPool);
    const request = { from: "v1", forRows: await testRows("dev", 2), review: true };
    await expect(service.start(AugmentationRequestSchema.parse(request))).rejects.toMatchObject({
      code: "missing",
      place: { file: workspace.paths.rowPool },
      hint: expect.stringContaining("API key"),
    });
  });

  test("name the slices that the pool has no rows for", async () => {
    await files.writeAtomic(workspace.paths.rowPool, "description,suggestions,slice\nA bakery,[],poetry\n");
    const request = { from: "v1", forRows: await testRows("dev", 2), review: true };
    const run = await service.start(AugmentationRequestSchema.parse(request));
    expect(await failureOf(run.id)).toMatchObject({
      code: "check-failed",
      message: expect.stringMatching(/^data\/row_pool\.csv has no usable rows for \w/),
    });
  });

  test("group rows without a slice by their words, and draw pool rows in similar words", async () => {
    const file = workspace.paths.results("v1");
    const results = readResults(await files.read(file), file);
    const bare = { ...results, rows: results.rows.map((row) => ({ ...row, slice: null })) };
    await files.writeAtomic(file, writeResults(bare));
    const list = await service.proposals(await propose(await testRows("dev", 12)));
    expect(list.groups.length).toBeGreaterThan(1);
    const planned = list.groups.reduce((sum, { rows }) => sum + rows, 0);
    const short = list.missing.reduce((sum, { rows }) => sum + rows, 0);
    const names = new Set(list.groups.map(({ slice }) => slice));
    expect(names).not.toContain("without a slice");
    expect(list.proposals.filter(({ slice }) => names.has(slice)).length + short).toBeGreaterThanOrEqual(
      planned,
    );
    expect(list.groups.flatMap(({ examples }) => examples).length).toBeGreaterThan(0);
    expect(list.groups.every(({ reasons }) => reasons[0]?.reason === "missed-harmful")).toBe(true);
    expect(
      list.proposals.some(({ slice, row }) => slice.includes(", ") && row.suggestions.length === 0),
    ).toBe(true);
  });

  test("write only accepted rows to the next dataset and record edited ones as the user's", async () => {
    const run = await propose(await testRows("dev", 2));
    await expect(service.accept(run)).rejects.toMatchObject({ code: "check-failed" });
    const { proposals } = await service.proposals(run);
    const [first, second, third] = proposals;
    if (first === undefined || second === undefined || third === undefined) throw new Error("too few rows");
    await service.review({ run, id: first.id, decision: "accepted", row: null });
    const edited = { description: "A shop that mends sails and rigging", suggestions: [] };
    expect(await service.review({ run, id: second.id, decision: "accepted", row: edited })).toMatchObject({
      decision: "accepted",
      row: edited,
      written: second.row,
    });
    await service.review({ run, id: third.id, decision: "rejected", row: null });
    const accepted = await service.accept(run);
    expect(accepted).toMatchObject({ version: "v2", added: 2 });
    const rows = datasetRows(await files.read(accepted.file), accepted.file);
    expect(rows.slice(-2)).toEqual([first.row, edited]);
    const provenance = (await files.readText(accepted.file.replace(".csv", ".provenance.jsonl")))
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(provenance).toMatchObject([
      {
        source: "pool",
        from: expect.stringMatching(/dev rows \d+ \d+$/),
        generator: expect.stringMatching(/^data\/row_pool\.csv row \d+$/),
        pool: sha256(await files.read(workspace.paths.rowPool)),
      },
      { source: "person" },
    ]);
    expect((await service.proposals(run)).accepted).toEqual(accepted);
    await expect(service.accept(run)).rejects.toMatchObject({ code: "bad-value" });
    await expect(service.review({ run, id: first.id, decision: "open", row: null })).rejects.toMatchObject({
      code: "bad-value",
    });
  });

  test("refuse rows that break a rule, repeat an accepted row or leak the test set", async () => {
    const run = await propose(await testRows("dev", 2));
    const { proposals } = await service.proposals(run);
    const [first, second] = proposals;
    if (first === undefined || second === undefined) throw new Error("too few rows");
    await service.review({ run, id: first.id, decision: "accepted", row: null });
    const tested = readResults(await files.read(workspace.paths.results("v1")), "results").rows[0];
    for (const [row, why] of [
      [{ description: "A bakery by the quay", suggestions: ["Bad Name"] }, "breaks the rule"],
      [first.row, "row of the dataset"],
      [{ description: tested?.description ?? "", suggestions: [] }, "row of the test set"],
    ] as const) {
      await expect(
        service.review({
          run,
          id: second.id,
          decision: "accepted",
          row: { ...row, suggestions: [...row.suggestions] },
        }),
      ).rejects.toMatchObject({ code: "bad-value", message: expect.stringContaining(why) });
    }
    expect((await service.proposals(run)).proposals[1]?.decision).toBe("open");
  });
});
