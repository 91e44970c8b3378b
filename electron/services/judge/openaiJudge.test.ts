import { readFile } from "node:fs/promises";
import { afterEach, describe, expect, it } from "vitest";
import { type JudgeServer, startJudgeServer } from "../../../e2e/judge-server.mjs";
import type { Failure } from "../../../shared/domain/failure.ts";
import type { JudgeSettings, UnscoredReason } from "../../../shared/schema/judge.ts";
import { judgeDependencies } from "../testing/judge.ts";
import { createJudge } from "./createJudge.ts";

let server: JudgeServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

const names = ["crumb-rise", "loaf-lane", "sourdawn", "crustcorner", "goldenloaf"];
const row = { description: "A small bakery", names };
const never = new AbortController().signal;

type Script = NonNullable<NonNullable<Parameters<typeof startJudgeServer>[0]>["script"]>;

async function judgeOf(script: Script, given: Partial<JudgeSettings> = {}) {
  server = await startJudgeServer({ script });
  const dependencies = await judgeDependencies(server.baseUrl, given);
  const judge = await createJudge("openai", dependencies);
  const { counts, requests, baseUrl } = server;
  return { judge, counts, requests, baseUrl, ...dependencies };
}

it("a reply that arrived while the machine was suspended is read, not requested again", async () => {
  const asleep = () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2500);
  const { judge, counts } = await judgeOf(["slow:300"], { replyTimeoutMs: 1000, bodyTimeoutMs: 1000 });
  const asked = judge.scoreNames(row, never);
  while (counts.size === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  asleep();
  expect(await asked).toMatchObject({ kind: "scored" });
  expect([...counts.values()]).toEqual([1]);
});

describe("a valid reply", () => {
  it("scores each name in the row's order, on 0–1 by (mean − 1)/4", async () => {
    const { judge } = await judgeOf(["normal"]);
    const verdict = await judge.scoreNames(row, never);
    if (verdict.kind !== "scored") throw new Error(JSON.stringify(verdict));
    expect(verdict.scores.map(({ index, name }) => [index, name])).toEqual(
      names.map((name, index) => [index, name]),
    );
    for (const { likert, score } of verdict.scores) {
      const sum = Object.values(likert ?? {}).reduce((total, value) => total + value, 0);
      expect(score).toBeCloseTo((sum / 4 - 1) / 4, 12);
    }
    expect(judge.stamp).toMatchObject({ kind: "openai", scale: "likert-1-5", model: "scripted" });
    expect(judge.stamp.rubric).toMatch(/^[0-9a-f]{64}$/);
  });

  it("sends the description and the shuffled names only, the same way each time", async () => {
    const { judge, requests, files, cacheFile } = await judgeOf(["normal"]);
    await judge.scoreNames(row, never);
    await files.remove(cacheFile);
    const again = await createJudge("openai", { ...(await judgeDependencies(server?.baseUrl ?? "")) });
    await again.scoreNames(row, never);
    expect(requests[1]).toEqual(requests[0]);
    const sent = JSON.parse(requests[0]?.messages[1]?.content.split("\n")[1] ?? "");
    expect(Object.keys(sent)).toEqual(["description", "names"]);
    const shown = sent.names.map(({ name }: { name: string }) => name);
    expect(shown).not.toEqual(names);
    expect([...shown].sort()).toEqual([...names].sort());
  });

  it("writes the key nowhere", async () => {
    const { judge, cacheFile, requests } = await judgeOf(["normal"]);
    await judge.scoreNames(row, never);
    expect(await readFile(cacheFile, "utf8")).not.toContain("sk-test-key");
    expect(JSON.stringify(requests)).not.toContain("sk-test-key");
  });
});

