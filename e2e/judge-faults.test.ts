import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mulberry32 } from "../shared/domain/random.ts";
import { type JudgeServer, startJudgeServer } from "./judge-server.mjs";
import {
  cachedReplies,
  judgeAt,
  onlyRun,
  onlyRunId,
  paidTwice,
  resultsIn,
  safeRows,
  unscoredWorkspace,
  until,
} from "./judge-workspace.ts";
import { failing, runJson, start, temporaryFolder } from "./support/namewright.ts";

// Faults 18–28 of the judge over real HTTP, seen by the spawned terminal. `rejudge` needs only the judge, so this
// runs without a base model.

let temporary: { folder: string; remove(): Promise<void> };
beforeAll(async () => {
  temporary = await temporaryFolder();
});
afterAll(() => temporary.remove());

const open: JudgeServer[] = [];
afterAll(async () => {
  for (const server of open) await server.close();
});
type Script = NonNullable<NonNullable<Parameters<typeof startJudgeServer>[0]>["script"]>;
async function serve(script: Script): Promise<JudgeServer> {
  const server = await startJudgeServer({ script });
  open.push(server);
  return server;
}

let folders = 0;
/** Creates a workspace and runs `rejudge` in it with this server as its judge. */
async function workspaceOf(descriptions: readonly string[]) {
  folders += 1;
  return unscoredWorkspace(path.join(temporary.folder, `workspace ${folders}`), descriptions);
}
const words = ["--version", "v1", "--only-unscored"];
const four = ["A bakery", "A tailor", "A florist", "A smithy"];
/** Returns for each row "scored" or why it is unscored. An unscored row has no figure. */
async function verdictsIn(folder: string) {
  const { rows } = await resultsIn(folder, "v1");
  return new Map(
    rows.map(({ description, scores, unscored }) => {
      if ((scores === null) === (unscored === null)) throw new Error(`neither or both: ${description}`);
      return [description, unscored?.reason ?? "scored"];
    }),
  );
}

/** Returns a row per list of steps, named after it, and one without a fault. */
async function faultyRows(lists: readonly (readonly string[])[]) {
  const scripts = new Map(lists.map((steps) => [`A bakery, ${steps.join(" then ")}`, steps]));
  const server = await serve((row) => scripts.get(row) ?? ["normal"]);
  return { scripts, server, cwd: await workspaceOf([...scripts.keys(), "A florist"]) };
}

/** When the server received each request about a row, in milliseconds after the first. */
function askedAt(server: JudgeServer, row: string): number[] {
  const times = server.log.flatMap((one) => (one.row === row ? [one.at] : []));
  return times.map((at) => at - (times[0] ?? 0));
}

describe("transient faults: the row is still scored", () => {
  it.each([
    ["19 seconds", [["429:1", "normal"]]],
    ["19 date", [["429:+2", "normal"]]],
    [
      "19 limits",
      [
        ["429", "normal"],
        ["429-requests:800ms", "normal"],
        ["429-tokens:1.2s", "normal"],
      ],
    ],
    ["21", [["500", "503", "500", "normal"]]],
    [
      "22",
      [
        ["timeout", "normal"],
        ["body-timeout", "normal"],
      ],
    ],
    ["23", [["reset", "mid-body-reset", "normal"]]],
    [
      "26",
      [
        ["malformed", "normal"],
        ["out-of-range", "normal"],
      ],
    ],
    ["28", [["html", "normal"]]],
  ] as const)("%s: %j", async (_, lists) => {
    const { scripts, server, cwd } = await faultyRows(lists);
    const { runs } = await runJson("rejudge", words, { cwd, env: judgeAt(server) });
    expect(runs[0]).toMatchObject({ status: "succeeded", summary: { unscored: 0 } });
    expect(new Set((await verdictsIn(cwd)).values())).toEqual(new Set(["scored"]));
    expect(paidTwice(server)).toEqual([]);
    for (const [row, steps] of scripts) {
      const times = askedAt(server, row);
      expect(times).toHaveLength(steps.length);
      const wait = /^429:\+?(\d)$/.exec(steps[0] ?? "")?.[1];
      // A date has whole seconds, so it can be up to one second earlier.
      if (wait !== undefined) expect(times[1]).toBeGreaterThan(1000 * Number(wait) - 1010);
    }
  });
});

