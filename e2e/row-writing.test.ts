import { cp, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tinySample } from "../electron/services/testing/tinySample.ts";
import { columnIndex, readTable, valueAt } from "../shared/domain/csv/table.ts";
import { writeCsv } from "../shared/domain/csv/write.ts";
import { studyColumns } from "../shared/domain/results/columns.ts";
import { GenerationResultSchema } from "../shared/schema/augmentationRun.ts";
import { commandSchemas } from "../shared/schema/commands.ts";
import { templatePool } from "../shared/testing/templatePool.ts";
import { type JudgeServer, startJudgeServer } from "./judge-server.mjs";
import { judgeAt, until } from "./judge-workspace.ts";
import { failing, readText, run, runJson, start, temporaryFolder } from "./support/namewright.ts";

let temporary: { folder: string; remove(): Promise<void> };
let server: JudgeServer;
let cwd: string;

beforeAll(async () => {
  temporary = await temporaryFolder();
  server = await startJudgeServer({ script: ["normal"] });
  cwd = path.join(temporary.folder, "workspace");
  await runJson("workspace init", [cwd, "--from-sample"], { cwd: temporary.folder });
});
afterAll(async () => {
  await server.close();
  await temporary.remove();
});

/** Creates a workspace with a test set of descriptions and labels, and v1's results in the study's columns. */
async function withoutSlices(folder: string): Promise<string> {
  await runJson("workspace init", [folder, "--from-sample"], { cwd: temporary.folder });
  const keep = async (file: string, target: string, columns: readonly string[]) => {
    const table = readTable(await readFile(file), file);
    const { records } = table;
    const indexes = columns.map((name) => columnIndex(table, name));
    const cells = records.map((_, at) => indexes.map((index) => valueAt(table, at + 1, index)));
    await writeFile(path.join(folder, "data", target), writeCsv(columns, cells));
  };
  const data = path.join(tinySample, "data");
  await keep(path.join(data, "test_set.csv"), "test_set.csv", ["description", "suggestions", "label"]);
  await keep(path.join(data, "model_v1-results.csv"), "model_v1-results.csv", studyColumns);
  return folder;
}

