import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { RunEvent } from "../../../shared/schema/run.ts";
import { createFileLayer, type FileLayer } from "../files/fileLayer.ts";
import { ownIdentity } from "../processes/processIdentity.mjs";
import { encodeEntry } from "./journal.ts";
import { createRunService } from "./runService.ts";
import { runFiles } from "./runStore.ts";

let folder: string;
let index: string;
/** Files read since the last service started, relative to the test's folder. */
let read: string[];
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "namewright-index-"));
  index = path.join(folder, "state", "runs.jsonl");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const at = "2026-11-26T00:00:00.000Z";
const succeeded: RunEvent = { kind: "status", status: "succeeded" };
const running: RunEvent = { kind: "status", status: "running" };
const line = (seq: number, event: RunEvent) => `${encodeEntry({ seq, at, event })}\n`;
const filesOf = (id: string) => runFiles(path.join(folder, "runs", id));

/** Writes a run to disk whose journal contains these events. */
async function put(id: string, events: readonly RunEvent[] = [running, succeeded]): Promise<void> {
  const files = filesOf(id);
  await mkdir(path.dirname(files.record), { recursive: true });
  const record = { id, kind: "generation", title: id, parentId: null, createdAt: at, spec: {} };
  await writeFile(files.record, JSON.stringify(record));
  await writeFile(files.journal, events.map((event, number) => line(number + 1, event)).join(""));
}

const putMany = (count: number) => Promise.all(Array.from({ length: count }, (_, at) => put(`r${at}`)));

/** Creates the runs as in a new process. */
function started(change: Partial<FileLayer> = {}) {
  read = [];
  const files = { ...createFileLayer(), ...change };
  const noting =
    <Rest extends unknown[], Value>(operation: (file: string, ...rest: Rest) => Promise<Value>) =>
    (file: string, ...rest: Rest) => {
      read.push(path.relative(folder, file));
      return operation(file, ...rest);
    };
  const { readText, readPart } = files;
  const noted = { ...files, readText: noting(readText), readPart: noting(readPart) };
  return createRunService({ files: noted, runsFolder: path.join(folder, "runs"), index, kinds: [] });
}

const ofIndex = path.join("state", "runs.jsonl");

it("reads one file for 2,000 finished runs after a first listing", async () => {
  await putMany(2000);
  const first = await started().list();
  expect(read.filter((file) => file.endsWith("events.jsonl")).length).toBe(2000);
  expect(await started().list()).toEqual(first);
  expect(read).toEqual([ofIndex]);
  expect(first.runs.length).toBe(2000);
});

it("doesn't read files again for runs that this process saw end", async () => {
  await putMany(3);
  const runs = started();
  const first = await runs.list();
  read = [];
  expect(await runs.list()).toEqual(first);
  expect(read).toEqual([]);
});

it("reads only changed runs again", async () => {
  await putMany(60);
  await started().list();
  await appendFile(filesOf("r1").journal, line(3, running));
  await writeFile(filesOf("r1").owner, JSON.stringify(await ownIdentity()));
  const record = JSON.parse(await readFile(filesOf("r2").record, "utf8")) as object;
  await writeFile(filesOf("r2").record, JSON.stringify({ ...record, title: "R2" }));
  await rm(path.join(folder, "runs", "r3"), { recursive: true });
  const { runs } = await started().list();
  const byId = new Map(runs.map((run) => [run.id, run]));
  expect(byId.get("r1")).toMatchObject({ status: "running" });
  expect(byId.get("r2")).toMatchObject({ title: "R2", status: "succeeded" });
  expect(byId.has("r3")).toBe(false);
  expect(new Set(read.map((file) => path.basename(path.dirname(file))))).toEqual(
    new Set(["state", "r1", "r2"]),
  );
});

it("never stores an unfinished run, whose owner is checked each time", async () => {
  await putMany(60);
  await put("open", [running]);
  const status = async () => (await started().list()).runs.find(({ id }) => id === "open")?.status;
  expect(await status()).toBe("interrupted");
  await writeFile(filesOf("open").owner, JSON.stringify(await ownIdentity()));
  expect(await status()).toBe("running");
  expect(await readFile(index, "utf8")).not.toContain('"open"');
});

it("lists the same from a damaged index and uses its valid lines", async () => {
  await putMany(60);
  const whole = await started().list();
  const text = await readFile(index, "utf8");
  await writeFile(index, `no line\n${text.replace('"title":"r7"', '"title":"r8"')}${text.slice(0, 90)}`);
  expect(await started().list()).toEqual(whole);
  expect(read).toEqual([
    ofIndex,
    path.join("runs", "r7", "spec.json"),
    path.join("runs", "r7", "events.jsonl"),
  ]);
  await writeFile(index, Buffer.alloc(1000));
  expect(await started().list()).toEqual(whole);
});

it("lists the same when the index can't be written or two processes write it", async () => {
  await putMany(60);
  const refused = async () => {
    throw new Error("read-only");
  };
  const whole = await started({ writeAtomic: refused }).list();
  expect(whole.runs.length).toBe(60);
  const both = await Promise.all([started().list(), started().list()]);
  expect(both).toEqual([whole, whole]);
  expect(await started().list()).toEqual(whole);
});

it("returns the state at the time of a request that arrives during a listing", async () => {
  await putMany(3);
  const late = Promise.withResolvers<void>();
  const runs = started({
    async list(of) {
      const names = await createFileLayer().list(of);
      await late.promise;
      return names;
    },
  });
  const before = runs.list();
  await expect.poll(() => readdir(path.join(folder, "runs"))).toHaveLength(3);
  await put("late");
  const after = runs.list();
  late.resolve();
  expect((await after).runs.length).toBe(4);
  await before;
});
