import { existsSync } from "node:fs";
import { copyFile, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type JudgeServer, startJudgeServer } from "./judge-server.mjs";
import {
  cachedReplies,
  embeddedBase,
  judgeAt,
  onlyRun,
  paidTwice,
  resultsIn,
  testSetWorkspace,
  until,
} from "./judge-workspace.ts";
import { failing, run, runJson, start, temporaryFolder } from "./support/namewright.ts";

// Evaluations with the LLM judge: limits, kills, changed inputs, labels and canaries. The base model generates.

const base = path.join(embeddedBase, "model-f16.gguf");
const without = existsSync(base) ? null : `the embedded base model was not found: ${base}`;

let temporary: { folder: string; remove(): Promise<void> };
beforeAll(async () => {
  temporary = await temporaryFolder();
});
const open: JudgeServer[] = [];
afterAll(async () => {
  for (const server of open) await server.close();
  await temporary.remove();
});

async function serve(options: Parameters<typeof startJudgeServer>[0]): Promise<JudgeServer> {
  const server = await startJudgeServer(options);
  open.push(server);
  return server;
}
const workspace = (name: string) => path.join(temporary.folder, name);
/** The judge's environment, with an accelerator that no other test uses. */
const judgeFor = (cwd: string, server: JudgeServer, over: Record<string, string> = {}) =>
  judgeAt(server, { NAMEWRIGHT_DATA_DIR: path.join(cwd, "user data"), ...over });
const evaluate = ["--version", "base", "--judge", "openai"];

