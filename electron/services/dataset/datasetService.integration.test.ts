import { fork } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { writeDataset } from "../../../shared/domain/dataset/write.ts";
import { Failure } from "../../../shared/domain/failure.ts";
import { ProvenanceSchema } from "../../../shared/schema/dataset.ts";
import { workerFrom } from "../compute/fileSizes.ts";
import { createFileLayer } from "../files/fileLayer.ts";
import type { WorkerPort } from "../platform.ts";
import { testCompute } from "../testing/compute.ts";
import { initWorkspace, type Workspace } from "../workspace/workspace.ts";
import { createDatasetService } from "./datasetService.ts";
import { refuseLongRows } from "./rowTokens.ts";
import type { NewRow } from "./versions.ts";

const files = createFileLayer();
const now = () => new Date("2026-01-02T03:04:05Z");
const names = ["bread-hub", "my-oven", "craftworks", "truebread", "bread-oven"];
let folder: string;
let workspace: Workspace;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "dataset-"));
  ({ workspace } = await initWorkspace(files, path.join(folder, "study"), { name: "study" }));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const service = (given: Partial<Parameters<typeof createDatasetService>[0]> = {}) =>
  createDatasetService({ files, workspace, compute: testCompute(files), now, ...given });

async function put(name: string, content: string | Uint8Array): Promise<string> {
  const file = path.join(folder, name);
  await writeFile(file, content);
  return file;
}

async function failureOf(work: Promise<unknown>): Promise<Failure> {
  const error: unknown = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof Failure)) throw new Error(`expected a Failure, got ${String(error)}`);
  return error;
}

/** The real compute worker as a child process, as the terminal's host starts it. */
function launchCompute(): WorkerPort {
  const main = fileURLToPath(new URL("../../workers/compute/main.ts", import.meta.url));
  const child = fork(main, [], { serialization: "advanced", execArgv: [], stdio: "inherit" });
  return {
    post: (message) => void child.send(message as object),
    onMessage: (listener) => void child.on("message", listener),
    onExit: (listener) => void child.on("exit", listener),
    kill: () => void child.kill("SIGKILL"),
    pid: child.pid,
  };
}

describe("lint", () => {
  it("returns the same report in this process and in the worker, including leaks", {
    timeout: 30_000,
  }, async () => {
    const rows = Array.from({ length: 100 }, (_, at) => ({
      description: Array.from({ length: 600 }, (_, word) => (at * 7919 + word * 104_729).toString(36)).join(
        " ",
      ),
      suggestions: at % 2 === 0 ? [] : ["Bad", ...names.slice(1)],
    }));
    const train = await put(
      "train.csv",
      writeDataset([...rows, { description: "Fresh bread", suggestions: [] }]),
    );
    const test = await put("test_set.csv", "description,suggestions\nFRESH bread!,[]\n");
    expect((await readFile(train)).length).toBeGreaterThan(workerFrom.lint);
    let launched = 0;
    const counted = () => {
      launched += 1;
      return launchCompute();
    };
    const request = { files: [train], against: [test] };
    const remote = await service({ compute: testCompute(files, counted) }).lint(request);
    expect(launched).toBe(1);
    expect(remote).toEqual(await service().lint(request));
    expect(remote.leaks[0]).toMatchObject({ row: 101, againstRow: 1, exact: true });
  });

  it("passes on a worker's failure and a cancel", { timeout: 30_000 }, async () => {
    const cut = await put("cut.csv", `description,suggestions\na,[]\n"${"b".repeat(workerFrom.lint)}`);
    const remote = service({ compute: testCompute(files, launchCompute) });
    const failure = await failureOf(remote.lint({ files: [cut], against: [] }));
    expect(failure).toMatchObject({ code: "bad-value", place: { file: cut, row: 2 } });
    const cancelled = await failureOf(remote.lint({ files: [cut], against: [] }, AbortSignal.abort()));
    expect(cancelled.code).toBe("cancelled");
  });

  it("names a missing file and refuses a folder", async () => {
    const absent = path.join(folder, "absent.csv");
    expect(await failureOf(service().lint({ files: [absent], against: [] }))).toMatchObject({
      code: "missing",
      place: { file: absent },
    });
    expect((await failureOf(service().stats(folder))).code).toBe("bad-value");
  });
});

