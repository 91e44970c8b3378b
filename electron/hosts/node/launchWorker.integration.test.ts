import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { WorkerPort } from "../../services/platform.ts";
import { launchWorker } from "./launchWorker.ts";

const node = process.execPath;
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "worker-"));
});
afterEach(async () => {
  process.execPath = node;
  await rm(folder, { recursive: true, force: true });
});

const endOf = (port: WorkerPort) =>
  new Promise<[number | null, string | null]>((resolve) => {
    port.onExit((code, killedBy) => resolve([code, killedBy]));
  });

it("reports a worker that can't start as ended, without crashing this process", async () => {
  process.execPath = path.join(folder, "no-node");
  expect(await endOf(launchWorker("worker.js"))).toEqual([null, "ENOENT"]);
});

it("reports how a worker ended, also to late listeners", async () => {
  expect(await endOf(launchWorker(path.join(folder, "no-worker.js")))).toEqual([1, null]);
  const patient = path.join(folder, "worker.js");
  await writeFile(patient, "setInterval(() => {}, 60_000);");
  const port = launchWorker(patient);
  port.kill();
  expect(await endOf(port)).toEqual([null, "SIGKILL"]);
  expect(await endOf(port)).toEqual([null, "SIGKILL"]);
});