describe.skipIf(without !== null).concurrent(`an evaluation with the LLM judge`, { timeout: 200_000 }, () => {
  it("stops at --max-calls with exit 1, and resumes to the end without paying twice", async () => {
    const server = await serve({ script: ["slow:10"] });
    const cwd = await testSetWorkspace(workspace("calls"), { rows: 40 });
    const env = judgeFor(cwd, server);
    const stopped = await failing(["eval", ...evaluate, "--max-calls", "20"], { cwd, env });
    expect(stopped).toMatchObject({ exitCode: 1, code: "check-failed" });
    expect(stopped.message).toContain("stopped at the limit after 20 judge calls");
    expect(server.log.length).toBe(20);
    expect(existsSync(path.join(cwd, "data", "model_base-results.csv"))).toBe(false);
    const { id, status } = await onlyRun(cwd, "evaluation");
    expect(status).toBe("failed");
    expect(stopped.hint).toContain(`namewright runs resume ${id}`);
    await runJson("runs resume", [id], { cwd, env });
    const { rows } = await resultsIn(cwd, "base");
    expect(rows.every(({ scores, unscored }) => unscored === null && scores !== null)).toBe(true);
    expect(server.usable.size).toBe(40 + 3);
    expect(paidTwice(server)).toEqual([]);
  });

  it("counts calls of a killed attempt toward the limit, and repeats no answered call", async () => {
    const hold = { after: 15 };
    const server = await serve({
      script: () => (server.log.length > hold.after ? ["timeout"] : ["slow:20"]),
    });
    const cwd = await testSetWorkspace(workspace("killed"), { rows: 30 });
    const env = judgeFor(cwd, server, { NAMEWRIGHT_JUDGE_REPLY_TIMEOUT: "120" });
    const killed = start(["eval", ...evaluate], { cwd, env });
    await until("the server holds questions back", () => server.log.length > hold.after + 1);
    await until(
      "every reply is on disk",
      async () => server.answering() === 0 && (await cachedReplies(cwd)) === server.usable.size,
    );
    killed.child.kill("SIGKILL");
    await killed.ended;
    const { id, status, folder } = await onlyRun(cwd, "evaluation");
    expect(status).toBe("interrupted");

    // If the inputs changed since the run started, resuming is refused, so that no results are mixed.
    const spec = path.join(folder, "spec.json");
    const record = await readFile(spec, "utf8");
    const asked = server.log.length;
    const refusedWith = async (changed: string, over: Record<string, string> = {}) => {
      const failure = await failing(["runs", "resume", id], { cwd, env: { ...env, ...over } });
      expect(failure).toMatchObject({ exitCode: 3, code: "bad-value" });
      expect(failure.message).toMatch(new RegExp(`${changed}.* changed`));
    };
    await refusedWith("judge", { NAMEWRIGHT_JUDGE_MODEL: "another" });
    const prompt = /"prompt": "([0-9a-f]{64})"/.exec(record)?.[1] ?? "";
    await writeFile(spec, record.replace(prompt, "0".repeat(64)));
    await refusedWith("prompt");
    const rubric = /"rubric": "([0-9a-f]{64})"/.exec(record)?.[1] ?? "";
    await writeFile(spec, record.replace(rubric, "0".repeat(64)));
    await refusedWith("judge");
    await writeFile(spec, record);
    const testSet = path.join(cwd, "data", "test_set.csv");
    const rows = await readFile(testSet, "utf8");
    await writeFile(testSet, rows.replace(/d001|,dev,/, ",heldout,"));
    await refusedWith("testSet");
    await writeFile(testSet, rows);
    expect(server.log.length).toBe(asked);

    hold.after = Number.POSITIVE_INFINITY;
    await runJson("runs resume", [id], { cwd, env });
    const results = await resultsIn(cwd, "base");
    expect(results.rows).toHaveLength(30);
    expect(results.rows.every(({ scores }) => scores !== null)).toBe(true);
    expect(paidTwice(server)).toEqual([]);
  });

  it("pauses at another process's request, and resumes in its own process", async () => {
    const server = await serve({ script: ["slow:100"] });
    const cwd = await testSetWorkspace(workspace("paused"), { rows: 40 });
    const env = judgeFor(cwd, server);
    const owner = start(["eval", ...evaluate, "--json"], { cwd, env });
    await until("rows are judged", () => server.usable.size > 6);
    const { id } = await onlyRun(cwd, "evaluation");
    await runJson("runs pause", [id], { cwd });
    await until("it stands", async () => (await onlyRun(cwd, "evaluation")).status === "paused");
    // Calls in flight finish, and no new call starts.
    await until("every reply is on disk", async () => (await cachedReplies(cwd)) === server.log.length);
    const asked = server.log.length;
    expect(asked).toBeLessThan(40);
    expect(await failing(["runs", "remove", id], { cwd })).toMatchObject({ code: "bad-value" });
    expect(server.log.length).toBe(asked);

    const resumed = await runJson("runs resume", [id], { cwd });
    expect(resumed.run.status).toBe("succeeded");
    expect((await owner.ended).code).toBe(0);
    const { events } = await runJson("runs show", [id], { cwd });
    const statuses = events.flatMap(({ event }) => (event.kind === "status" ? [event.status] : []));
    expect(statuses.filter((status) => status === "paused")).toHaveLength(1);
    expect(events.filter(({ event }) => event.kind === "row" && event.key === "engine")).toHaveLength(1);
    const generated = events.flatMap(({ event }) =>
      event.kind === "row" && event.key.startsWith("generated:") ? [event.key] : [],
    );
    expect(new Set(generated).size).toBe(generated.length);
    expect((await resultsIn(cwd, "base")).rows.every(({ scores }) => scores !== null)).toBe(true);
    expect(server.log.length).toBe(40 + 3);
    expect(paidTwice(server)).toEqual([]);

    const { files, bytes } = await runJson("runs artifacts", [id], { cwd });
    expect(files.filter(({ own }) => !own)).toMatchObject([{ path: "results.csv" }]);
    expect(await runJson("runs remove", [id], { cwd })).toMatchObject({ id, freedBytes: bytes });
    expect((await runJson("runs list", [], { cwd })).runs).toEqual([]);
    expect((await resultsIn(cwd, "base")).rows).toHaveLength(40);
  });

  it("refuses --max-cost without a price before starting, and enforces it with one", async () => {
    const server = await serve({});
    const cwd = await testSetWorkspace(workspace("cost"), { rows: 20 });
    const unknown = await failing(["eval", ...evaluate, "--max-cost", "1"], {
      cwd,
      env: judgeFor(cwd, server),
    });
    expect(unknown).toMatchObject({ exitCode: 4, code: "missing" });
    expect(unknown.hint).toMatch(/prices\.json.*NAMEWRIGHT_JUDGE_PRICE_INPUT/);
    expect((await runJson("runs list", [], { cwd })).runs).toEqual([]);
    expect(server.log).toEqual([]);

    // A reply of the scripted judge costs 900 + 200 tokens: 0.0029 dollars at 1 and 10 dollars per million.
    const prices = { NAMEWRIGHT_JUDGE_PRICE_INPUT: "1", NAMEWRIGHT_JUDGE_PRICE_OUTPUT: "10" };
    const env = judgeFor(cwd, server, prices);
    const stopped = await failing(["eval", ...evaluate, "--max-cost", "0.07"], { cwd, env });
    expect(stopped).toMatchObject({ exitCode: 1, code: "check-failed" });
    expect(server.log.length).toBeGreaterThan(3);
    expect(server.log.length * 0.0029).toBeLessThanOrEqual(0.07);
    await runJson("runs resume", [(await onlyRun(cwd, "evaluation")).id], { cwd, env });
    expect(paidTwice(server)).toEqual([]);
  });

  it("freezes labels of an unlabeled test set once, within the limit", async () => {
    const server = await serve({});
    const cwd = await testSetWorkspace(workspace("labels"), { rows: 6, labels: false });
    const env = judgeFor(cwd, server);
    const stopped = await failing(["eval", ...evaluate, "--max-calls", "7"], { cwd, env });
    expect(stopped).toMatchObject({ exitCode: 1 });
    expect(server.log.length).toBe(7);
    const { id } = await onlyRun(cwd, "evaluation");
    await runJson("runs resume", [id], { cwd, env });
    const labels = path.join(cwd, "data", "test_set.labels.csv");
    const frozen = await readFile(labels, "utf8");
    const { rows } = await resultsIn(cwd, "base");
    expect(rows.map(({ labelSource }) => labelSource)).toEqual(Array(6).fill("frozen"));
    const labelCalls = () =>
      server.requests.filter((one) => one.response_format.json_schema.name === "label_reply");
    expect(labelCalls()).toHaveLength(18);
    await runJson("eval", [...evaluate, "--seed", "2"], { cwd, env });
    expect(labelCalls()).toHaveLength(18);
    expect(await readFile(labels, "utf8")).toBe(frozen);
  });

  it("flags a run whose canary scores moved: warning, stamp and result", async () => {
    const server = await serve({ script: ["flatter"] });
    const cwd = await testSetWorkspace(workspace("canaries"), { rows: 4 });
    const env = judgeFor(cwd, server);
    const flagged = await run(["eval", ...evaluate, "--json"], { cwd, env });
    expect(flagged.code).toBe(0);
    expect(flagged.stderr).toContain("bad canary scored 1.00");
    expect(JSON.parse(flagged.stdout).runs[0].warnings).toMatchObject([
      { code: "canary" },
      { code: "canary" },
    ]);
    expect((await resultsIn(cwd, "base")).stamp?.canaryAlarms).toEqual(["bad", "injected"]);
    await copyFile(path.join(cwd, "data", "model_base-results.csv"), path.join(cwd, "same.csv"));
    const compared = await runJson("compare", ["base", "same.csv"], { cwd });
    expect(compared.warnings.map(({ code }) => code)).toContain("canary");
    // With an unmanipulated judge the next run asks the canaries again and reports nothing.
    const honest = await serve({});
    const clean = await run(["eval", ...evaluate, "--json"], { cwd, env: judgeFor(cwd, honest) });
    expect(JSON.parse(clean.stdout).runs[0].warnings).toBeUndefined();
    expect((await resultsIn(cwd, "base")).stamp).not.toHaveProperty("canaryAlarms");
  });
});

if (without !== null) it.skip(`evaluations with the LLM judge: ${without}`, () => {});
