import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, it } from "vitest";
import { withLock } from "./setupLock.mjs";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "namewright-lock-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const quick = { pollMs: 10 };

it("withLock admits one at a time, reports the wait and removes the lock", async () => {
  const file = path.join(folder, "deep", "setup.lock");
  const order: string[] = [];
  const waits: number[] = [];
  const work = (name: string) => async () => {
    order.push(`${name} in`);
    await sleep(60);
    order.push(`${name} out`);
    return name;
  };
  const onWait = (owner: { pid: number }) => waits.push(owner.pid);
  const all = ["a", "b", "c"].map((name) => withLock(file, work(name), { ...quick, onWait }));
  expect(await Promise.all(all)).toEqual(["a", "b", "c"]);
  for (let i = 0; i < order.length; i += 2) expect(order[i + 1]).toBe(order[i]?.replace("in", "out"));
  expect(waits).toEqual([process.pid, process.pid]);
  expect(existsSync(file)).toBe(false);
});

it("withLock releases the lock when the work fails", async () => {
  const file = path.join(folder, "setup.lock");
  await expect(withLock(file, () => Promise.reject(new Error("pip")), quick)).rejects.toThrow("pip");
  expect(await withLock(file, async () => "next", quick)).toBe("next");
});

it("withLock lets exactly one waiter take over from a killed process", async () => {
  const file = path.join(folder, "setup.lock");
  const lock = new URL("./setupLock.mjs", import.meta.url).href;
  const script = `import { withLock } from ${JSON.stringify(lock)};
    await withLock(${JSON.stringify(file)}, () => new Promise((resolve) => setTimeout(resolve, 60_000)));`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", script], { stdio: "ignore" });
  while (!existsSync(file)) await sleep(10);
  expect(JSON.parse(readFileSync(file, "utf8"))).toMatchObject({
    owner: { pid: child.pid, host: hostname() },
  });
  const ended = new Promise((resolve) => child.on("exit", resolve));
  child.kill("SIGKILL");
  await ended;
  let inside = 0;
  let most = 0;
  const work = async () => {
    inside += 1;
    most = Math.max(most, inside);
    await sleep(30);
    inside -= 1;
  };
  await Promise.all([1, 2, 3, 4].map(() => withLock(file, work, quick)));
  expect(most).toBe(1);
});

it("withLock ends its wait with an abort and leaves the lock to its owner", async () => {
  const file = path.join(folder, "setup.lock");
  const abort = new AbortController();
  const owner = Promise.withResolvers<string>();
  const inside = Promise.withResolvers<void>();
  const work = () => {
    inside.resolve();
    return owner.promise;
  };
  const first = withLock(file, work, quick);
  await inside.promise;
  const onWait = () => abort.abort(new Error("cancelled"));
  const second = withLock(file, async () => "second", { ...quick, signal: abort.signal, onWait });
  await expect(second).rejects.toThrow("cancelled");
  expect(existsSync(file)).toBe(true);
  owner.resolve("first");
  expect(await first).toBe("first");
});

it("withLock takes over a damaged lock and an earlier version's lock of a dead process", async () => {
  const file = path.join(folder, "setup.lock");
  writeFileSync(file, "");
  utimesSync(file, new Date(0), new Date(0));
  expect(await withLock(file, async () => "in", quick)).toBe("in");
  const gone = { pid: 999_999_999, startedAt: "1", host: hostname(), token: "t" };
  writeFileSync(file, JSON.stringify(gone));
  expect(await withLock(file, async () => "in", quick)).toBe("in");
});

it("withLock trusts another machine's lock while it is touched", async () => {
  const file = path.join(folder, "setup.lock");
  const owner = { pid: 1, startedAt: "1", host: `not-${hostname()}` };
  writeFileSync(file, JSON.stringify({ purpose: "setup", owner, token: "t" }));
  const touch = (agoMs: number) => utimesSync(file, new Date(), new Date(Date.now() - agoMs));
  touch(60_000);
  const waits: number[] = [];
  const work = withLock(file, async () => "in", { ...quick, onWait: ({ pid }) => waits.push(pid) });
  await expect.poll(() => waits).toEqual([1]);
  touch(180_000);
  expect(await work).toBe("in");
});