describe("rows too long for the base", () => {
  /** A tokenizer with one token per word. */
  const asked: string[][] = [];
  const rowTokens = async () => ({
    prompt: (description: string) => `Suggest: ${description}`,
    trainingLimit: 30,
    promptLimit: 20,
    around: 3,
    count: async (texts: readonly string[], asPrompt: boolean) => {
      asked.push([...texts]);
      return texts.map((text) => text.split(/\s+/).filter(Boolean).length + (asPrompt ? 3 : 0));
    },
  });
  const words = (count: number) => Array.from({ length: count }, (_, at) => `w${at}`).join(" ");

  it("are found before a training and an evaluation by the tokenizer's count", async () => {
    asked.length = 0;
    const five = JSON.stringify(names).replaceAll('"', '""');
    const file = await put(
      "dataset_v1.csv",
      `description,suggestions\nshort,[]\n${words(20)},"${five}"\n${words(21)},"${five}"\n${words(30)},[]\n`,
    );
    const [linted] = (await service({ rowTokens }).lint({ files: [file], against: [] })).files;
    const long = linted?.findings.filter(({ rule }) => rule === "too-many-tokens");
    // 3 controls, "Suggest:", the words; 5 names and the end of text.
    expect(long).toMatchObject([
      {
        row: 3,
        line: 4,
        severity: "error",
        message: "the row has 31 tokens, but the base model accepts at most 30",
      },
      { row: 4, message: "the row has 35 tokens, but the base model accepts at most 30" },
    ]);
    expect(linted?.errors).toBe(2);
    expect(asked[0]).not.toContain("Suggest: short");
    const test = await put("test_set.csv", `description,suggestions\n${words(16)},[]\n${words(17)},[]\n`);
    const report = await service({ rowTokens }).lint({ files: [test], against: [] });
    expect(report.files[0]?.findings.filter(({ rule }) => rule === "too-many-tokens")).toMatchObject([
      { row: 2, message: "the row has 21 tokens, but the base model accepts at most 20" },
    ]);
  });

  it("stop an evaluation before it starts and are listed", async () => {
    const text = `description,suggestions\nshort,[]\n${words(17)},[]\n${words(40)},[]\n`;
    const bytes = new TextEncoder().encode(text);
    const failure = await failureOf(refuseLongRows(bytes, "test_set.csv", await rowTokens()));
    expect(failure).toMatchObject({ code: "bad-value", place: { row: 2, column: "description" } });
    expect(failure.message).toBe(
      "rows 2, 3 of test_set.csv: the row has 21 tokens, but the base model accepts at most 20",
    );
    const third = failureOf(refuseLongRows(bytes, "test_set.csv", await rowTokens(), new Set([1, 3])));
    expect((await third).place).toMatchObject({ row: 3 });
    await refuseLongRows(bytes, "test_set.csv", await rowTokens(), new Set([1]));
    await refuseLongRows(bytes.subarray(0, 36), "test_set.csv", await rowTokens());
  });

  it("aren't reported without a tokenizer, and cost nothing when all rows are short", async () => {
    const file = await put("d.csv", `description,suggestions\n${words(50)},[]\n`);
    const absent = async () => ({ ...(await rowTokens()), count: async () => null });
    const one = await service({ rowTokens: absent }).lint({ files: [file], against: [] });
    expect(one.files[0]?.findings).toEqual([]);
    asked.length = 0;
    const short = await put("short.csv", "description,suggestions\na b,[]\n");
    await service({ rowTokens }).lint({ files: [short], against: [] });
    expect(asked).toEqual([]);
  });
});

describe("fix", () => {
  it("repairs names and keeps every other byte", async () => {
    const text = '\uFEFFdescription;suggestions\r\nBread;"[""Bread-Hub.com"", ""my-oven""]"\r\n"Bikes";[]';
    const file = await put("d.csv", text);
    const report = await service().fix(file);
    expect(report).toEqual({
      file,
      written: true,
      fixed: [{ row: 1, line: 2, column: "suggestions", before: "Bread-Hub.com", after: "bread-hub" }],
      errors: 1,
      warnings: 0,
    });
    expect(await readFile(file, "utf8")).toBe(text.replace("Bread-Hub.com", "bread-hub"));
    expect(await service().fix(file)).toMatchObject({ written: false, fixed: [] });
  });

  it("keeps the old file when writing fails", async () => {
    const text = 'description,suggestions\nBread,"[""Bread-Hub""]"\n';
    const file = await put("d.csv", text);
    const full = { ...files, writeAtomic: () => Promise.reject(new Error("ENOSPC: no space left")) };
    await expect(service({ files: full }).fix(file)).rejects.toThrow(/ENOSPC/);
    expect(await readFile(file, "utf8")).toBe(text);
  });

  it("doesn't overwrite a file that changed since it was read", async () => {
    const file = await put("d.csv", 'description,suggestions\nBread,"[""Bread-Hub""]"\n');
    let reads = 0;
    const changing = {
      ...files,
      read: async (name: string) => {
        reads += 1;
        if (reads === 2) await writeFile(name, 'description,suggestions\nbread,"[""Bread-Hub""]"\n');
        return files.read(name);
      },
    };
    expect((await failureOf(service({ files: changing }).fix(file))).message).toMatch(/changed/);
    expect(await readFile(file, "utf8")).toContain("\nbread,");
  });

  it("never touches the sample", async () => {
    const file = path.join(workspace.paths.data, "dataset_v1.csv");
    await files.writeAtomic(file, 'description,suggestions\nBread,"[""Bread-Hub""]"\n');
    const sample = { ...workspace, sample: true };
    expect((await failureOf(service({ workspace: sample }).fix(file))).code).toBe("missing");
  });
});

