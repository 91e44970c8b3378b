import { afterEach, describe, expect, it } from "vitest";
import { type JudgeServer, startJudgeServer } from "../../../e2e/judge-server.mjs";
import { isValidName } from "../../../shared/domain/naming/names.ts";
import { openChat } from "../judge/createJudge.ts";
import { judgeDependencies } from "../testing/judge.ts";
import { waitBeforeRetry } from "./chat.ts";
import { createMeter } from "./meter.ts";
import { readPrompt } from "./prompts.ts";
import { retryAfterMs } from "./retryAfter.ts";
import { createRowWriter, promptOfKind, type RowsRequest } from "./writeRows.ts";

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

async function writerOf(script: readonly string[], limits = {}) {
  server = await startJudgeServer({ script });
  const dependencies = await judgeDependencies(server.baseUrl);
  const { chat, settings } = await openChat(dependencies);
  const { files, promptsFolder } = dependencies;
  const prompts = {
    safe: await readPrompt(files, promptsFolder, promptOfKind.safe),
    neighbour: await readPrompt(files, promptsFolder, promptOfKind.neighbour),
    refusal: await readPrompt(files, promptsFolder, promptOfKind.refusal),
  };
  const writer = createRowWriter(chat, prompts, createMeter(settings.prices, limits));
  return { writer, requests: server.requests };
}

const request: RowsRequest = { topic: "phishing", count: 23, kind: "safe", omit: ["birds"], examples: [] };

describe("createRowWriter", () => {
  it("writes the requested number of rows in calls of at most ten", async () => {
    const { writer, requests } = await writerOf(["normal"]);
    const { rows, failures } = await writer.writeRows(request, never);
    expect(failures).toEqual([]);
    expect(new Set(rows.map(({ description }) => description)).size).toBe(23);
    expect(rows.every(({ suggestions }) => suggestions.length === 5 && suggestions.every(isValidName))).toBe(
      true,
    );
    const sent = requests.map(({ messages }) => JSON.parse(messages[1]?.content.split("\n")[1] ?? ""));
    expect(sent.map(({ count }) => count)).toEqual([10, 10, 3]);
    expect(sent[1].alreadyWritten).toHaveLength(10);
    expect(sent[0].stayAwayFrom).toEqual(["birds"]);
  });

  it("drops the names of refusals and uses separate instructions for each kind", async () => {
    const { writer, requests } = await writerOf(["normal"]);
    const { rows } = await writer.writeRows({ ...request, kind: "refusal", count: 3 }, never);
    expect(rows.map(({ suggestions }) => suggestions)).toEqual([[], [], []]);
    await writer.writeRows({ ...request, kind: "neighbour", count: 3 }, never);
    await writer.writeRows({ ...request, kind: "safe", count: 3 }, never);
    expect(new Set(requests.map(({ messages }) => messages[0]?.content)).size).toBe(3);
  });

  it("skips single unusable replies, stops after three in a row, and keeps the rows", async () => {
    const { writer } = await writerOf(["malformed", "normal", "refusal", "length", "empty"]);
    const { rows, failures } = await writer.writeRows(request, never);
    expect(rows).toHaveLength(10);
    expect(failures.map(({ reason }) => reason)).toEqual([
      "malformed-reply",
      "refused-by-judge",
      "cut-off",
      "malformed-reply",
    ]);
  });

  it("stops at the budget and at a rejected key", async () => {
    const { writer } = await writerOf(["normal"], { maxCalls: 1 });
    const { rows, failures } = await writer.writeRows(request, never);
    expect([rows.length, failures.map(({ reason }) => reason)]).toEqual([10, ["budget"]]);
    await server?.close();
    const refused = await writerOf(["401"]);
    await expect(refused.writer.writeRows(request, never)).rejects.toMatchObject({ code: "service-refused" });
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
