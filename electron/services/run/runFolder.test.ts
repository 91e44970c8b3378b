import { appendFile, mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { z } from "zod";
import { createFileLayer, type FileLayer } from "../files/fileLayer.ts";
import type { RunKindDefinition } from "./runKind.ts";
import { createRunService } from "./runService.ts";
import { ownershipOf } from "./runStore.ts";

const files = createFileLayer();
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "namewright-runs-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Ends when the test says so. */
function held() {
  const end = Promise.withResolvers<void>();
  const kind: RunKindDefinition<object, object> = {
    kind: "generation",
    spec: z.strictObject({}),
    result: z.strictObject({}),
    title: () => "held",
    async body(_spec, { log, folder: at }) {
      log("a first line\nträin 🙂\n");
      await mkdir(path.join(at, "adapter"));
      await writeFile(path.join(at, "adapter", "weights"), "x".repeat(1000));
      await end.promise;
      return {};
    },
  };
  return { kind, end: end.resolve };
}

const open = (kind: RunKindDefinition<object, object>, kept?: () => Promise<string | null>) =>
  createRunService({ files, runsFolder: folder, kinds: [kind], ...(kept === undefined ? {} : { kept }) });

it("has no owner when the owner exits during the check", async () => {
  const leaving: FileLayer = Object.create(files, { exists: { value: async () => true } });
  expect(await ownershipOf(leaving, folder)).toBe("none");
});

it("reads the end of a log in whole lines and a missing log as empty", async () => {
  const { kind, end } = held();
  const runs = open(kind);
  const { run, result } = await runs.start("generation", {});
  end();
  await result;
  expect(await runs.log(run.id, 1000)).toEqual({ text: "a first line\nträin 🙂\n", bytes: 25, cut: false });
  expect(await runs.log(run.id, 25)).toMatchObject({ cut: false });
  for (const bytes of [12, 18, 24])
    expect(await runs.log(run.id, bytes)).toEqual({ text: "träin 🙂\n", bytes: 25, cut: true });
  expect(await runs.log(run.id, 11)).toMatchObject({ text: "", cut: true });
  await rm(path.join(run.folder, "log.txt"));
  expect(await runs.log(run.id, 1000)).toEqual({ text: "", bytes: 0, cut: false });
});

it("lists a run's artifacts and records with their sizes", async () => {
  const { kind, end } = held();
  const runs = open(kind);
  const { run, result } = await runs.start("generation", {});
  end();
  await result;
  const { files: listed, bytes } = await runs.artifacts(run.id);
  expect(listed.filter(({ own }) => !own)).toEqual([{ path: "adapter/weights", bytes: 1000, own: false }]);
  expect(listed.filter(({ own }) => own).map(({ path: name }) => name)).toEqual([
    "events.jsonl",
    "log.txt",
    "owner.json",
    "spec.json",
  ]);
  expect(bytes).toBe(listed.reduce((sum, file) => sum + file.bytes, 0));
});

it("removes a finished run, returns the freed bytes, and keeps an active one", async () => {
  const { kind, end } = held();
  const runs = open(kind);
  const { run, result } = await runs.start("generation", {});
  await expect(open(kind).remove(run.id)).rejects.toMatchObject({
    code: "bad-value",
    hint: expect.stringContaining("runs cancel"),
  });
  end();
  await result;
  await appendFile(path.join(run.folder, "adapter", "weights"), "y".repeat(24));
  const { bytes } = await runs.artifacts(run.id);
  expect(await runs.remove(run.id)).toMatchObject({ id: run.id, freedBytes: bytes });
  expect(await readdir(folder)).toEqual([]);
  await expect(runs.show(run.id)).rejects.toMatchObject({ code: "bad-value" });
  await expect(runs.remove("../outside")).rejects.toMatchObject({ code: "bad-value" });
});

it("keeps a run that is still needed and gives the reason", async () => {
  const { kind, end } = held();
  const runs = open(kind, async () => "model_v1 was promoted from this run");
  const { run, result } = await runs.start("generation", {});
  end();
  await result;
  await expect(runs.remove(run.id)).rejects.toMatchObject({
    message: expect.stringContaining("model_v1 was promoted from this run"),
  });
  expect((await runs.show(run.id)).run.status).toBe("succeeded");
});
