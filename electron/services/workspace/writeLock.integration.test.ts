import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createFileLayer } from "../files/fileLayer.ts";
import { ownIdentity } from "../processes/processIdentity.mjs";
import {
  describeWorkspace,
  initWorkspace,
  openWorkspace,
  type Workspace,
  writeLockFile,
} from "./workspace.ts";
import { withWriteLock } from "./writeLock.ts";

const files = createFileLayer();
let folder: string;
let workspace: Workspace;
let lock: string;
const children: ChildProcess[] = [];
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "namewright lock "));
  ({ workspace } = await initWorkspace(files, path.join(folder, "study"), { name: "study" }));
  lock = writeLockFile(workspace.paths);
  await files.makeFolder(path.dirname(lock));
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  await rm(folder, { recursive: true, force: true });
});

/** Starts a separate process that runs `body` with the workspace's files and lock. */
function otherProcess(body: string): ChildProcess {
  const url = (file: string) => JSON.stringify(new URL(file, import.meta.url).href);
  const script = `
    import { createFileLayer } from ${url("../files/fileLayer.ts")};
    import { openWorkspace } from ${url("./workspace.ts")};
    const files = createFileLayer();
    const workspace = await openWorkspace(files, ${JSON.stringify(workspace.folder)}, false);
    ${body}`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", script], { stdio: "inherit" });
  children.push(child);
  return child;
}

const holding = `await workspace.writing("import dataset_v2", () => new Promise((resolve) => setTimeout(resolve, 60_000)));`;

async function untilHeld(): Promise<void> {
  while (!existsSync(lock)) await wait(10);
}

it("names the writing process, blocks no reader, and takes over when that process dies", async () => {
  const other = otherProcess(holding);
  await untilHeld();
  await expect(
    withWriteLock(files, lock, "fix", async () => "in", { patienceMs: 100 }),
  ).rejects.toMatchObject({
    code: "missing",
    message: `the workspace is being written by process ${other.pid} on ${hostname()} (import dataset_v2)`,
    place: { file: lock },
  });
  const reader = await openWorkspace(files, workspace.folder, false);
  expect((await describeWorkspace(files, reader)).datasets).toEqual([]);

  const ended = new Promise((resolve) => other.on("exit", resolve));
  other.kill("SIGKILL");
  await ended;
  expect(existsSync(lock)).toBe(true);
  expect(await workspace.writing("fix", async () => "in")).toBe("in");
  expect(existsSync(lock)).toBe(false);
});

it("lets a suspended process keep its lock and continue when it wakes", { timeout: 30_000 }, async () => {
  const other = otherProcess(
    `await workspace.writing("import", () => new Promise((resolve) => setTimeout(resolve, 300)));`,
  );
  await untilHeld();
  other.kill("SIGSTOP");
  await expect(
    withWriteLock(files, lock, "fix", async () => "in", { patienceMs: 600 }),
  ).rejects.toMatchObject({ code: "missing" });
  other.kill("SIGCONT");
  expect(await workspace.writing("fix", async () => "in")).toBe("in");
});

it("detects a stale lock by a reused process ID, an empty file or a failed release, and respects another machine's", async () => {
  const own = await ownIdentity();
  const left = (owner: object) => JSON.stringify({ purpose: "import", owner, token: "t" });
  const stale = [
    left({ ...own, pid: process.ppid, startedAt: "1" }),
    "",
    "{",
    left(own),
    left({ ...own, pid: 999_999_999 }),
  ];
  for (const text of stale) {
    await writeFile(lock, text);
    expect(await withWriteLock(files, lock, "fix", async () => "in", { patienceMs: 100 })).toBe("in");
  }
  await writeFile(lock, left({ ...own, host: "another-machine" }));
  await expect(withWriteLock(files, lock, "fix", async () => "in", { patienceMs: 50 })).rejects.toThrow(
    "another-machine",
  );
});

it("admits one writer at a time among four processes that find a stale lock", async () => {
  const counter = path.join(folder, "counter");
  await writeFile(counter, "0");
  await writeFile(
    lock,
    JSON.stringify({ purpose: "died", owner: { ...(await ownIdentity()), pid: 999_999_999 }, token: "t" }),
  );
  const body = `
    for (let round = 0; round < 10; round += 1) {
      await workspace.writing("count", async () => {
        const count = Number(await files.readText(${JSON.stringify(counter)}));
        await files.writeAtomic(${JSON.stringify(counter)}, String(count + 1));
      });
    }`;
  const ends = [1, 2, 3, 4].map(() => {
    const child = otherProcess(body);
    return new Promise((resolve) => child.on("exit", resolve));
  });
  expect(await Promise.all(ends)).toEqual([0, 0, 0, 0]);
  expect(await readFile(counter, "utf8")).toBe("40");
});

it("releases the lock when a save fails and queues concurrent saves of one process", async () => {
  await expect(workspace.writing("fix", () => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
  let inside = 0;
  let most = 0;
  const save = (by: Workspace) =>
    by.writing("save", async () => {
      inside += 1;
      most = Math.max(most, inside);
      await wait(5);
      inside -= 1;
    });
  const again = await openWorkspace(files, workspace.folder, false);
  await Promise.all([workspace, workspace, again, again].map(save));
  expect(most).toBe(1);
});