/** Faults: the server's script, the row's reason, and the number of calls. */
const unscored: readonly (readonly [
  script: string,
  reason: UnscoredReason,
  asked: number,
  detail: RegExp,
])[] = [
  ["refusal", "refused-by-judge", 1, /cannot help/],
  ["content-filter", "refused-by-judge", 1, /content filter/],
  ["length", "cut-off", 1, /token limit/],
  ["malformed", "malformed-reply", 2, /not JSON/],
  ["extra-field", "malformed-reply", 2, /overall/],
  ["out-of-range", "malformed-reply", 2, /relevance/],
  ["wrong-indices", "wrong-indices", 2, /\[1,2,3,4,5\]/],
  ["missing-name", "wrong-indices", 2, /0…4/],
  ["empty", "malformed-reply", 1, /empty/],
  ["no-choices", "malformed-reply", 1, /choices/],
  ["html", "malformed-reply", 3, /HTML page.*proxy/],
  ["400", "rejected-request", 1, /scripted 400/],
  ["500", "server-error", 3, /500.*attempt 3 of 3/],
  ["503:2", "server-error", 3, /503/],
  ["429:1", "rate-limited", 3, /429/],
  ["429:86400", "rate-limited", 3, /429/],
  ["too-large", "rejected-request", 1, /too large/],
  ["timeout", "timeout", 2, /within/],
  ["body-timeout", "timeout", 2, /within/],
  ["reset", "connection", 3, /./],
  ["mid-body-reset", "connection", 3, /./],
];

describe("an unusable reply leaves the row unscored with the reason:", () => {
  it.each(unscored)("%s → %s after %i calls", async (script, reason, asked, detail) => {
    const late = { maxAttempts: 2, replyTimeoutMs: 300, bodyTimeoutMs: 300 };
    const given = reason === "timeout" ? late : { maxAttempts: 3 };
    const { judge, counts, files, cacheFile } = await judgeOf([script], given);
    const verdict = await judge.scoreNames(row, never);
    expect(verdict).toMatchObject({ kind: "unscored", reason, detail: expect.stringMatching(detail) });
    expect(counts.get(row.description)).toBe(asked);
    expect(await files.exists(cacheFile)).toBe(false);
  });
});

describe("an error that no retry can fix stops everything:", () => {
  it.each([
    ["401", /rejected the API key/],
    ["403", /no access to the model/],
    ["quota", /no quota/],
    ["retired", /has no model "scripted"/],
    ["not-found", /has no model/],
    ["no-schema", /Structured Outputs/],
  ])("%s", async (script, message) => {
    const { judge, counts } = await judgeOf([script]);
    const failure: Failure = await judge.scoreNames(row, never).then(
      () => Promise.reject(new Error("did not fail")),
      (error) => error,
    );
    expect(failure).toMatchObject({ code: "service-refused", message: expect.stringMatching(message) });
    expect(failure.hint).toBeTruthy();
    expect(failure.message).not.toContain("sk-test-key");
    expect(counts.get(row.description)).toBe(1);
  });

  it("a network without a reply for five rows in a row", async () => {
    const { judge } = await judgeOf(["reset"], { maxAttempts: 1 });
    for (let number = 1; number < 5; number++) {
      await judge.scoreNames({ ...row, description: `row ${number}` }, never);
    }
    await expect(judge.scoreNames(row, never)).rejects.toMatchObject({ code: "service-refused" });
  });
});

describe("retries", () => {
  it("recover from a burst of every transient fault", async () => {
    const burst = ["500", "reset", "503", "mid-body-reset", "timeout", "normal"];
    const { judge, counts, clock } = await judgeOf(burst, { replyTimeoutMs: 2_000 });
    expect(await judge.scoreNames(row, never)).toMatchObject({ kind: "scored", cached: false });
    expect(counts.get(row.description)).toBe(6);
    clock.waits.forEach((wait, index) => {
      expect(wait).toBeLessThanOrEqual(500 * 2 ** index);
    });
    expect(clock.waits).toHaveLength(5);
  });

  it.each([
    ["429:1", 1_000],
    ["429:30", 30_000],
    ["429:120", 120_000],
    ["429:+45", 44_000],
    ["429:86400", 86_400_000],
    ["429:9999999", 9_999_999_000],
    ["429-requests:1m30s", 90_000],
    ["429-tokens:7.5s", 7_500],
  ])("wait at least as long as %s asks", async (script, least) => {
    const { judge, clock } = await judgeOf([script, "normal"]);
    expect(await judge.scoreNames(row, never)).toMatchObject({ kind: "scored" });
    const waited = clock.waits.reduce((sum, wait) => sum + wait, 0);
    expect(waited).toBeGreaterThanOrEqual(least);
    expect(waited).toBeLessThan(least + 1501);
  });

  it("are made by us only: the client sends a request once", async () => {
    const { judge, counts } = await judgeOf(["500"], { maxAttempts: 1 });
    await judge.scoreNames(row, never);
    expect(counts.get(row.description)).toBe(1);
  });

  it("end at once when cancelled", async () => {
    const cancel = new AbortController();
    const cancelWhenAsked = () => {
      cancel.abort();
      return ["timeout"];
    };
    const { judge } = await judgeOf(cancelWhenAsked, { replyTimeoutMs: 60_000 });
    await expect(judge.scoreNames(row, cancel.signal)).rejects.toMatchObject({ code: "cancelled" });
  });
});

