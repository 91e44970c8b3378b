import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { Failure } from "../../../shared/domain/failure.ts";
import { createFileLayer } from "../files/fileLayer.ts";
import { ownIdentity } from "../processes/processIdentity.mjs";
import { createLease } from "./lease.ts";

const files = createFileLayer();
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "namewright lease "));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const options = (signal = new AbortController().signal, told: string[] = []) => ({
  signal,
  onWait: (holder: string) => void told.push(holder),
});

it("the lease admits one at a time in order and reports its holder", async () => {
  const lease = createLease(files, folder);
  const order: string[] = [];
  const told: string[] = [];
  const begun = Promise.withResolvers<void>();
  const queued = Promise.withResolvers<void>();
  const first = lease.hold(
    "train",
    async () => {
      order.push("train in");
      begun.resolve();
      await queued.promise;
      order.push("train out");
      return "train";
    },
    options(),
  );
  await begun.promise;
  const second = lease.hold(
    "eval",
    async () => {
      order.push("eval in");
      return "eval";
    },
    options(undefined, told),
  );
  queued.resolve();
  expect(await Promise.all([first, second])).toEqual(["train", "eval"]);
  expect(order).toEqual(["train in", "train out", "eval in"]);
  expect(told).toEqual(["train"]);
  expect(await readdir(folder)).toEqual([]);
});

it("a cancel in the queue takes effect at once, and the others continue", async () => {
  const lease = createLease(files, folder);
  const begun = Promise.withResolvers<void>();
  const finish = Promise.withResolvers<void>();
  const long = lease.hold(
    "train",
    () => {
      begun.resolve();
      return finish.promise;
    },
    options(),
  );
  await begun.promise;
  const cancelling = new AbortController();
  const ran: string[] = [];
  const queued = lease.hold("eval", async () => ran.push("eval"), options(cancelling.signal));
  const last = lease.hold("gate", async () => "done", options());
  cancelling.abort(new Failure("cancelled", "cancelled on request"));
  await expect(queued).rejects.toMatchObject({ code: "cancelled" });
  finish.resolve();
  await long;
  expect(await last).toBe("done");
  expect(ran).toEqual([]);
});

it("the lease takes over from dead processes and reused IDs, and is released by a failing body", async () => {
  const own = await ownIdentity();
  for (const owner of [
    { ...own, pid: 999_999_999 },
    { ...own, pid: process.ppid, startedAt: "1" },
  ]) {
    const held = JSON.stringify({ purpose: "train", owner, token: "t" });
    await writeFile(path.join(folder, "accelerator.lease.json"), held);
    const failing = createLease(files, folder).hold(
      "eval",
      () => Promise.reject(new Error("broken")),
      options(),
    );
    await expect(failing).rejects.toThrow("broken");
    expect(await readdir(folder)).toEqual([]);
  }
});
