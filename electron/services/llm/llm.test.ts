import { afterEach, describe, expect, it } from "vitest";
import { dataOf } from "../../../e2e/judge-replies.mjs";
import { type JudgeServer, startJudgeServer } from "../../../e2e/judge-server.mjs";
import { isValidName } from "../../../shared/domain/naming/names.ts";
import type { RowCell } from "../../../shared/schema/rowCell.ts";
import { openChat } from "../judge/createJudge.ts";
import { judgeDependencies } from "../testing/judge.ts";
import { waitBeforeRetry } from "./chat.ts";
import { createMeter } from "./meter.ts";
import { readPrompt } from "./prompts.ts";
import { retryAfterMs } from "./retryAfter.ts";
import { type CellRequest, createRowWriter, type PaidReply, writerPrompts } from "./rowWriter.ts";

let server: JudgeServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

const never = new AbortController().signal;

describe("retryAfterMs", () => {
  const at = Date.UTC(2026, 0, 1);
  it.each([
    [{ "retry-after": "1" }, 1_000],
    [{ "retry-after": "0.5" }, 500],
    [{ "retry-after": "120" }, 120_000],
    [{ "retry-after": "Thu, 01 Jan 2026 00:02:00 GMT" }, 120_000],
    [{ "retry-after": "Wed, 31 Dec 2025 00:00:00 GMT" }, 0],
    [{ "retry-after-ms": "250", "retry-after": "9" }, 250],
    [{ "retry-after": "soon" }, null],
    [{ "retry-after": "-5" }, null],
    [{}, null],
  ])("%j → %s", (headers, expected) => {
    expect(retryAfterMs(new Headers(headers as Record<string, string>), at)).toBe(expected);
  });
});

describe("waitBeforeRetry", () => {
  it("adds full jitter up to a doubling ceiling of at most 30 s to the server's Retry-After", () => {
    const most = { next: () => 1 };
    expect([1, 2, 3, 7, 20].map((attempt) => waitBeforeRetry(attempt, null, most))).toEqual([
      500, 1000, 2000, 30_000, 30_000,
    ]);
    expect(waitBeforeRetry(5, null, { next: () => 0 })).toBe(0);
    expect(waitBeforeRetry(1, 120_000, most)).toBe(120_500);
  });
});

const cell: RowCell = {
  id: "cell-1",
  slice: "everyday",
  kind: "safe",
  topic: "knife sharpening",
  sector: "crafts",
  owner: "two sisters",
  region: "Japan",
  tone: "playful",
  length: "ultra-long",
  constraint: "no-hyphens",
  edge: "it is mobile or seasonal",
  style: null,
  count: 3,
};
const request: CellRequest = { cell, count: 2, omit: ["birds"], examples: [], rejected: [], avoid: [] };
const asked = { key: "cell-1.1", seed: 7, signal: never };

async function writerOf(options: Parameters<typeof startJudgeServer>[0], limits = {}) {
  server = await startJudgeServer(options);
  const dependencies = await judgeDependencies(server.baseUrl);
  const { chat, settings } = await openChat(dependencies);
  const { files, promptsFolder } = dependencies;
  const prompts = {
    trades: await readPrompt(files, promptsFolder, writerPrompts.trades),
    groups: await readPrompt(files, promptsFolder, writerPrompts.groups),
    safe: await readPrompt(files, promptsFolder, writerPrompts.safe),
    neighbour: await readPrompt(files, promptsFolder, writerPrompts.neighbour),
    refusal: await readPrompt(files, promptsFolder, writerPrompts.refusal),
  };
  const replies = new Map<string, PaidReply>();
  const paid = {
    get: (key: string) => replies.get(key),
    put: async (key: string, reply: PaidReply) => void replies.set(key, reply),
  };
  const meter = createMeter(settings.prices, limits);
  return {
    writer: createRowWriter({ chat, model: settings.model, prompts, meter, paid }),
    requests: server.requests,
    meter,
  };
}

