import { cp, mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tinySample } from "../electron/services/testing/tinySample.ts";
import { type CommandName, commandSchemas } from "../shared/schema/commands.ts";
import {
  copyOfSample,
  failing,
  read,
  readText,
  run,
  runJson,
  temporaryFolder,
} from "./support/namewright.ts";

let temporary: { folder: string; remove(): Promise<void> };
let outside: string;
let workspace: string;

beforeAll(async () => {
  temporary = await temporaryFolder();
  outside = path.join(temporary.folder, "no workspace here");
  workspace = path.join(temporary.folder, "a $(copy); of the sample");
  await mkdir(outside);
  await mkdir(workspace);
  await copyOfSample(workspace);
});
afterAll(() => temporary.remove());

describe("read commands", () => {
  it("fall back to the sample and report it", async () => {
    const { code, stderr, stdout } = await run(["compare", "v1", "v2"], { cwd: outside });
    expect(code).toBe(0);
    expect(stderr).toContain("reading the sample");
    expect(stdout).toMatch(/Decision: (SHIP|DO NOT SHIP|UNDECIDED)/);
  });

  it("print documents that match their schemas", async () => {
    const cwd = workspace;
    expect((await runJson("workspace info", [], { cwd })).datasets).toEqual(["v1", "v2"]);
    const lint = await runJson("dataset lint", ["data/dataset_v1.csv", "--against", "data/test_set.csv"], {
      cwd,
    });
    expect(lint).toMatchObject({ files: [{ rows: 120, errors: 0 }], leaks: [] });
    expect((await runJson("dataset stats", ["data/test_set.csv"], { cwd })).labels).toMatchObject({
      unlabelled: 0,
    });
    const varied = await runJson("dataset diversity", ["data/dataset_v1.csv", "data/test_set.csv"], { cwd });
    expect(varied.files.map(({ names }) => names?.count ?? null)).toEqual([520, null]);
    const diff = await runJson("dataset diff", ["data/dataset_v1.csv", "data/dataset_v2.csv"], { cwd });
    expect(diff.removed).toEqual([]);
    expect(diff.added.length).toBeGreaterThan(50);
    const comparison = await runJson("compare", ["v1", "v2"], { cwd });
    expect(comparison.decidedOn).toBe("heldout");
    expect(comparison.looks).toEqual({ used: 1, budget: 5 });
    expect(await runJson("study", [], { cwd: outside })).toMatchObject({
      source: "stored",
      reproduced: true,
    });
    const analysis = await runJson("analyse", ["--version", "v1", "--worst", "3"], { cwd });
    expect(analysis.worst.length).toBe(3);
    expect(analysis.analysedOn).toBe("dev");
    const { runs } = await runJson("runs list", [], { cwd });
    expect(runs.length).toBeGreaterThan(0);
    const suggested = await runJson("suggest", ["Family bakery with sourdough", "Rent our botnet"], { cwd });
    expect(suggested.results).toHaveLength(2);
    const lines = await runJson("suggest", ["--stdin", "--version", "base"], {
      cwd,
      input: "One bakery\nTwo bakeries\n",
    });
    expect(lines).toMatchObject({
      version: "base",
      results: [{ description: "One bakery" }, { description: "Two bakeries" }],
    });
  });

  it("count a comparison of the same results once", async () => {
    const first = await runJson("compare", ["base", "v1"], { cwd: workspace });
    const second = await runJson("compare", ["base", "v1"], { cwd: workspace });
    expect(second.looks).toEqual(first.looks);
    expect((await runJson("workspace info", [], { cwd: workspace })).looks?.used).toBe(first.looks?.used);
  });

  it("exit with 1 with --require-ship unless the decision is ship", async () => {
    const { decision } = await runJson("compare", ["v1", "base"], { cwd: workspace });
    expect(decision).not.toBe("ship");
    expect((await run(["compare", "v1", "base", "--require-ship"], { cwd: workspace })).code).toBe(1);
  });
});