describe("the cache", () => {
  it("answers the same question without a call, across processes", async () => {
    const { judge, counts, ...dependencies } = await judgeOf(["normal"]);
    const first = await judge.scoreNames(row, never);
    const again = await createJudge("openai", dependencies);
    const second = await again.scoreNames(row, never);
    expect(second).toEqual({ ...first, cached: true });
    expect(counts.get(row.description)).toBe(1);
  });

  it("misses for another model, description or names", async () => {
    const { judge, counts, ...dependencies } = await judgeOf(["normal"]);
    await judge.scoreNames(row, never);
    const other = await createJudge("openai", {
      ...dependencies,
      given: { ...dependencies.given, model: "other" },
    });
    await other.scoreNames(row, never);
    await judge.scoreNames({ ...row, names: names.slice(1) }, never);
    await judge.scoreNames({ ...row, description: "Another bakery" }, never);
    expect([...counts]).toEqual([
      ["A small bakery", 3],
      ["Another bakery", 1],
    ]);
  });

  it("pays once for two equal questions at the same time", async () => {
    const { judge, counts } = await judgeOf(["slow:50"]);
    const [one, other] = await Promise.all([judge.scoreNames(row, never), judge.scoreNames(row, never)]);
    expect(one).toEqual(other);
    expect(counts.get(row.description)).toBe(1);
  });

  it("skips damaged lines with a warning and keeps writing valid ones", async () => {
    const { judge, counts, files, cacheFile, warnings, ...rest } = await judgeOf(["normal"]);
    await judge.scoreNames(row, never);
    const [line = ""] = (await readFile(cacheFile, "utf8")).split("\n");
    const tampered = line.replaceAll("scripted", "smuggled");
    await files.writeAtomic(cacheFile, `${tampered}\n${line}\n${line.slice(0, 40)}`);
    const dependencies = { ...rest, files, cacheFile, warnings };
    const reopened = await createJudge("openai", dependencies);
    expect(await reopened.scoreNames(row, never)).toMatchObject({ cached: true });
    expect(warnings).toEqual([expect.stringContaining("2 unreadable lines skipped")]);
    await reopened.scoreNames({ ...row, description: "Another" }, never);
    const third = await createJudge("openai", dependencies);
    expect(await third.scoreNames({ ...row, description: "Another" }, never)).toMatchObject({ cached: true });
    expect(counts.get("Another")).toBe(1);
  });
});

describe("a missing setting", () => {
  it("is reported before any call: key, model", async () => {
    const dependencies = await judgeDependencies("http://127.0.0.1:9/v1");
    const withoutKey = { ...dependencies, apiKey: async () => null };
    await expect(createJudge("openai", withoutKey)).rejects.toMatchObject({
      code: "missing",
      hint: expect.stringContaining("OPENAI_API_KEY"),
    });
    await expect(createJudge("openai", { ...dependencies, given: {} })).rejects.toMatchObject({
      code: "missing",
    });
    expect((await createJudge(null, withoutKey)).stamp.kind).toBe("rule");
  });

  it("refuses a base URL with a password or another protocol", async () => {
    for (const baseUrl of ["https://me:secret@example.org/v1", "file:///etc/passwd"]) {
      const dependencies = await judgeDependencies(baseUrl);
      await expect(createJudge("openai", dependencies)).rejects.toMatchObject({ code: "bad-value" });
    }
  });
});