describe("unusable replies: the row is unscored with a reason, and scored later", () => {
  it.each([
    [
      "24",
      [
        ["refusal", "refused-by-judge", 1],
        ["content-filter", "refused-by-judge", 1],
      ],
    ],
    [
      "25",
      [
        ["length", "cut-off", 1],
        ["too-large", "rejected-request", 1],
      ],
    ],
    [
      "26",
      [
        ["malformed", "malformed-reply", 2],
        ["extra-field", "malformed-reply", 2],
        ["out-of-range", "malformed-reply", 2],
        ["wrong-indices", "wrong-indices", 2],
        ["empty", "malformed-reply", 1],
      ],
    ],
  ] as const)("%s: %j", async (_, faults) => {
    const lists = faults.map(([step, , asked]) => [...Array<string>(asked).fill(step), "normal"]);
    const { scripts, server, cwd } = await faultyRows(lists);
    const rows = [...scripts.keys()];
    const env = judgeAt(server);
    const { runs } = await runJson("rejudge", words, { cwd, env });
    expect(runs[0]).toMatchObject({ status: "succeeded", summary: { unscored: faults.length } });
    const reasons = faults.map(([, reason]) => reason);
    expect([...(await verdictsIn(cwd)).values()]).toEqual([...reasons, "scored"]);
    expect(rows.map((row) => server.counts.get(row))).toEqual(faults.map(([, , asked]) => asked));
    // A later rejudge scores the missing rows and asks about no others.
    const florist = (await resultsIn(cwd, "v1")).rows.at(-1);
    const again = await runJson("rejudge", words, { cwd, env });
    expect(again.runs[0]).toMatchObject({ summary: { unscored: 0 } });
    expect((await resultsIn(cwd, "v1")).rows.at(-1)).toEqual(florist);
    expect(rows.map((row) => server.counts.get(row))).toEqual(faults.map(([, , asked]) => asked + 1));
    expect(server.counts.get("A florist")).toBe(1);
  });
});

describe("permanent faults: exits with 5 at once, resumable", () => {
  it.each([
    ["18", "401", /rejected the API key/],
    ["20", "quota", /quota/],
    ["27", "retired", /no model "scripted"/],
    ["28", "html", /HTML page/],
  ] as const)("%s: %s", async (_, step, message) => {
    const descriptions = Array.from({ length: 12 }, (_, row) => `Bakery ${row}`);
    const broken = { is: true };
    const server = await serve(() => (broken.is ? [step] : ["normal"]));
    const cwd = await workspaceOf(descriptions);
    const env = judgeAt(server);
    const failure = await failing(["rejudge", ...words], { cwd, env });
    expect(failure).toMatchObject({ exitCode: 5, code: "service-refused" });
    expect(failure.message).toMatch(message);
    expect(JSON.stringify(failure)).not.toContain("sk-e2e-secret");
    // The canaries come first. An HTML page is retried, because a network can recover.
    if (step !== "html") expect(server.log.length).toBeLessThanOrEqual(3);
    expect(new Set((await verdictsIn(cwd)).values())).toEqual(new Set(["connection"]));
    broken.is = false;
    await runJson("runs resume", [await onlyRunId(cwd)], { cwd, env });
    expect(new Set((await verdictsIn(cwd)).values())).toEqual(new Set(["scored"]));
    expect(paidTwice(server)).toEqual([]);
  });
});

describe("long waits", () => {
  it.each(["429:120", "429:+7200"])(
    "waits for %s and reports it, and Ctrl-C leaves the run resumable",
    async (step) => {
      const server = await serve(() => (server.log.length === 0 ? [step] : ["normal"]));
      const cwd = await workspaceOf(four);
      const env = judgeAt(server);
      const waiting = start(["rejudge", ...words], { cwd, env });
      await waiting.saw(/requires waiting until (\d{4}-\d\d-\d\d )?\d\d:\d\d/);
      waiting.child.kill("SIGINT");
      const { code, stderr } = await waiting.ended;
      expect(code).toBe(130);
      // The canaries come first: while one of them waits, no row is judged.
      expect(four.filter((row) => server.counts.has(row))).toEqual([]);
      const id = /namewright runs resume (\S+)/.exec(stderr)?.[1] ?? "";
      await runJson("runs resume", [id], { cwd, env });
      expect(new Set((await verdictsIn(cwd)).values())).toEqual(new Set(["scored"]));
      expect(paidTwice(server)).toEqual([]);
    },
  );

  it("stops the run resumably when the wait exceeds the allowed maximum", async () => {
    const server = await serve(() => (server.log.length === 0 ? ["429:7200"] : ["normal"]));
    const cwd = await workspaceOf(four);
    const env = judgeAt(server, { NAMEWRIGHT_JUDGE_LONGEST_WAIT: "60" });
    const failure = await failing(["rejudge", ...words], { cwd, env });
    expect(failure).toMatchObject({ exitCode: 5 });
    expect(failure.message).toMatch(/requires waiting until/);
  });
});

