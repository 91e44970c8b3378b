import { appendFile, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { JournalEntry, RunChanges, RunEvent, RunPage } from "../../../shared/schema/run.ts";
import { createFileLayer } from "../files/fileLayer.ts";
import { ownIdentity } from "../processes/processIdentity.mjs";
import { encodeEntry } from "./journal.ts";
import { createRunService } from "./runService.ts";
import { runFiles } from "./runStore.ts";

let folder: string;
let parts: { file: string; start: number }[];
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "namewright-watching-"));
  parts = [];
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** The real file layer, which records partial reads. */
function noting() {
  const files = createFileLayer();
  return new Proxy(files, {
    get(target, name) {
      if (name !== "readPart") return Reflect.get(target, name);
      return (file: string, start: number, most: number) => {
        parts.push({ file, start });
        return target.readPart(file, start, most);
      };
    },
  });
}

const service = () => createRunService({ files: createFileLayer(), runsFolder: folder, kinds: [] });
const at = "2026-11-26T00:00:00.000Z";
const row = (key: number): RunEvent => ({ kind: "row", key: String(key), data: {} });
const lineOf = (seq: number, event: RunEvent) =>
  `${encodeEntry({ seq, at, event } satisfies JournalEntry)}\n`;

/** Writes a run to disk whose journal contains these events, owned by this process. */
async function put(id: string, events: readonly RunEvent[], createdAt = at): Promise<string> {
  const files = runFiles(path.join(folder, id));
  await mkdir(path.join(folder, id), { recursive: true });
  const record = { id, kind: "generation", title: id, parentId: null, createdAt, spec: {} };
  await writeFile(files.record, JSON.stringify(record));
  await writeFile(files.owner, JSON.stringify(await ownIdentity()));
  await writeFile(files.journal, events.map((event, index) => lineOf(index + 1, event)).join(""));
  return files.journal;
}

const running: RunEvent = { kind: "status", status: "running" };
const succeeded: RunEvent = { kind: "status", status: "succeeded" };

it("splits a long journal into complete, ordered pages of at most 500 entries", async () => {
  const events = [running, ...Array.from({ length: 1203 }, (_, index) => row(index)), succeeded];
  await put("long", events);
  const pages: RunPage[] = [];
  for await (const page of service().watch("long", 0)) pages.push(page);
  expect(pages.map(({ entries }) => entries.length)).toEqual([500, 500, 205]);
  expect(pages.flatMap(({ entries }) => entries.map(({ seq }) => seq))).toEqual(events.map((_, i) => i + 1));
  expect(pages.at(-1)?.run.status).toBe("succeeded");
});

it("sends the run at once without new entries and waits for the connection to drain", async () => {
  await put("quiet", [running]);
  let waits = 0;
  const stop = new AbortController();
  const watching = service().watch("quiet", 1, {
    signal: stop.signal,
    drain: async () => {
      waits += 1;
    },
  });
  const pages = watching[Symbol.asyncIterator]();
  expect((await pages.next()).value).toMatchObject({ run: { status: "running" }, entries: [] });
  expect(waits).toBe(0);
  const next = pages.next();
  await appendFile(runFiles(path.join(folder, "quiet")).journal, lineOf(2, row(1)));
  expect((await next).value).toMatchObject({ entries: [{ seq: 2 }] });
  expect(waits).toBe(1);
  stop.abort();
  expect((await pages.next()).done).toBe(true);
});

it("reads only appended bytes of a growing journal", async () => {
  const files = noting();
  const journal = await put("growing", [running]);
  const runs = createRunService({ files, runsFolder: folder, kinds: [] });
  await runs.list();
  await appendFile(journal, lineOf(2, { kind: "progress", done: 3, total: 9, unit: "rows", etaSeconds: 4 }));
  const { runs: listed } = await runs.list();
  await runs.list();
  expect(listed[0]?.progress).toEqual({ done: 3, total: 9, unit: "rows", etaSeconds: 4 });
  expect(parts.map(({ start }) => start)).toEqual([0, lineOf(1, running).length]);
});

it("reports new, finished and removed runs", async () => {
  const one = await put("one", [running], "2026-11-26T00:00:01.000Z");
  const stop = new AbortController();
  const changes: RunChanges[] = [];
  for await (const change of service().watchAll({ signal: stop.signal })) {
    changes.push(change);
    if (changes.length === 1) {
      await appendFile(one, lineOf(2, succeeded));
      await put("two", [running], "2026-11-26T00:00:02.000Z");
    } else if (changes.length === 2) {
      await rm(path.join(folder, "one"), { recursive: true });
    } else stop.abort();
  }
  expect(changes.map(({ whole }) => whole)).toEqual([true, false, false]);
  expect(changes[0]?.runs.map(({ id, status }) => [id, status])).toEqual([["one", "running"]]);
  expect(changes[1]?.runs.map(({ id, status }) => [id, status])).toEqual([
    ["two", "running"],
    ["one", "succeeded"],
  ]);
  expect(changes[2]).toMatchObject({ runs: [], removed: ["one"] });
});

it("shows a training's progress by its steps and resets it with the stage", async () => {
  const step = { kind: "step", step: 12, maxSteps: 40, etaSeconds: 7.5, loss: 1 };
  const journal = await put("training", [
    running,
    { kind: "trainer", event: { kind: "stage", stage: "train" } },
  ]);
  const runs = service();
  await appendFile(journal, lineOf(3, { kind: "trainer", event: step }));
  expect((await runs.list()).runs[0]).toMatchObject({
    stage: "train",
    progress: { done: 12, total: 40, unit: "steps", etaSeconds: 7.5 },
  });
  await appendFile(journal, lineOf(4, { kind: "stage", stage: "gate" }));
  expect((await runs.list()).runs[0]).toMatchObject({ stage: "gate", progress: null });
});