describe("runs", () => {
  it("shows their files and the end of their log", async () => {
    const { runs } = await runJson("runs list", [], { cwd: workspace });
    const training = runs.find(({ kind }) => kind === "training")?.id ?? "";
    const { files } = await runJson("runs artifacts", [training], { cwd: workspace });
    expect(files.map(({ path: name }) => name)).toEqual(
      expect.arrayContaining(["adapter.gguf", "training.json", "gate.json", "events.jsonl"]),
    );
    const log = path.join(workspace, "runs", training, "log.txt");
    await writeFile(log, "first\nsecond\nthird\n");
    const shown = await runJson("runs log", [training, "--bytes", "14"], { cwd: workspace });
    expect(shown).toEqual({ text: "second\nthird\n", bytes: 19, cut: true });
  });

  it("removes finished runs except the source of a promoted model", async () => {
    const { runs } = await runJson("runs list", [], { cwd: workspace });
    const training = runs.find(({ kind }) => kind === "training")?.id ?? "";
    const kept = await failing(["runs", "remove", training], { cwd: workspace });
    expect(kept).toMatchObject({ exitCode: 3, code: "bad-value" });
    expect(kept.message).toMatch(/model_v\d was promoted from this run/);
    // Another run with the same adapter can be removed.
    const twin = path.join(workspace, "runs", "twin");
    await cp(path.join(workspace, "runs", training), twin, { recursive: true });
    const record = await readText(path.join(twin, "spec.json"));
    await writeFile(path.join(twin, "spec.json"), record.replaceAll(training, "twin"));
    expect((await runJson("runs remove", ["twin"], { cwd: workspace })).freedBytes).toBeGreaterThan(1000);
    const evaluation = runs.find(({ kind }) => kind === "evaluation")?.id ?? "";
    await runJson("runs remove", [evaluation], { cwd: workspace });
    const left = (await runJson("runs list", [], { cwd: workspace })).runs.map(({ id }) => id);
    expect(left).toEqual(runs.map(({ id }) => id).filter((id) => id !== evaluation));
  });

  it("refuses to pause a finished run", async () => {
    const { runs } = await runJson("runs list", [], { cwd: workspace });
    const refused = await failing(["runs", "pause", runs[0]?.id ?? ""], { cwd: workspace });
    expect(refused).toMatchObject({ exitCode: 3, code: "bad-value" });
    expect(refused.message).toContain("nothing to pause");
  });
});

describe("write commands", () => {
  it.each([
    ["train", "--version", "v1"],
    ["eval", "--version", "v1"],
    ["augment", "--from", "v1"],
    ["promote", "x"],
    ["adopt", "x", "--as", "v3"],
    ["dataset", "import", "x.csv"],
    ["figures", "--version", "v1"],
  ])("%s %s %s never changes the sample", async (...words) => {
    const failure = await failing(words, { cwd: outside });
    expect(failure).toMatchObject({ code: "missing" });
    expect(failure.hint).toContain("workspace init");
  });

  it("exit with 4 in the sample", async () => {
    expect((await run(["train", "--version", "v1"], { cwd: outside })).code).toBe(4);
  });

  it("init creates a workspace and keeps an existing one", async () => {
    const folder = path.join(temporary.folder, "made");
    await runJson("workspace init", [folder, "--from-sample"], { cwd: outside });
    const before = await readText(path.join(folder, "namewright.json"));
    expect((await run(["workspace", "init", folder], { cwd: outside })).code).toBe(3);
    expect(await readText(path.join(folder, "namewright.json"))).toBe(before);
  });

  it("import maps columns, and fix makes safe repairs without changing other bytes", async () => {
    const file = path.join(temporary.folder, "foreign.csv");
    const names = (first: string) =>
      JSON.stringify([first, "two-name", "three-name", "four-name", "five-name"]).replaceAll('"', '""');
    await writeFile(file, `Text;Names\r\n"a bakery";"${names("Bread-Hub.com")}"\r\n`);
    const imported = await runJson(
      "dataset import",
      [file, "--as", "dataset_v9", "--map", "description=Text,suggestions=Names"],
      { cwd: workspace },
    );
    expect(imported.rows).toBe(1);
    const dataset = path.join(workspace, "data", "dataset_v9.csv");
    expect((await run(["dataset", "lint", dataset], { cwd: workspace })).code).toBe(1);
    const before = await readText(dataset);
    const fixed = await runJson("dataset fix", [dataset], { cwd: workspace });
    expect(fixed.fixed).toMatchObject([{ row: 1, column: "suggestions" }]);
    expect(await readText(dataset)).toBe(before.replace("Bread-Hub.com", "bread-hub"));
    expect((await run(["dataset", "lint", dataset], { cwd: workspace })).code).toBe(0);
  });

  it("export writes the model and never overwrites files", async () => {
    const gguf = path.join(temporary.folder, "lora.gguf");
    const exported = await runJson("export", ["--version", "v1", "--as", "lora-gguf", "--out", gguf], {
      cwd: workspace,
    });
    expect(exported.parity).toBeNull();
    expect(
      (await read(gguf)).equals(await read(path.join(workspace, "models", "model_v1", "adapter.gguf"))),
    ).toBe(true);
    expect(
      (await run(["export", "--version", "v1", "--as", "lora-gguf", "--out", gguf], { cwd: workspace })).code,
    ).toBe(3);
  });

  it("merge writes one GGUF that matches base plus adapter", async () => {
    const gguf = path.join(temporary.folder, "merged.gguf");
    const exported = await runJson("export", ["--version", "v1", "--as", "merged-gguf", "--out", gguf], {
      cwd: workspace,
    });
    expect(exported.parity?.sequences).toBeGreaterThan(5);
    expect(exported.parity?.topAgreement).toBeGreaterThan(0.98);
  });

  it("figures and report write readable files", async () => {
    const { written } = await runJson("figures", ["--version", "v1"], { cwd: workspace });
    expect(
      written
        .map((file) => path.basename(file))
        .filter((name) => name.endsWith(".png"))
        .sort(),
    ).toEqual(["v1-domain_category_count.png", "v1-safety-classification_analysis.png"]);
    const out = path.join(temporary.folder, "report.html");
    await runJson("report", ["v1", "v2", "--out", out], { cwd: workspace });
    const html = await readText(out);
    expect(html).not.toMatch(/<script|https?:\/\/(?!www\.w3\.org)/);
  });

  it("promote accepts only a finished training", async () => {
    const { runs } = await runJson("runs list", [], { cwd: workspace });
    const evaluation = runs.find(({ kind }) => kind === "evaluation");
    expect((await run(["promote", evaluation?.id ?? ""], { cwd: workspace })).code).toBe(3);
    const training = runs.find(({ kind, status }) => kind === "training" && status === "succeeded");
    const promoted = await runJson("promote", [training?.id ?? ""], { cwd: workspace });
    expect(promoted.run).toBe(training?.id);
  });
});