describe("import", () => {
  it("writes our columns and dialect with provenance and reports the changes", async () => {
    const latin1 = Buffer.from("Text;Names;Id\r\nKäse;käse-hub, my-oven;7\r\nDrugs;[];8\r\n", "latin1");
    const source = await put("foreign.csv", latin1);
    const map = { description: "Text", suggestions: "Names" };
    const report = await service().importFile({ file: source, map });
    const file = path.join(workspace.paths.data, "dataset_v1.csv");
    expect(report).toMatchObject({ source, file, rows: 2, droppedColumns: ["Id"], convertedRows: [1] });
    expect(report.changes).toEqual([
      "encoding latin1 → utf-8",
      'delimiter ";" → ","',
      "line endings CRLF → LF",
      "column “Text” → “description”",
      "column “Names” → “suggestions”",
      "column “Id” skipped",
      "names of 1 row written as a JSON array",
    ]);
    expect(await readFile(file, "utf8")).toBe(
      'description,suggestions\nKäse,"[""käse-hub"",""my-oven""]"\nDrugs,[]\n',
    );
    const provenance = await readFile(path.join(workspace.paths.data, "dataset_v1.provenance.jsonl"), "utf8");
    const lines = provenance.trim().split("\n");
    expect(lines.map((line) => ProvenanceSchema.parse(JSON.parse(line)))).toEqual([
      expect.objectContaining({ row: 1, description: "Käse", source: "imported", from: "foreign.csv" }),
      expect.objectContaining({ row: 2, description: "Drugs", at: "2026-01-02T03:04:05.000Z" }),
    ]);
  });

  it("overwrites nothing and never leaves the data folder", async () => {
    const source = await put("foreign.csv", "description,suggestions\na,[]\n");
    const other = await put("other.csv", "description,suggestions\nb,[]\n");
    await service().importFile({ file: source, as: "dataset_v2" });
    expect((await failureOf(service().importFile({ file: other, as: "dataset_v2.csv" }))).code).toBe(
      "bad-value",
    );
    for (const as of ["../escaped", "a/b", "", "..", "C:x"]) {
      expect((await failureOf(service().importFile({ file: source, as }))).code).toBe("usage");
    }
    expect((await service().importFile({ file: source })).file).toMatch(/dataset_v3\.csv$/);
    expect(await readdir(folder)).toEqual(["foreign.csv", "other.csv", "study"]);
  });
});

describe("exportSpreadsheet", () => {
  it("writes a copy with BOM and without formulas, and keeps the dataset", async () => {
    const text = 'description,suggestions\n"=1+1\nx",-5\n＝A1,é\n';
    const file = await put("d.csv", text);
    const out = path.join(folder, "for-excel.csv");
    expect(await service().exportSpreadsheet({ file, out })).toEqual({
      source: file,
      out,
      rows: 2,
      neutralised: 2,
    });
    const written = "\uFEFFdescription,suggestions\r\n\"'=1+1\nx\",-5\r\n'＝A1,é\r\n";
    expect(await readFile(out, "utf8")).toBe(written);
    expect(await readFile(file, "utf8")).toBe(text);
    expect((await failureOf(service().exportSpreadsheet({ file, out }))).code).toBe("bad-value");
    expect((await failureOf(service().exportSpreadsheet({ file, out: file }))).code).toBe("bad-value");
  });
});

describe("versions", () => {
  const added: NewRow = {
    row: { description: "Bread", suggestions: names },
    origin: { source: "generator", slice: "everyday", from: "model_v1-results.csv", generator: "rows-1" },
  };

  it("appends to the previous version byte for byte and records provenance", async () => {
    const first = 'description;suggestions\r\n"Bikes";[]';
    await files.writeAtomic(workspace.paths.dataset("v1"), first);
    const next = await service().nextVersion();
    expect(next).toMatchObject({ version: "v2", previous: { version: "v1" } });
    const written = await service().writeVersion(next, [added]);
    expect(written.rows).toBe(2);
    const text = await readFile(written.file, "utf8");
    expect(text.startsWith(`${first}\r\nBread;`)).toBe(true);
    expect(ProvenanceSchema.parse(JSON.parse(await readFile(written.provenance, "utf8")))).toMatchObject({
      row: 2,
      slice: "everyday",
    });
    const another = { ...added, row: { description: "Buns", suggestions: names } };
    expect((await failureOf(service().writeVersion(next, [another]))).code).toBe("bad-value");
    expect(await service().nextVersion()).toMatchObject({ version: "v3", previous: { version: "v2" } });
  });

  it("writes the first version", async () => {
    const next = await service().nextVersion();
    expect(next).toMatchObject({ version: "v1", previous: null });
    await service().writeVersion(next, [added]);
    expect((await service().lint({ files: [next.file], against: [] })).files[0]).toMatchObject({
      rows: 1,
      errors: 0,
    });
  });
});
