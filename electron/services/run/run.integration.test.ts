import { type ChildProcess, spawn } from "node:child_process";
import { appendFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { createFileLayer } from "../files/fileLayer.ts";
import { isAlive, ownIdentity } from "../processes/processIdentity.mjs";
import { initWorkspace } from "../workspace/workspace.ts";
import { decodeEntry, encodeEntry, parseJournal } from "./journal.ts";
import type { RunKindDefinition } from "./runKind.ts";
import { createRunService } from "./runService.ts";
import { runFiles } from "./runStore.ts";

const files = createFileLayer();
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "namewright-run-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Counts to `to`, one row per entry and never a row twice. Stops between rows on request. */
const counting: RunKindDefinition<{ to: number; failAt?: number | undefined }, { rows: number[] }> = {
  kind: "generation",
  spec: z.strictObject({ to: z.number(), failAt: z.number().optional() }),
  result: z.strictObject({ rows: z.array(z.number()) }),
  title: ({ to }) => `count to ${to}`,
  async body({ to, failAt }, { emit, signal, previous }) {
    const rows = previous.flatMap(({ event }) => (event.kind === "row" ? [Number(event.key)] : []));
    for (let row = rows.length + 1; row <= to; row += 1) {
      signal.throwIfAborted();
      if (row === failAt) throw new Error("broke here");
      rows.push(row);
      await emit({ kind: "row", key: String(row), data: {} });
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    return { rows };
  },
};

/** Starts a separate process that counts in the same folder. */
function hostOf(spec: { to: number }): ChildProcess {
  const url = (file: string) => JSON.stringify(new URL(file, import.meta.url).href);
  const script = `
    import { z } from "zod";
    import { createFileLayer } from ${url("../files/fileLayer.ts")};
    import { createRunService } from ${url("./runService.ts")};
    const counting = {
      kind: "generation", spec: z.any(), result: z.any(), title: () => "count",
      async body({ to }, { emit }) {
        for (let row = 1; row <= to; row += 1) await emit({ kind: "row", key: String(row), data: {} });
        return {};
      },
    };
    const runs = createRunService({ files: createFileLayer(), runsFolder: ${JSON.stringify(folder)}, kinds: [counting] });
    await (await runs.start("generation", ${JSON.stringify(spec)})).result;`;
  const words = ["--input-type=module", "--eval", script];
  // Packages are resolved from this file, not from the test's folder.
  return spawn(process.execPath, words, { stdio: "inherit", cwd: import.meta.dirname });
}

const service = () => createRunService({ files, runsFolder: folder, kinds: [counting] });

describe("journal", () => {
  const entry = {
    seq: 3,
    at: "2026-11-23T00:00:00.000Z",
    event: { kind: "stage", stage: "träin 🙂" },
  } as const;

  it("reads what it writes and refuses any altered byte", () => {
    const line = encodeEntry(entry);
    expect(decodeEntry(line)).toEqual(entry);
    for (let at = 0; at < line.length; at += 1) {
      const altered = `${line.slice(0, at)}${line[at] === "x" ? "y" : "x"}${line.slice(at + 1)}`;
      expect(decodeEntry(altered)).toBeNull();
      expect(decodeEntry(line.slice(0, at))).toBeNull();
    }
  });

  it("skips and reports a corrupt middle line and a torn last one", () => {
    const good = encodeEntry(entry);
    const journal = parseJournal(
      `${good}\n{"seq":4,"broken\n${encodeEntry({ ...entry, seq: 5 })}\n${good.slice(0, 20)}`,
    );
    expect(journal.entries.map(({ seq }) => seq)).toEqual([3, 5]);
    expect(journal.skipped).toEqual([2, 4]);
  });
});

describe("process identity", () => {
  it("distinguishes this process from another with the same ID", async () => {
    const own = await ownIdentity();
    expect(await isAlive(own)).toBe(true);
    expect(await isAlive({ ...own, startedAt: "1" })).toBe(false);
  });
});

describe("runs", () => {
  it("stores spec, journal and result", async () => {
    const { run, result } = await service().start("generation", { to: 3 });
    expect(await result).toEqual({ rows: [1, 2, 3] });
    const shown = await service().show(run.id);
    expect(shown.run).toMatchObject({ status: "succeeded", title: "count to 3", kind: "generation" });
    expect(shown.result).toEqual({ rows: [1, 2, 3] });
  });

  it("refuses an invalid spec before creating a folder", async () => {
    await expect(service().start("generation", { to: "three" })).rejects.toMatchObject({ code: "bad-value" });
    expect((await service().list()).runs).toEqual([]);
  });

  it("is cancelled from another service and resumed without repeating a row", async () => {
    const { run, result } = await service().start("generation", { to: 200 });
    await new Promise((resolve) => setTimeout(resolve, 60));
    await service().cancel(run.id);
    await expect(result).rejects.toMatchObject({ code: "cancelled" });
    const before = await service().show(run.id);
    expect(before.run.status).toBe("cancelled");
    const resumed = await service().resume(run.id);
    expect(await resumed.result).toEqual({ rows: Array.from({ length: 200 }, (_, index) => index + 1) });
    const { journal } = await service().show(run.id);
    const keys = journal.entries.flatMap(({ event }) => (event.kind === "row" ? [event.key] : []));
    expect(new Set(keys).size).toBe(keys.length);
    expect(journal.entries.map(({ seq }) => seq)).toEqual(journal.entries.map((_, index) => index + 1));
  });

  it("continues after a torn line with a warning", async () => {
    const { run, result } = await service().start("generation", { to: 4, failAt: 3 });
    await expect(result).rejects.toThrow("broke here");
    const at = runFiles(path.join(folder, run.id));
    await appendFile(at.journal, '{"seq":99,"at":"2026');
    const record = JSON.parse(await readFile(at.record, "utf8"));
    await writeFile(at.record, JSON.stringify({ ...record, spec: { to: 4 } }));
    const resumed = await service().resume(run.id);
    expect(await resumed.result).toEqual({ rows: [1, 2, 3, 4] });
    const { journal } = await service().show(run.id);
    expect(
      journal.entries.some(({ event }) => event.kind === "warning" && event.code === "journal-skipped"),
    ).toBe(true);
  });

  it("shows a run without a living owner as interrupted", async () => {
    const { run, result } = await service().start("generation", { to: 1 });
    await result;
    const at = runFiles(path.join(folder, run.id));
    const lines = (await readFile(at.journal, "utf8")).split("\n");
    await writeFile(at.journal, `${lines.slice(0, 2).join("\n")}\n`);
    await writeFile(at.owner, JSON.stringify({ ...(await ownIdentity()), pid: 999_999_999 }));
    expect((await service().list()).runs[0]?.status).toBe("interrupted");
    // The ID now belongs to another living process. Its start time differs.
    await writeFile(at.owner, JSON.stringify({ ...(await ownIdentity()), pid: process.ppid }));
    expect((await service().list()).runs[0]?.status).toBe("interrupted");
    await writeFile(at.owner, '{"pid":');
    expect((await service().list()).runs[0]?.status).toBe("interrupted");
    expect(await (await service().resume(run.id)).result).toEqual({ rows: [1] });
  });

  it("is never shown as interrupted while its process is suspended, and ends after it wakes", async () => {
    const host = hostOf({ to: 150 });
    const ended = new Promise((resolve) => host.on("exit", resolve));
    const statusNow = async () => (await service().list()).runs[0]?.status;
    while ((await statusNow()) !== "running") await new Promise((resolve) => setTimeout(resolve, 20));
    host.kill("SIGSTOP");
    for (let look = 0; look < 10; look += 1) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect(await statusNow()).toBe("running");
    }
    host.kill("SIGCONT");
    expect(await ended).toBe(0);
    const { runs } = await service().list();
    expect(runs[0]).toMatchObject({ status: "succeeded" });
    const { journal } = await service().show(runs[0]?.id ?? "");
    const keys = journal.entries.flatMap(({ event }) => (event.kind === "row" ? [event.key] : []));
    expect(keys).toEqual(Array.from({ length: 150 }, (_, index) => String(index + 1)));
  });

  it("is resumed by only one of two concurrent attempts", async () => {
    const { run, result } = await service().start("generation", { to: 4, failAt: 3 });
    await expect(result).rejects.toThrow("broke here");
    const at = runFiles(path.join(folder, run.id));
    const record = JSON.parse(await readFile(at.record, "utf8"));
    await writeFile(at.record, JSON.stringify({ ...record, spec: { to: 40 } }));
    const { workspace } = await initWorkspace(files, path.join(folder, "study"), {});
    const locked = () =>
      createRunService({ files, runsFolder: folder, kinds: [counting], exclusively: workspace.writing });
    const tries = await Promise.allSettled([locked().resume(run.id), locked().resume(run.id)]);
    expect(tries.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(tries.find(({ status }) => status === "rejected")).toMatchObject({
      reason: { code: "bad-value" },
    });
    for (const one of tries) if (one.status === "fulfilled") await one.value.result;
  });

  it("replays from a sequence number and ends with the run", async () => {
    const { run, result } = await service().start("generation", { to: 5 });
    const seen: number[] = [];
    for await (const { entries } of service().watch(run.id, 2)) seen.push(...entries.map(({ seq }) => seq));
    await result;
    expect(seen).toEqual(Array.from({ length: seen.length }, (_, index) => index + 3));
    expect(seen.length).toBeGreaterThan(5);
  });

  it("refuses an ID that leads out of the runs folder", async () => {
    await expect(service().show("../x")).rejects.toMatchObject({ code: "bad-value" });
  });
});
