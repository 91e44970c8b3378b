import { cp } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tinySample } from "../electron/services/testing/tinySample.ts";
import { commandSchemas } from "../shared/schema/commands.ts";
import { type JudgeServer, startJudgeServer } from "./judge-server.mjs";
import { judgeAt } from "./judge-workspace.ts";
import { failing, readText, run, runJson, temporaryFolder } from "./support/namewright.ts";

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

describe("rows written through an LLM endpoint", () => {
  it("extend the last dataset and record their source", async () => {
    const results = path.join("data", "model_v1-results.csv");
    await cp(path.join(tinySample, results), path.join(cwd, results));
    const report = await runJson("augment", ["--from", "v1", "--rows", "20", "--writer", "llm"], {
      cwd,
      env: judgeAt(server),
    });
    expect(report.added.length).toBeGreaterThan(5);
    expect(report.added.length + report.rejected.length).toBe(20);
    expect(report.added[0]?.row).toBe(121);
    const before = await readText(path.join(cwd, "data", "dataset_v1.csv"));
    expect((await readText(report.dataset)).startsWith(before)).toBe(true);
    const provenance = await readText(report.dataset.replace(".csv", ".provenance.jsonl"));
    const lines = provenance.trim().split("\n");
    expect(lines.map((line) => JSON.parse(line).source)).toEqual(report.added.map(() => "llm"));
    expect(
      (await run(["dataset", "lint", report.dataset, "--against", "data/test_set.csv"], { cwd })).code,
    ).toBe(0);
  });

  it("create a first dataset from a prompt and list rejected rows with reasons", async () => {
    const made = await runJson("dataset generate", ["--rows", "10", "--refusals", "2"], {
      cwd,
      env: judgeAt(server),
    });
    expect(made.written).toBeGreaterThan(0);
    expect(made.rejected.every(({ reason }) => reason !== "")).toBe(true);
    expect((await run(["dataset", "lint", made.file], { cwd })).code).toBe(0);
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