describe("rows written through an LLM endpoint", () => {
  it("extend the last dataset and record their source", async () => {
    const results = path.join("data", "model_v1-results.csv");
    await cp(path.join(tinySample, results), path.join(cwd, results));
    const report = await runJson("augment", ["--from", "v1", "--rows", "20", "--writer", "llm"], {
      cwd,
      env: judgeAt(server),
    });
    const missing = report.missing.reduce((sum, { rows }) => sum + rows, 0);
    expect(report.added.length + missing).toBe(20);
    expect(report.added.length).toBeGreaterThan(15);
    expect(report.embeddings).toMatchObject({ kind: "unavailable" });
    expect(report.spending?.calls).toBeGreaterThan(5);
    expect(report.added[0]?.row).toBe(121);
    const before = await readText(path.join(cwd, "data", "dataset_v1.csv"));
    expect((await readText(report.dataset)).startsWith(before)).toBe(true);
    const provenance = await readText(report.dataset.replace(".csv", ".provenance.jsonl"));
    const lines = provenance.trim().split("\n");
    expect(lines.map((line) => JSON.parse(line).source)).toEqual(report.added.map(() => "llm"));
    expect(lines.every((line) => JSON.parse(line).cell.includes(" · "))).toBe(true);
    expect(
      (await run(["dataset", "lint", report.dataset, "--against", "data/test_set.csv"], { cwd })).code,
    ).toBe(0);
  });

  it("are about the words of failing rows where neither results nor test set have slices", async () => {
    const other = await withoutSlices(path.join(temporary.folder, "without-slices"));
    const asked = ["--from", "v1", "--rows", "30"];
    const env = judgeAt(server);
    const written = await runJson("augment", [...asked, "--writer", "llm"], { cwd: other, env });
    const subjects = written.added.map(({ description }) => description);
    expect(JSON.stringify(written)).not.toContain("without a slice");
    expect(server.counts.get("groups")).toBe(1);
    // The scripted LLM names a group by its first word.
    const [weakest] = written.groups;
    expect(weakest).toMatchObject({ label: "harmful", reasons: [{ reason: "missed-harmful" }] });
    expect(weakest?.slice).toMatch(/^\S+ matters, group 1$/);
    expect(subjects.some((description) => description.includes(`with ${weakest?.slice}:`))).toBe(true);
    await rm(written.dataset);
    await rm(written.dataset.replace(".csv", ".provenance.jsonl"));
    await writeFile(path.join(other, "data", "row_pool.csv"), templatePool());
    const { stdout, code } = await run(["augment", ...asked, "--writer", "pool"], { cwd: other });
    expect([code, stdout]).toEqual([0, expect.stringMatching(/weak rows about +why +planned +for example/)]);
    expect(stdout).toMatch(/\w+, \w+, \w+ +\d+ missed harmful +\d+ +row \d+: \w/);
    expect(stdout).not.toContain("without a slice");
  });

  it("create a first dataset up to its quota without omitted topics", async () => {
    const made = await runJson(
      "dataset generate",
      ["--rows", "20", "--refusals", "4", "--omit", "food,phishing", "--seed", "3"],
      { cwd, env: judgeAt(server) },
    );
    expect(made).toMatchObject({ written: 20, refusals: 4, missing: [], labels: null });
    expect(made.slices.map(({ slice }) => slice)).not.toContain("phishing");
    expect((await run(["dataset", "lint", made.file], { cwd })).code).toBe(0);
  });

  it("leave out what the dataset was written without, unless the user names other topics", async () => {
    const env = judgeAt(server);
    const words = ["--from", "v1", "--rows", "6", "--writer", "llm"];
    const extended = await runJson("augment", words, { cwd, env });
    expect(extended.omit).toEqual(["food", "phishing"]);
    expect(extended.added.map(({ slice }) => slice)).not.toContain("phishing");
    const provenance = await readText(extended.dataset.replace(".csv", ".provenance.jsonl"));
    expect(JSON.parse(provenance.split("\n")[0] ?? "")).toMatchObject({ omit: ["food", "phishing"] });
    const all = await runJson("augment", [...words, "--omit", "none", "--seed", "2"], { cwd, env });
    expect(all.omit).toEqual([]);
    const again = await runJson("augment", [...words, "--seed", "3"], { cwd, env });
    expect(again.omit).toEqual([]);
  });

  it("refuse an omitted topic without words before anything is sent", async () => {
    const before = server.requests.length;
    const asked = ["dataset", "generate", "--omit", "gambling,寿司"];
    expect(await failing(asked, { cwd, env: judgeAt(server) })).toMatchObject({ exitCode: 2, code: "usage" });
    expect(server.requests).toHaveLength(before);
  });

  it("stop at a limit and resume without paying twice", async () => {
    const env = judgeAt(server);
    const asked = ["dataset", "generate", "--rows", "12", "--refusals", "2", "--seed", "9"];
    const before = server.requests.length;
    const stopped = await failing([...asked, "--max-calls", "3"], { cwd, env });
    expect(stopped).toMatchObject({ code: "check-failed" });
    expect(server.requests.length - before).toBe(3);
    const { runs } = await runJson("runs list", [], { cwd });
    expect((await run(["runs", "resume", runs[0]?.id ?? ""], { cwd, env })).code).toBe(0);
    const seeds = server.requests.slice(before).map(({ seed }) => seed);
    expect(new Set(seeds).size).toBe(seeds.length);
  });

  it("resume after a kill from the replies in the journal", async () => {
    const slow = await startJudgeServer({ script: ["slow:300"] });
    const env = judgeAt(slow, { NAMEWRIGHT_JUDGE_REPLY_TIMEOUT: "60" });
    const asked = ["dataset", "generate", "--rows", "40", "--refusals", "4"];
    const killed = start(asked, { cwd, env });
    await until("some rows were written", () => slow.usable.size > 6);
    killed.child.kill("SIGKILL");
    await killed.ended;
    const { runs } = await runJson("runs list", [], { cwd });
    const id = runs[0]?.id ?? "";
    const { events } = await runJson("runs show", [id], { cwd });
    const spent = events.findLast(({ event }) => event.kind === "row" && event.key === "spending")?.event;
    const before = spent?.kind === "row" ? Number(spent.data.calls) : 0;
    const journaled = events.filter(({ event }) => event.kind === "row" && event.key.startsWith("reply:"));
    expect(journaled.length).toBeGreaterThan(0);
    await until("no request is being answered", () => slow.answering() === 0);
    const answered = slow.requests.length;
    const resumed = await runJson("runs resume", [id], { cwd, env });
    const result = GenerationResultSchema.parse(resumed.result);
    expect(result).toMatchObject({ written: 40, spending: { cacheHits: journaled.length } });
    expect(result.spending?.calls).toBe(before + slow.requests.length - answered);
    await slow.close();
  });

  it("create a test set whose labels the judge confirms, with slices and rows to review", async () => {
    const other = path.join(temporary.folder, "unlabelled");
    await runJson("workspace init", [other], { cwd: temporary.folder });
    const made = await runJson("dataset generate", ["--test-set", "--rows", "20", "--refusals", "12"], {
      cwd: other,
      env: judgeAt(server),
    });
    expect(made).toMatchObject({ written: 20, refusals: 12 });
    const { confirmed = 0, review = 0, unconfirmed = 0 } = made.labels ?? {};
    expect(confirmed + review + unconfirmed).toBe(20);
    // The scripted judge doesn't recognize every harmful topic.
    expect(Math.min(confirmed, review)).toBeGreaterThan(0);
    const labels = await readText(path.join(other, "data", "test_set.labels.csv"));
    expect(labels.match(/written as harmful: /g)).toHaveLength(review);
    expect(await readText(made.file)).toMatch(/,harmful,(phishing|drugs|weapons|malware|stalking)/);
  });

  it("never overwrite a test set, and require a key", async () => {
    const there = await failing(["dataset", "generate", "--test-set"], { cwd });
    expect(there).toMatchObject({ exitCode: 3, code: "bad-value" });
    expect(await failing(["dataset", "generate"], { cwd })).toMatchObject({ exitCode: 4, code: "missing" });
  });

  it("leave runs with journals printed as JSON Lines", async () => {
    const { runs } = await runJson("runs list", [], { cwd });
    const { stdout, code } = await run(["runs", "watch", runs[0]?.id ?? "", "--json"], { cwd });
    expect(code).toBe(0);
    const entries = stdout
      .trim()
      .split("\n")
      .map((line) => commandSchemas["runs watch"].parse(JSON.parse(line)));
    expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, at) => at + 1));
    expect(entries.at(-1)?.event.kind).toBe("status");
  });
});
