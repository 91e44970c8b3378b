import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { dataOf } from "../../../e2e/judge-replies.mjs";
import { type JudgeServer, type ScriptedData, startJudgeServer } from "../../../e2e/judge-server.mjs";
import { stepsOfQuota } from "../../../shared/domain/rowPlan/cells.ts";
import type { AugmentationStep } from "../../../shared/schema/augmentation.ts";
import type { DatasetRow } from "../../../shared/schema/dataset.ts";
import type { JournalEntry, RunEvent } from "../../../shared/schema/run.ts";
import type { SpendingLimits } from "../llm/meter.ts";
import { openTestSession } from "../testing/rowWriting.ts";
import { type TwoStageRequest, writeInTwoStages } from "./twoStageWriter.ts";

type ServerOptions = NonNullable<Parameters<typeof startJudgeServer>[0]>;

let folder: string;
let server: JudgeServer | undefined;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "two-stages-"));
});
afterEach(async () => {
  await server?.close();
  server = undefined;
  await rm(folder, { recursive: true, force: true });
});

const journalOf = (events: readonly RunEvent[]): JournalEntry[] =>
  events.map((event, at) => ({ seq: at + 1, at: "", event }));

interface WriteOptions
  extends Partial<Pick<TwoStageRequest, "steps" | "seed" | "omit" | "dataset" | "others">> {
  readonly server?: ServerOptions;
  /** A server that runs already. */
  readonly endpoint?: JudgeServer;
  readonly settings?: Record<string, string>;
  readonly limits?: SpendingLimits;
  readonly previous?: readonly JournalEntry[];
}

/** Writes rows through a scripted endpoint, over HTTP. */
async function write(options: WriteOptions) {
  if (options.endpoint === undefined) await server?.close();
  const started = options.endpoint ?? (await startJudgeServer(options.server));
  server = started;
  const opened = await openTestSession(folder, { ...options, baseUrl: started.baseUrl });
  const { session, context, events } = opened;
  const written = writeInTwoStages({
    session,
    steps: options.steps ?? stepsOfQuota({ rows: 20, refusals: 4 }),
    seed: options.seed ?? 1,
    omit: options.omit ?? [],
    dataset: options.dataset ?? [],
    others: options.others ?? [],
    context,
  });
  return { written, events, started };
}

const everyday = (count: number): AugmentationStep[] => [
  { slice: "everyday", kind: "safe", topic: null, constraint: null, length: null, count },
];

/** Replaces the first row of the first reply about rows, and leaves the others as usual. */
function firstRow(replacement: (usual: DatasetRow) => DatasetRow): ServerOptions {
  let replaced = false;
  return {
    content: (_data: ScriptedData, schema: string, usual: unknown) => {
      if (schema !== "rows_reply" || replaced) return undefined;
      replaced = true;
      const [first, ...others] = (usual as { rows: DatasetRow[] }).rows;
      return { rows: [...(first === undefined ? [] : [replacement(first)]), ...others] };
    },
  };
}

const rowRequests = (from: JudgeServer) =>
  from.requests
    .filter(({ response_format }) => response_format.json_schema.name === "rows_reply")
    .map((request) => ({ ...(dataOf(request) as ScriptedData), seed: request.seed }));

