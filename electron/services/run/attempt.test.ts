import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { z } from "zod";
import { createFileLayer } from "../files/fileLayer.ts";
import { type Primitives, realPrimitives } from "../files/primitives.ts";
import { systemError } from "../testing/faults/memoryDisk.ts";
import type { RunKindDefinition } from "./runKind.ts";
import { createRunService } from "./runService.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "namewright-attempt-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** The real disk, without space for a journal's lines while `full` returns true. */
function fillable(full: () => boolean): Primitives {
  return {
    ...realPrimitives,
    openToAppend: async (file) => {
      if (full()) throw systemError("ENOSPC", file);
      return realPrimitives.openToAppend(file);
    },
  };
}

/** Writes rows as fast as it can without waiting, as progress and warnings do. */
const careless = (
  onRow: (row: number) => void = () => {},
): RunKindDefinition<{ to: number }, { rows: number }> => ({
  kind: "generation",
  spec: z.strictObject({ to: z.number() }),
  result: z.strictObject({ rows: z.number() }),
  title: () => "careless",
  async body({ to }, { emit, signal, previous }) {
    for (let row = previous.filter(({ event }) => event.kind === "row").length + 1; row <= to; row += 1) {
      signal.throwIfAborted();
      onRow(row);
      void emit({ kind: "row", key: String(row), data: {} });
      await new Promise((resolve) => setImmediate(resolve));
    }
    return { rows: to };
  },
});

/** Calls a function when the given row is first written. */
function onceAtRow(at: number, work: () => void): (row: number) => void {
  let done = false;
  return (row) => {
    if (row !== at || done) return;
    done = true;
    work();
  };
}

it("ends a run resumably on a full disk, with a remedy and no unhandled rejection", async () => {
  const unhandled: unknown[] = [];
  const onUnhandled = (reason: unknown) => unhandled.push(reason);
  process.on("unhandledRejection", onUnhandled);
  let full = false;
  const files = createFileLayer(fillable(() => full));
  const fill = onceAtRow(20, () => {
    full = true;
  });
  const runs = createRunService({ files, runsFolder: folder, kinds: [careless(fill)] });
  const { run, result } = await runs.start("generation", { to: 60 });
  await expect(result).rejects.toMatchObject({
    code: "missing",
    message: expect.stringContaining("the disk is full"),
    hint: expect.stringContaining("runs resume"),
  });
  // The end couldn't be recorded, but the run doesn't show as running.
  expect((await runs.list()).runs[0]?.status).toBe("interrupted");
  full = false;
  expect(await (await runs.resume(run.id)).result).toEqual({ rows: 60 });
  const { journal } = await runs.show(run.id);
  const keys = journal.entries.flatMap(({ event }) => (event.kind === "row" ? [event.key] : []));
  expect(keys).toEqual(Array.from({ length: 60 }, (_, index) => String(index + 1)));
  process.off("unhandledRejection", onUnhandled);
  expect(unhandled).toEqual([]);
});

it.each([20, 60])("fails a run when only row %i of 60 has no disk space, and resumes it", async (row) => {
  let refuse = 0;
  const files = createFileLayer(fillable(() => refuse-- > 0));
  const refuseOnce = onceAtRow(row, () => {
    refuse = 1;
  });
  const runs = createRunService({ files, runsFolder: folder, kinds: [careless(refuseOnce)] });
  const { run, result } = await runs.start("generation", { to: 60 });
  await expect(result).rejects.toMatchObject({ code: "missing" });
  const shown = await runs.show(run.id);
  expect(shown.run).toMatchObject({ status: "failed", failure: { code: "missing" } });
  expect(await (await runs.resume(run.id)).result).toEqual({ rows: 60 });
});

it("keeps order and end of a run when the clock jumps by days", async () => {
  const day = 86_400_000;
  let reads = 0;
  const now = () => {
    reads += 1;
    return new Date(1_800_000_000_000 + (reads % 3) * day - (reads % 2) * 3 * day);
  };
  const files = createFileLayer();
  const runs = createRunService({ files, runsFolder: folder, kinds: [careless()], now });
  const { run, result } = await runs.start("generation", { to: 5 });
  const seen: number[] = [];
  for await (const { entries } of runs.watch(run.id, 0)) seen.push(...entries.map(({ seq }) => seq));
  expect(await result).toEqual({ rows: 5 });
  expect(seen).toEqual(seen.map((_, index) => index + 1));
  expect((await runs.list()).runs[0]?.status).toBe("succeeded");
});
