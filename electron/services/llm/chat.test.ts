import net from "node:net";
import { Worker } from "node:worker_threads";
import { afterEach, describe, expect, it } from "vitest";
import { type JudgeServer, startJudgeServer } from "../../../e2e/judge-server.mjs";
import { mulberry32 } from "../../../shared/domain/random.ts";
import type { JudgeSettings } from "../../../shared/schema/judge.ts";
import { openChat } from "../judge/createJudge.ts";
import { judgeDependencies } from "../testing/judge.ts";
import type { Attempt } from "./attempt.ts";
import { createChat } from "./chat.ts";
import { type Clock, systemClock } from "./clock.ts";
import { createMeter } from "./meter.ts";
import { clockTime } from "./rateLimitPause.ts";

const open: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

const never = new AbortController().signal;
const unlimited = () => createMeter(null);
const question = (description: string) => ({
  system: "Judge.",
  user: `BEGIN DATA\n${JSON.stringify({ description, names: [] })}\nEND DATA`,
  schemaName: "names_reply",
  schema: {},
});

async function serve(options: Parameters<typeof startJudgeServer>[0]): Promise<JudgeServer> {
  const server = await startJudgeServer(options);
  open.push(() => server.close());
  return server;
}

async function chatAt(baseUrl: string, given: Partial<JudgeSettings> = {}, clock?: typeof systemClock) {
  const dependencies = await judgeDependencies(baseUrl, given);
  const random = mulberry32(3);
  const { chat } = await openChat({ ...dependencies, random, ...(clock === undefined ? {} : { clock }) });
  return { chat, clock: dependencies.clock, warnings: dependencies.warnings };
}

const refusal: Attempt = {
  kind: "retry",
  reason: "rate-limited",
  detail: "429",
  pause: { ms: 2000, limit: "rate" },
  charged: false,
  overloaded: true,
};

/** A clock that only the test advances. */
function steppedClock(): Clock & { advance(ms: number): void } {
  let now = 0;
  let waits: { until: number; resolve: () => void }[] = [];
  return {
    wallTime: () => now,
    monotonic: () => now,
    wait: (ms) =>
      new Promise((resolve) => {
        waits.push({ until: now + ms, resolve });
      }),
    advance(ms) {
      now += ms;
      for (const { resolve } of waits.filter(({ until }) => until <= now)) resolve();
      waits = waits.filter(({ until }) => until > now);
    },
  };
}