describe("writeInTwoStages", () => {
  it("asks once for trades, then for one to three rows per cell, up to the quota", async () => {
    const { written, started, events } = await write({ server: { script: ["slow:20"] } });
    const { added, rejected, missing } = await written;
    expect(added).toHaveLength(20);
    expect([rejected, missing]).toEqual([[], []]);
    expect(added.filter(({ row }) => row.suggestions.length === 0)).toHaveLength(4);
    expect(new Set(added.map(({ slice }) => slice)).size).toBeGreaterThan(4);
    expect(added.every(({ cell }) => cell?.includes(" · "))).toBe(true);
    expect(started.counts.get("trades")).toBe(1);
    const counts = rowRequests(started).map(({ count }) => count ?? 0);
    expect(counts.every((count) => count >= 1 && count <= 3)).toBe(true);
    const last = events.findLast(({ kind }) => kind === "progress");
    expect(last).toMatchObject({ done: counts.length, total: counts.length, unit: "cells" });
    expect(Math.max(...started.log.map(({ underWay }) => underWay))).toBeGreaterThan(1);
  });

  it("repeats plan, requests and rows for the same seed, and sends seeds to the endpoint", async () => {
    const requests = async (seed: number) => {
      const { written, started } = await write({ seed, server: { script: ["normal"] } });
      await written;
      return rowRequests(started)
        .map((request) => JSON.stringify(request))
        .sort();
    };
    const first = await requests(5);
    expect(await requests(5)).toEqual(first);
    expect(await requests(6)).not.toEqual(first);
    expect(first.every((request) => Number.isInteger(JSON.parse(request).seed))).toBe(true);
  });

  it("leaves out the seed where the endpoint doesn't know it", async () => {
    const { written, started } = await write({ server: { script: ["no-seed"] } });
    expect((await written).added).toHaveLength(20);
    expect(started.requests.filter(({ seed }) => seed === undefined).length).toBeGreaterThan(5);
  });

  it("draws examples of the same kind from the whole dataset by the seed", async () => {
    const dataset = Array.from({ length: 60 }, (_, at) => ({
      description: `Existing row ${at} about ${"abcdefghij"[at % 10]?.repeat(9)} and ${"klmnopqrst"[Math.floor(at / 10)]?.repeat(9)}`,
      suggestions: at % 3 === 0 ? [] : [`existing-${at}`],
    }));
    const { written, started } = await write({ dataset });
    await written;
    const shown = rowRequests(started).flatMap(({ business, examples = [] }) =>
      examples.map(({ description, suggestions }) => ({ business, description, suggestions })),
    );
    const late = dataset.slice(6).map(({ description }) => description);
    expect(shown.filter(({ description }) => late.includes(description)).length).toBeGreaterThan(10);
    for (const { business, suggestions } of shown) {
      expect(suggestions.length === 0).toBe(business?.style !== undefined);
    }
  });

  it.each<[string, (row: DatasetRow) => DatasetRow, string, Partial<WriteOptions>]>([
    ["an invalid name", (row) => ({ ...row, suggestions: ["Bad Name"] }), "breaks the rule", {}],
    [
      "a name of the dataset",
      (row) => ({ ...row, suggestions: ["takenname", ...row.suggestions.slice(1)] }),
      "repeats the name takenname",
      { dataset: [{ description: "An old row of the dataset", suggestions: ["takenname"] }] },
    ],
    [
      "a stem used more than three times",
      (row) => ({ ...row, suggestions: ["calmroom", "calmyard", "calmwind", "calmtide", "otherone"] }),
      "uses calm-",
      {},
    ],
    [
      "a near-duplicate of the dataset",
      (row) => ({ ...row, description: "We sharpen the knives of restaurant kitchens!" }),
      "row of the dataset",
      { dataset: [{ description: "We sharpen the knives of restaurant kitchens", suggestions: [] }] },
    ],
    [
      "a leak of the test set",
      (row) => ({ ...row, description: "We sharpen the knives of restaurant kitchens!" }),
      "row of the test set",
      { others: ["We sharpen the knives of restaurant kitchens"] },
    ],
    [
      "an omitted topic",
      (row) => ({ ...row, description: "An app for gamblers with little time" }),
      "omitted topic gambling",
      { omit: ["gambling"] },
    ],
  ])("rejects %s, tells the reason and asks the cell again", async (_, spoil, reason, options) => {
    const { written, started } = await write({ ...options, steps: everyday(6), server: firstRow(spoil) });
    const { added, rejected, missing } = await written;
    expect(rejected.map((row) => row.reason)).toEqual([expect.stringContaining(reason)]);
    expect([added.length, missing]).toEqual([6, []]);
    const told = rowRequests(started).filter((request) => request.rejected !== undefined);
    expect(told).toMatchObject([{ count: 1, rejected: [{ reason: rejected[0]?.reason }] }]);
  });

  it("rejects rows that say the same in other words, where the endpoint has embeddings", async () => {
    const old = "An old row about something else entirely";
    const paraphrase = firstRow((row) => ({ ...row, description: "Quite different words for it" }));
    let next = 2;
    const directions = new Map([
      [old, 0],
      ["Quite different words for it", 0],
    ]);
    const embed = (text: string) => {
      const direction = directions.get(text) ?? next++;
      directions.set(text, direction);
      return Array.from({ length: 64 }, (_, at) => (at === direction ? 1 : 0));
    };
    const { written, started } = await write({
      steps: everyday(6),
      dataset: [{ description: old, suggestions: [] }],
      settings: { NAMEWRIGHT_EMBEDDING_MODEL: "embed-scripted" },
      server: { ...paraphrase, embed },
    });
    const { added, rejected, embeddings } = await written;
    expect(rejected.map(({ reason }) => reason)).toEqual(["says the same as another row in other words"]);
    expect(added).toHaveLength(6);
    expect(embeddings).toEqual({ kind: "checked", model: "embed-scripted" });
    expect(started.counts.get("embeddings")).toBeLessThanOrEqual(7);
  });

  it("reports that embeddings weren't compared without a model, or where the endpoint has none", async () => {
    const without = await write({ steps: everyday(2) });
    expect((await without.written).embeddings).toMatchObject({ kind: "unavailable" });
    const refused = await write({
      steps: everyday(2),
      settings: { NAMEWRIGHT_EMBEDDING_MODEL: "none" },
    });
    expect((await refused.written).embeddings).toMatchObject({
      kind: "unavailable",
      reason: expect.stringContaining("404"),
    });
  });

  it("stops resumably where embeddings reach the limit, and keeps the replies under way", async () => {
    const without = await write({ steps: everyday(6) });
    await without.written;
    const cells = rowRequests(without.started).length;
    const first = await write({
      steps: everyday(6),
      settings: { NAMEWRIGHT_EMBEDDING_MODEL: "embed-scripted" },
      // Enough for the trades and all cells, but for no call about embeddings.
      limits: { maxCalls: 1 + cells },
      server: { embed: () => [1] },
    });
    await expect(first.written).rejects.toMatchObject({
      code: "check-failed",
      hint: expect.stringContaining("runs resume run-1"),
    });
    expect(first.started.counts.has("embeddings")).toBe(false);
    const kept = first.events.filter((event) => event.kind === "row" && event.key.startsWith("reply:cell"));
    expect(kept).toHaveLength(cells);
  });

  it("gives up a cell after four requests, replaces it once, and reports the missing rows by cell", async () => {
    const bad = { description: "An app for gamblers", suggestions: [] };
    const { written, started } = await write({
      steps: everyday(1),
      omit: ["gambling"],
      server: { content: (_data, schema) => (schema === "rows_reply" ? { rows: [bad] } : undefined) },
    });
    const { added, rejected, missing } = await written;
    expect([added.length, rejected.length, rowRequests(started).length]).toEqual([0, 8, 8]);
    expect(missing).toMatchObject([{ slice: "everyday", kind: "safe", rows: 1 }]);
    expect(missing[0]?.reasons).toEqual(["is about the omitted topic gambling"]);
    expect(missing[0]?.cell).toContain(" · ");
  });

  it("counts a replaced cell once, so that the progress reaches its total", async () => {
    const bad = { description: "An app for gamblers", suggestions: [] };
    let spoiled = "";
    const { written, events, started } = await write({
      steps: everyday(6),
      omit: ["gambling"],
      server: {
        content: ({ business }, schema) => {
          if (schema !== "rows_reply") return undefined;
          spoiled ||= business?.trade ?? "";
          return business?.trade === spoiled ? { rows: [bad] } : undefined;
        },
      },
    });
    const { added, missing } = await written;
    expect([added.length, missing]).toEqual([6, []]);
    const cells = new Set(rowRequests(started).map(({ business }) => business?.trade)).size;
    const last = events.findLast(({ kind }) => kind === "progress");
    expect(last).toMatchObject({ done: cells - 1, total: cells - 1 });
  });

  it("lists rows beyond those requested as rejected", async () => {
    const { written } = await write({
      steps: everyday(1),
      server: {
        content: (_data, schema, usual) => {
          if (schema !== "rows_reply") return undefined;
          const { rows } = usual as { rows: DatasetRow[] };
          return { rows: [...rows, { description: "One more bakery", suggestions: [] }] };
        },
      },
    });
    const { added, rejected } = await written;
    expect(added).toHaveLength(1);
    expect(rejected.map(({ reason }) => reason)).toEqual(["more rows than requested"]);
  });

  it("asks for trades again after an unusable reply, and fails clearly after three", async () => {
    const { written, started } = await write({
      steps: everyday(2),
      server: { script: (row) => (row === "trades" ? ["malformed", "normal"] : ["normal"]) },
    });
    expect((await written).added).toHaveLength(2);
    expect(started.counts.get("trades")).toBe(2);
    const failing = await write({
      steps: everyday(2),
      server: { content: (_data, schema) => (schema === "trades_reply" ? { trades: [] } : undefined) },
    });
    await expect(failing.written).rejects.toMatchObject({
      code: "service-refused",
      message: expect.stringContaining("0 usable trades of 0"),
    });
    expect(failing.started.requests).toHaveLength(3);
  });

  it("asks for no trades where every step has a topic", async () => {
    const steps: AugmentationStep[] = [
      { slice: "phishing", kind: "refusal", topic: "phishing", constraint: null, length: null, count: 3 },
    ];
    const { written, started } = await write({ steps });
    expect((await written).added.map(({ slice }) => slice)).toEqual(["phishing", "phishing", "phishing"]);
    expect(started.counts.has("trades")).toBe(false);
  });

  it("stops resumably at a limit and pays for no reply twice", async () => {
    const first = await write({ limits: { maxCalls: 4 } });
    await expect(first.written).rejects.toMatchObject({
      code: "check-failed",
      hint: expect.stringContaining("runs resume run-1"),
    });
    expect(first.started.requests).toHaveLength(4);
    const failed: RunEvent = {
      kind: "status",
      status: "failed",
      failure: { code: "check-failed", message: "stopped at the limit" },
    };
    const resumed = await write({
      limits: { maxCalls: 4 },
      previous: journalOf([...first.events, failed]),
      endpoint: first.started,
    });
    const { added, rejected, spending } = await resumed.written;
    expect([added.length, rejected]).toEqual([20, []]);
    const paid = first.started.requests.length;
    expect(spending?.calls).toBe(paid);
    const whole = await write({});
    await whole.written;
    expect(paid).toBe(whole.started.requests.length);
  });

  it("names the model that wrote each row, also after a resume with another model", async () => {
    const first = await write({ limits: { maxCalls: 4 } });
    await expect(first.written).rejects.toMatchObject({ code: "check-failed" });
    const resumed = await write({
      settings: { NAMEWRIGHT_JUDGE_MODEL: "another" },
      previous: journalOf(first.events),
      endpoint: first.started,
    });
    const { added } = await resumed.written;
    expect(new Set(added.map(({ source }) => source))).toEqual(new Set(["scripted", "another"]));
  });

  it("stops at a rejected key", async () => {
    const { written } = await write({ server: { script: ["401"] } });
    await expect(written).rejects.toMatchObject({ code: "service-refused" });
  });
});
