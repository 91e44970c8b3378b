import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { createFileLayer } from "../files/fileLayer.ts";
import { ownIdentity } from "../processes/processIdentity.mjs";
import type { Pausing, RunKindDefinition } from "./runKind.ts";
import { createRunService } from "./runService.ts";
import { runFiles } from "./runStore.ts";

const files = createFileLayer();
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "namewright-pause-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const rowsIn = (entries: readonly { event: { kind: string; key?: string } }[]) =>
  entries.flatMap(({ event }) => (event.kind === "row" ? [Number(event.key)] : []));

/** Counts to `to`, one row per entry, and waits at the pause point before each. */
function counting(pausing: Pausing): RunKindDefinition<{ to: number }, { rows: number[] }> {
  return {
    kind: "generation",
    spec: z.strictObject({ to: z.number() }),
    result: z.strictObject({ rows: z.array(z.number()) }),
    pausing,
    title: ({ to }) => `count to ${to}`,
    async body({ to }, { emit, signal, pause, previous }) {
      const rows = rowsIn(previous);
      for (let row = rows.length + 1; row <= to; row += 1) {
        signal.throwIfAborted();
        await pause.waitIfPaused();
        rows.push(row);
        await emit({ kind: "row", key: String(row), data: {} });
        await wait(2);
      }
      return { rows };
    },
  };
}

const all = (to: number) => Array.from({ length: to }, (_, index) => index + 1);
const service = (pausing: Pausing = "in-place") =>
  createRunService({ files, runsFolder: folder, kinds: [counting(pausing)] });

async function seen(id: string, status: string): Promise<void> {
  while ((await service().show(id)).run.status !== status) await wait(10);
}

describe("a pause in place", () => {
  it("waits between rows and continues in the same process at another's request, with every row once", async () => {
    const { run, result } = await service().start("generation", { to: 250 });
    await service().pause(run.id);
    await seen(run.id, "paused");
    const before = rowsIn((await service().show(run.id)).journal.entries).length;
    await wait(100);
    expect(rowsIn((await service().show(run.id)).journal.entries)).toHaveLength(before);
    expect(before).toBeLessThan(250);

    const resumed = await service().resume(run.id);
    expect(resumed.run.status).toBe("paused");
    expect(await resumed.result).toEqual({ rows: all(250) });
    expect(await result).toEqual({ rows: all(250) });
    const { run: ended, journal } = await service().show(run.id);
    expect(ended.status).toBe("succeeded");
    expect(rowsIn(journal.entries)).toEqual(all(250));
    const turns = journal.entries.flatMap(({ event }) => (event.kind === "status" ? [event.status] : []));
    expect(turns).toEqual(["queued", "running", "paused", "running", "succeeded"]);
  });

  it("ends by a cancel or when the process closes", async () => {
    for (const end of ["cancel", "stopAll"] as const) {
      const owner = service();
      const { run, result } = await owner.start("generation", { to: 250 });
      await owner.pause(run.id);
      await seen(run.id, "paused");
      await (end === "cancel" ? service().cancel(run.id) : owner.stopAll());
      await expect(result).rejects.toMatchObject({ code: "cancelled" });
      expect((await service().show(run.id)).run.status).toBe("cancelled");
      expect(await (await service().resume(run.id)).result).toEqual({ rows: all(250) });
    }
  });

  it("shows as interrupted when its process has died", async () => {
    const { run, result } = await service().start("generation", { to: 250 });
    await service().pause(run.id);
    await seen(run.id, "paused");
    const { owner, journal } = runFiles(path.join(folder, run.id));
    const name = await readFile(owner, "utf8");
    await writeFile(owner, JSON.stringify({ ...(await ownIdentity()), pid: 999_999_999 }));
    expect((await service().show(run.id)).run.status).toBe("interrupted");
    await writeFile(owner, name);
    await service().cancel(run.id);
    await expect(result).rejects.toMatchObject({ code: "cancelled" });
    expect((await readFile(journal, "utf8")).endsWith("\n")).toBe(true);
  });

  it("is refused for a finished run and for a kind that can't pause", async () => {
    const { run, result } = await service().start("generation", { to: 1 });
    await result;
    await expect(service().pause(run.id)).rejects.toMatchObject({ code: "bad-value" });
    const never = await service("never").start("generation", { to: 100 });
    const refused = await service("never")
      .pause(never.run.id)
      .catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: "bad-value", hint: expect.stringContaining("runs cancel") });
    expect(await never.result).toEqual({ rows: all(100) });
  });
});

describe("a pause at a checkpoint", () => {
  it("stops resumably, stays paused without an owner, and is resumed by any process", async () => {
    const owner = service("at-checkpoint");
    const { run, result } = await owner.start("generation", { to: 250 });
    await service("at-checkpoint").pause(run.id);
    const heard: string[] = [];
    for await (const { entries } of service().watch(run.id, 0))
      for (const { event } of entries) if (event.kind === "status") heard.push(event.status);
    expect(heard.at(-1)).toBe("paused");
    await expect(result).rejects.toMatchObject({
      code: "cancelled",
      message: expect.stringContaining("paused"),
      hint: expect.stringContaining(`runs resume ${run.id}`),
    });
    await expect(readFile(runFiles(path.join(folder, run.id)).owner)).rejects.toMatchObject({
      code: "ENOENT",
    });
    expect((await service().list()).runs[0]?.status).toBe("paused");

    expect(await (await service("at-checkpoint").resume(run.id)).result).toEqual({ rows: all(250) });
    expect(rowsIn((await service().show(run.id)).journal.entries)).toEqual(all(250));
  });

  it("continues when resumed before its process has released the run", async () => {
    const owner = service("at-checkpoint");
    const { run, result } = await owner.start("generation", { to: 250 });
    await owner.pause(run.id);
    await seen(run.id, "paused");
    const resumed = await service("at-checkpoint").resume(run.id);
    await expect(result).rejects.toMatchObject({ code: "cancelled" });
    expect(await resumed.result).toEqual({ rows: all(250) });
  });

  it("can be ended by a cancel", async () => {
    const { run, result } = await service("at-checkpoint").start("generation", { to: 250 });
    await service("at-checkpoint").pause(run.id);
    await expect(result).rejects.toMatchObject({ code: "cancelled" });
    expect((await service().cancel(run.id)).status).toBe("cancelled");
    expect((await service().show(run.id)).run.status).toBe("cancelled");
  });
});
