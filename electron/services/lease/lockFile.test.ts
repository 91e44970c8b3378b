import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createFileLayer } from "../files/fileLayer.ts";
import { ownIdentity, processStart } from "../processes/processIdentity.mjs";
import { isLockedByAnother, tryAcquireLock } from "./lockFile.mjs";

const files = createFileLayer();
let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "namewright lock "));
  file = path.join(folder, "a.lock");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const write = (owner: object) => writeFile(file, JSON.stringify({ purpose: "import", owner, token: "t" }));

it("a lock identifies a process by its start, not only by its ID", async () => {
  const startedAt = processStart(process.ppid) ?? "";
  expect(startedAt).not.toBe("");
  for (const [start, isLocked] of [
    [startedAt, true],
    ["1", false],
    ["unknown", true],
  ] as const) {
    await write({ pid: process.ppid, startedAt: start, host: hostname() });
    expect(await isLockedByAnother(files, file), start).toBe(isLocked);
  }
});

it("a lock of another machine expires only where locks are touched", async () => {
  await write({ pid: 1, startedAt: "1", host: `not-${hostname()}` });
  const touched = (agoMs: number) => ({ ...files, touchedMs: async () => Date.now() - agoMs });
  expect(await isLockedByAnother(files, file)).toBe(true);
  expect(await isLockedByAnother(touched(60_000), file)).toBe(true);
  expect(await isLockedByAnother(touched(180_000), file)).toBe(false);
});

it("a lock of this process is busy while held, and a leftover one is taken over", async () => {
  await write(await ownIdentity());
  const first = await tryAcquireLock(files, file, "one");
  expect(await tryAcquireLock(files, file, "two")).toMatchObject({ kind: "busy", by: { purpose: "one" } });
  if (first.kind !== "held") throw new Error("the leftover lock was respected");
  await first.release();
  expect(await readdir(folder)).toEqual([]);
});