describe("usage errors", () => {
  it.each([
    [["trian"], 2],
    [["train"], 2],
    [["eval", "--version", "v1", "--judge", "nobody"], 2],
    [["suggest"], 2],
    [["analyse", "--version", "v77"], 4],
    [["compare", "v1", "missing.csv"], 4],
    [["compare", "v1", "data/dataset_v1.csv"], 3],
    [["runs", "show", "../../etc"], 3],
    [["train", "--version", "banana"], 3],
    [["train", "--version", "v50"], 4],
    [["eval", "--version", "v1", "--judge", "openai"], 4],
    [["dataset", "stats", "nowhere.csv"], 4],
  ] as const)("%j exits with %i and a hint", async (words, code) => {
    const failure = await run([...words, "--json"], { cwd: workspace });
    expect(failure.code).toBe(code);
    const { error } = commandSchemas.error.parse(JSON.parse(failure.stdout));
    expect(error.hint.length).toBeGreaterThan(10);
    const forPeople = await run(words, { cwd: workspace });
    expect(forPeople.code).toBe(code);
    expect(forPeople.stdout).toBe("");
    expect(forPeople.stderr).not.toContain("    at ");
  });

  it("names the file, row and column of an invalid value", async () => {
    const file = path.join(workspace, "data", "dataset_v7.csv");
    await writeFile(file, 'description,suggestions\na shop,[]\nanother,"[""x"",]"\n');
    const failure = await failing(["train", "--version", "v7"], { cwd: workspace });
    expect(failure).toMatchObject({ code: "bad-value", file, row: 2, column: "suggestions" });
  });
});

describe("schema", () => {
  it("prints the shape of every command", async () => {
    const { stdout } = await run(["schema", "--json"], { cwd: outside });
    expect(JSON.parse(stdout)).toEqual({ commands: Object.keys(commandSchemas) });
    for (const name of ["compare", "dataset lint"] satisfies CommandName[]) {
      const printed = await run(["schema", ...name.split(" ")], { cwd: outside });
      expect(JSON.parse(printed.stdout)).toMatchObject({ type: "object" });
    }
  });

  it("keeps everything but the document off standard output", async () => {
    const { stdout } = await run(
      ["dataset", "stats", path.join(tinySample, "data", "dataset_v1.csv"), "--json"],
      {
        cwd: outside,
      },
    );
    expect(stdout.startsWith("{")).toBe(true);
    expect(stdout).not.toContain("\u001b");
  });
});