/** Returns up to two transient faults, then a reply that is mostly usable. The seed determines all of it. */
function mixture(rows: readonly string[], seed: number): Map<string, string[]> {
  const random = mulberry32(seed);
  const pick = (steps: readonly string[]) => steps[Math.floor(random.next() * steps.length)] ?? "normal";
  const passing = [
    "429",
    "429",
    "429:1",
    "429-tokens:300ms",
    "500",
    "503",
    "503:1",
    "reset",
    "mid-body-reset",
    "html",
  ];
  const last = ["refusal", "length", "malformed", "extra-field", "out-of-range", "wrong-indices", "empty"];
  return new Map(
    rows.map((row) => {
      const faults = Array.from(
        { length: random.next() < 0.3 ? 1 + Math.floor(random.next() * 2) : 0 },
        () => (random.next() < 0.08 ? pick(["timeout", "body-timeout"]) : pick(passing)),
      );
      return [row, [...faults, random.next() < 0.85 ? pick(["normal", "slow:40"]) : pick(last)]];
    }),
  );
}

describe("all faults in random order", () => {
  it.each([1])(
    "120 rows, seed %i: each is scored, or unscored with its reason, and nothing is paid twice",
    async (seed) => {
      const rows = (await safeRows(120)).map(({ description }) => description);
      const scripts = mixture(rows, seed);
      const server = await serve((row) => scripts.get(row) ?? ["normal"]);
      const cwd = await workspaceOf(rows);
      const { runs } = await runJson("rejudge", words, { cwd, env: judgeAt(server) });
      const reasonOf: Readonly<Record<string, string>> = {
        normal: "scored",
        "slow:40": "scored",
        refusal: "refused-by-judge",
        length: "cut-off",
        "wrong-indices": "wrong-indices",
      };
      const expected = rows.map((row) => [
        row,
        reasonOf[scripts.get(row)?.at(-1) ?? ""] ?? "malformed-reply",
      ]);
      const verdicts = await verdictsIn(cwd);
      expect([...verdicts]).toEqual(expected);
      const unscored = [...verdicts.values()].filter((verdict) => verdict !== "scored").length;
      expect(unscored).toBeGreaterThan(5);
      expect(runs[0]?.summary).toMatchObject({ unscored });
      expect(paidTwice(server)).toEqual([]);
    },
  );
});

describe("kill -9 during judging", () => {
  it("pays for no reply twice: saved replies are reused, and only unanswered questions are asked again", async () => {
    const rows = (await safeRows(60)).map(({ description }) => description);
    const hold = { after: 25 };
    const server = await serve(() => (server.log.length > hold.after ? ["timeout"] : ["slow:30"]));
    const cwd = await workspaceOf(rows);
    const env = judgeAt(server, { NAMEWRIGHT_JUDGE_REPLY_TIMEOUT: "60" });
    const killed = start(["rejudge", ...words], { cwd, env });
    await until("the server holds questions back", () => server.log.length > hold.after + 2);
    await until(
      "every reply is on disk",
      async () => server.answering() === 0 && (await cachedReplies(cwd)) === server.usable.size,
    );
    killed.child.kill("SIGKILL");
    await killed.ended;
    const { id, status } = await onlyRun(cwd, "rejudging");
    expect(status).toBe("interrupted");
    hold.after = Number.POSITIVE_INFINITY;
    await runJson("runs resume", [id], { cwd, env });
    expect(new Set((await verdictsIn(cwd)).values())).toEqual(new Set(["scored"]));
    expect(server.usable.size).toBe(rows.length + 3);
    expect(paidTwice(server)).toEqual([]);
  });

  it("after three random kills, repeats only requests that were in flight", async () => {
    const rows = (await safeRows(90)).map(({ description }) => description);
    const server = await serve(["slow:60"]);
    const cwd = await workspaceOf(rows);
    const env = judgeAt(server, { NAMEWRIGHT_JUDGE_CONCURRENCY: "3" });
    const random = mulberry32(5);
    /** How many requests had been received when each process died. */
    const deaths: number[] = [];
    let command = ["rejudge", ...words];
    for (let kill = 0; kill < 3; kill++) {
      const before = server.log.length;
      const killed = start(command, { cwd, env });
      const more = 3 + Math.floor(15 * random.next());
      await until(`${more} rows are judged`, () => server.log.length >= before + more);
      killed.child.kill("SIGKILL");
      await killed.ended;
      deaths.push(server.log.length);
      command = ["runs", "resume", await onlyRunId(cwd)];
    }
    await runJson("runs resume", [command[2] ?? ""], { cwd, env });
    expect(new Set((await verdictsIn(cwd)).values())).toEqual(new Set(["scored"]));
    const asked = paidTwice(server).map((question) =>
      server.log.flatMap(({ row }, at) => (question === `names_reply ${row}` ? [at] : [])),
    );
    const isBetween = (death: number, times: readonly number[]) =>
      times.some((at, time) => at < death && death <= (times[time + 1] ?? -1));
    for (const times of asked) expect(deaths.filter((death) => isBetween(death, times))).not.toEqual([]);
    // Replies that the server had sent but we had not written. A slow disk can delay those of all rows that are judged at
    // once, two for each concurrent call.
    for (const death of deaths)
      expect(asked.filter((times) => isBetween(death, times)).length).toBeLessThanOrEqual(2 * 3);
  });
});
