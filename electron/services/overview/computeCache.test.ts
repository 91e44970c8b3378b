import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { ComputeResult } from "../../../shared/schema/compute.ts";
import { createFileLayer } from "../files/fileLayer.ts";
import { createAnswerMemory } from "./computeCache.ts";

const files = createFileLayer();
let userData: string;
beforeEach(async () => {
  userData = await mkdtemp(path.join(tmpdir(), "namewright-memory-"));
});
afterEach(() => rm(userData, { recursive: true, force: true }));

const memoryOf = (build: string | undefined) =>
  createAnswerMemory({ files, workspace: "/work/study", userData, build });
const lookOf = (build: string | undefined) => memoryOf(build).look();
const duplicates = (count: number): ComputeResult => ({ kind: "duplicates", pairs: [], count });
const kept = async () => {
  const folder = path.join(userData, "overviews");
  const [name] = await readdir(folder);
  return path.join(folder, name ?? "");
};

it("computes an answer once and reads it from the file after a restart", async () => {
  const ask = vi.fn(async () => duplicates(3));
  const memory = lookOf("a");
  await Promise.all([memory.answer("of 1", ask), memory.answer("of 1", ask)]);
  await memory.keep();
  expect(await lookOf("a").answer("of 1", ask)).toEqual(duplicates(3));
  expect(ask).toHaveBeenCalledTimes(1);
});

it("ignores answers of another build and saves nothing without a build", async () => {
  const memory = lookOf("a");
  await memory.answer("of 1", async () => duplicates(3));
  await memory.keep();
  expect(await lookOf("b").answer("of 1", async () => duplicates(4))).toEqual(duplicates(4));
  expect(await lookOf(undefined).answer("of 1", async () => duplicates(5))).toEqual(duplicates(5));
});

it("saves only the answers that the last session used", async () => {
  const memory = memoryOf("a");
  for (const count of [1, 2]) {
    const look = memory.look();
    await look.answer(`of ${count}`, async () => duplicates(count));
    await look.keep();
  }
  const { answers } = JSON.parse(await readFile(await kept(), "utf8"));
  expect(answers).toEqual({ "of 2": duplicates(2) });
});

it("saves the answers of two concurrent sessions", async () => {
  const memory = memoryOf("a");
  const looks = [memory.look(), memory.look()];
  for (const look of looks) await look.answer("of 1", async () => duplicates(1));
  for (const look of looks) await look.keep();
  expect(JSON.parse(await readFile(await kept(), "utf8")).answers).toEqual({ "of 1": duplicates(1) });
});

it("doesn't cache failures", async () => {
  const memory = lookOf("a");
  await expect(
    memory.answer("of 1", async () => {
      throw new Error("too many open files");
    }),
  ).rejects.toThrow("too many open files");
  expect(await memory.answer("of 1", async () => duplicates(1))).toEqual(duplicates(1));
});

it.each([
  ["invalid JSON", "{"],
  ["answers of another shape", '{"build":"a","answers":{"of 1":{"kind":"duplicates","count":"many"}}}'],
  [
    "a failure",
    '{"build":"a","answers":{"of 1":{"kind":"failed","failure":{"code":"defect","message":"x"}}}}',
  ],
])("recomputes the answers when the file contains %s", async (_what, text) => {
  const memory = lookOf("a");
  await memory.answer("of 1", async () => duplicates(1));
  await memory.keep();
  await writeFile(await kept(), text);
  const again = lookOf("a");
  expect(await again.answer("of 1", async () => duplicates(2))).toEqual(duplicates(2));
  await again.keep();
  expect(JSON.parse(await readFile(await kept(), "utf8")).answers).toEqual({ "of 1": duplicates(2) });
});