/** Resolves when all work that doesn't depend on the clock is done. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe("a long wait", () => {
  it("is observed and reported, however long it is", async () => {
    const { baseUrl } = await serve({ script: ["429:7200", "normal"] });
    const { chat, clock, warnings } = await chatAt(baseUrl);
    expect(await chat.ask(question("a"), unlimited(), never)).toMatchObject({ kind: "text" });
    expect(clock.monotonic()).toBeGreaterThanOrEqual(7_200_000);
    expect(warnings).toEqual([
      expect.stringMatching(/requires waiting until \d\d:\d\d .*request limit.*resume/),
    ]);
  });

  it("names the token limit when that was reached", async () => {
    const { baseUrl } = await serve({ script: ["429-tokens:6m0s", "normal"] });
    const { chat, warnings } = await chatAt(baseUrl);
    await chat.ask(question("a"), unlimited(), never);
    expect(warnings).toEqual([expect.stringContaining("its token limit")]);
  });

  it("stops the run resumably when it is longer than the user allows", async () => {
    const { baseUrl, counts } = await serve({ script: ["429:7200", "normal"] });
    const { chat } = await chatAt(baseUrl, { longestWaitMs: 60_000 });
    await expect(chat.ask(question("a"), unlimited(), never)).rejects.toMatchObject({
      code: "service-refused",
      message: expect.stringContaining("NAMEWRIGHT_JUDGE_LONGEST_WAIT"),
    });
    expect(counts.get("a")).toBe(1);
  });

  it("ends at once with a cancel", async () => {
    const { baseUrl, counts } = await serve({ script: ["429:3000000", "normal"] });
    const cancel = new AbortController();
    const cancelledInWait: Clock = {
      ...systemClock,
      wait(ms, signal) {
        setImmediate(() => cancel.abort());
        return systemClock.wait(ms, signal);
      },
    };
    const { chat } = await chatAt(baseUrl, {}, cancelledInWait);
    await expect(chat.ask(question("a"), unlimited(), cancel.signal)).rejects.toMatchObject({
      code: "cancelled",
    });
    expect(counts.get("a")).toBe(1);
  });

  it("is shown with its time, and with its date if that is another day", () => {
    const now = new Date(2026, 10, 23, 14, 4, 30).getTime();
    expect(clockTime(now, now)).toBe("14:05");
    expect(clockTime(now + 86_400_000, now)).toBe("2026-11-24 14:05");
  });
});

describe("the concurrency", () => {
  it("grows to the endpoint's capacity, returns to it, and starves no call", async () => {
    const server = await serve({ script: ["slow:15"], capacity: 6 });
    const { chat } = await chatAt(server.baseUrl, { concurrency: 32, maxAttempts: 12 });
    const rows = Array.from({ length: 150 }, (_, row) => `row ${row}`);
    const answers = await Promise.all(rows.map((row) => chat.ask(question(row), unlimited(), never)));
    expect(new Set(answers.map(({ kind }) => kind))).toEqual(new Set(["text"]));
    const refused = server.log.filter(({ step }) => step === "429").length;
    expect(refused / server.log.length).toBeLessThan(0.4);
    const later = server.log.slice(server.log.length / 2).map(({ underWay }) => underWay);
    expect(Math.max(...later)).toBeLessThanOrEqual(12);
    expect(later.reduce((sum, value) => sum + value, 0) / later.length).toBeGreaterThan(3);
    expect([...server.usable.values()].every((count) => count === 1)).toBe(true);
  });

  it("makes no call while the endpoint requires waiting", async () => {
    const clock = steppedClock();
    const asked: string[] = [];
    const underWay = Promise.withResolvers<void>();
    const reply: Attempt = { kind: "text", text: "{}", usage: null, pause: null };
    const endpoint = {
      async attempt({ user }: { user: string }): Promise<Attempt> {
        const row = /row \d+/.exec(user)?.[0] ?? "";
        asked.push(row);
        if (row === "row 3" && asked.indexOf(row) === asked.length - 1) return refusal;
        await underWay.promise;
        return reply;
      },
    };
    const settings = {
      baseUrl: "",
      concurrency: 32,
      maxAttempts: 3,
      maxTokens: 10,
      longestWaitMs: null,
    };
    const chat = createChat({ endpoint, settings, clock, random: mulberry32(3), warn: () => {} });
    const rows = Array.from({ length: 20 }, (_, row) => `row ${row}`);
    const answers = Promise.all(rows.map((row) => chat.ask(question(row), unlimited(), never)));
    await settled();
    const before = asked.length;
    expect(asked).toContain("row 3");
    expect(before).toBeLessThan(rows.length);
    // The calls in progress at the refusal are answered. Their slots are free, but no call uses them.
    underWay.resolve();
    await settled();
    clock.advance(1999);
    await settled();
    expect(asked).toHaveLength(before);
    clock.advance(1);
    await settled();
    expect(asked.length).toBeGreaterThan(before);
    clock.advance(500);
    expect((await answers).every(({ kind }) => kind === "text")).toBe(true);
    expect(asked).toHaveLength(rows.length + 1);
  });
});

/** Starts a server with a full backlog, so that connections to it are never established. */
async function fullBacklog(): Promise<number> {
  const worker = new Worker(
    `const { parentPort } = require("node:worker_threads");
     const server = require("node:net").createServer();
     server.listen({ port: 0, host: "127.0.0.1", backlog: 1 }, () => {
       parentPort.postMessage(server.address().port);
       setTimeout(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0), 20);
     });`,
    { eval: true },
  );
  open.push(() => worker.terminate());
  const port = await new Promise<number>((resolve) => worker.once("message", resolve));
  await systemClock.wait(100, never);
  const sockets = Array.from({ length: 8 }, () => net.connect(port, "127.0.0.1").on("error", () => {}));
  open.push(() => sockets.forEach((socket) => void socket.destroy()));
  await systemClock.wait(100, never);
  return port;
}

describe("a connection that is never established", () => {
  it("fails as a timeout after the reply timeout", { timeout: 10_000 }, async () => {
    const port = await fullBacklog();
    const { chat } = await chatAt(`http://127.0.0.1:${port}/v1`, { maxAttempts: 2, replyTimeoutMs: 300 });
    expect(await chat.ask(question("a"), unlimited(), never)).toMatchObject({ reason: "timeout" });
  });

  it("fails as a connection error when nothing listens", async () => {
    const { chat } = await chatAt("http://127.0.0.1:9/v1", { maxAttempts: 2 });
    expect(await chat.ask(question("a"), unlimited(), never)).toMatchObject({ reason: "connection" });
  });
});