describe("createRowWriter", () => {
  it("tells the LLM the whole cell and reads its rows", async () => {
    const { writer, requests } = await writerOf({});
    const written = await writer.rows(request, asked);
    if (written.kind !== "written") throw new Error(written.detail);
    expect(written.content).toHaveLength(2);
    expect(written.content.every(({ suggestions }) => suggestions.every(isValidName))).toBe(true);
    const [sent] = requests;
    if (sent === undefined) throw new Error("nothing was sent");
    expect(dataOf(sent)).toEqual({
      count: 2,
      business: {
        trade: "knife sharpening",
        sector: "crafts",
        owner: "two sisters",
        region: "Japan",
        tone: "playful",
        length: "80 to 150 words",
        wishAboutNames: "no hyphens",
        special: "it is mobile or seasonal",
      },
      stayAwayFrom: ["birds"],
      examples: [],
    });
    expect(sent.seed).toBe(7);
  });

  it("uses separate instructions for each kind and drops the names of refusals", async () => {
    const { writer, requests } = await writerOf({
      content: (_data, schema) =>
        schema === "rows_reply"
          ? { rows: [{ description: " A text ", suggestions: ["some-name"] }] }
          : undefined,
    });
    const kinds = ["safe", "neighbour", "refusal"] as const;
    const contents = [];
    for (const kind of kinds) {
      const written = await writer.rows({ ...request, cell: { ...cell, kind } }, { ...asked, key: kind });
      contents.push(written.kind === "written" ? written.content : written);
    }
    const named = [{ description: "A text", suggestions: ["some-name"] }];
    expect(contents).toEqual([named, named, [{ description: "A text", suggestions: [] }]]);
    expect(new Set(requests.map(({ messages }) => messages[0]?.content)).size).toBe(3);
  });

  it("returns why a reply is unusable", async () => {
    for (const [step, reason] of [
      ["malformed", "malformed-reply"],
      ["refusal", "refused-by-judge"],
      ["length", "cut-off"],
      ["empty", "malformed-reply"],
    ] as const) {
      await server?.close();
      const { writer } = await writerOf({ script: [step] });
      expect(await writer.rows(request, asked)).toMatchObject({ kind: "unusable", reason });
      expect(await writer.trades(20, [], { ...asked, key: "trades.1" })).toMatchObject({ reason });
    }
  });

  it("doesn't pay for a reply that it already has", async () => {
    const { writer, requests, meter } = await writerOf({});
    const first = await writer.trades(20, [], asked);
    expect(await writer.trades(20, [], asked)).toEqual(first);
    expect([requests.length, meter.spending().calls, meter.spending().cacheHits]).toEqual([1, 1, 1]);
  });

  it.each(["refusal", "content-filter", "length", "empty", "malformed"])(
    "doesn't pay twice for an unusable reply: %s",
    async (step) => {
      const { writer, requests } = await writerOf({ script: [step] });
      const first = await writer.rows(request, asked);
      expect(first.kind).toBe("unusable");
      expect(await writer.rows(request, asked)).toEqual(first);
      expect(requests).toHaveLength(1);
    },
  );

  it("asks again where nothing was paid for: a rejected request, a limit", async () => {
    const { writer, requests } = await writerOf({ script: ["400", "normal"] });
    expect(await writer.rows(request, asked)).toMatchObject({ reason: "rejected-request" });
    expect(await writer.rows(request, asked)).toMatchObject({ kind: "written" });
    expect(requests).toHaveLength(2);
  });

  it("counts the request whose seed was refused, and sends no seed afterwards", async () => {
    const { writer, requests, meter } = await writerOf({ script: ["no-seed"] });
    expect(await writer.rows(request, asked)).toMatchObject({ kind: "written" });
    expect(await writer.rows(request, { ...asked, key: "cell-1.2" })).toMatchObject({ kind: "written" });
    expect(requests.map(({ seed }) => seed)).toEqual([7, undefined, undefined]);
    expect(meter.spending().calls).toBe(3);
    await server?.close();
    const limited = await writerOf({ script: ["no-seed"] }, { maxCalls: 1 });
    expect(await limited.writer.rows(request, asked)).toMatchObject({ reason: "budget" });
    expect(limited.requests).toHaveLength(1);
  });

  it("stops at the budget and at a rejected key", async () => {
    const { writer } = await writerOf({}, { maxCalls: 1 });
    await writer.rows(request, asked);
    expect(await writer.rows(request, { ...asked, key: "cell-1.2" })).toMatchObject({ reason: "budget" });
    await server?.close();
    const refused = await writerOf({ script: ["401"] });
    await expect(refused.writer.rows(request, asked)).rejects.toMatchObject({ code: "service-refused" });
  });
});

describe("readPrompt", () => {
  it("hashes instructions and schema regardless of line endings", async () => {
    const { files, promptsFolder, folder } = await judgeDependencies("http://127.0.0.1:9/v1");
    const prompt = await readPrompt(files, promptsFolder, "names");
    await files.copy(promptsFolder, folder);
    const text = await files.readText(`${folder}/names-rubric.txt`);
    await files.writeAtomic(`${folder}/names-rubric.txt`, text.replaceAll("\n", "\r\n"));
    expect((await readPrompt(files, folder, "names")).hash).toBe(prompt.hash);
    await files.writeAtomic(`${folder}/names-rubric.txt`, `${text} Be kind.`);
    expect((await readPrompt(files, folder, "names")).hash).not.toBe(prompt.hash);
  });
});
