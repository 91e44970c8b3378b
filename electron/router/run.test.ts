import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createRouterClient, getEventMeta } from "@orpc/server";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { RunEvent } from "../../shared/schema/run.ts";
import { createFileLayer } from "../services/files/fileLayer.ts";
import { encodeEntry } from "../services/run/journal.ts";
import { createRunService } from "../services/run/runService.ts";
import { runFiles } from "../services/run/runStore.ts";
import { runRouter } from "./run.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "namewright-run-router-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const at = "2026-11-26T00:00:00.000Z";

async function put(id: string, events: readonly RunEvent[]): Promise<void> {
  const files = runFiles(path.join(folder, id));
  await mkdir(path.join(folder, id), { recursive: true });
  const record = { id, kind: "generation", title: id, parentId: null, createdAt: at, spec: {} };
  await writeFile(files.record, JSON.stringify(record));
  const lines = events.map((event, index) => `${encodeEntry({ seq: index + 1, at, event })}\n`);
  await writeFile(files.journal, lines.join(""));
}

const client = () =>
  createRouterClient(
    runRouter(createRunService({ files: createFileLayer(), runsFolder: folder, kinds: [] })),
    { context: {} },
  );

it("an event's id is the number of its last entry, and a reader resumes from it without gaps", async () => {
  const rows = Array.from({ length: 700 }, (_, key): RunEvent => ({ kind: "row", key: `${key}`, data: {} }));
  await put("long", [
    { kind: "status", status: "running" },
    ...rows,
    { kind: "status", status: "succeeded" },
  ]);
  const first = await client().watch({ id: "long", from: 0 });
  const { value } = await first.next();
  await first.return?.();
  const id = getEventMeta(value)?.id;
  expect(id).toBe("500");
  const seqs: number[] = [];
  for await (const { entries } of await client().watch({ id: "long", from: 0 }, { lastEventId: id })) {
    seqs.push(...entries.map(({ seq }) => seq));
  }
  expect(seqs).toEqual(Array.from({ length: 202 }, (_, index) => 501 + index));
});

it("watchAll sends the complete list of runs first", async () => {
  await put("one", [{ kind: "status", status: "succeeded" }]);
  const changes = await client().watchAll();
  expect((await changes.next()).value).toMatchObject({ whole: true, runs: [{ id: "one" }] });
  await changes.return?.();
});
