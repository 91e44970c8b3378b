import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { ComputeResult } from "../../../shared/schema/compute.ts";
import { createFileLayer } from "../files/fileLayer.ts";
import { createComputeCache } from "./computeCache.ts";

const files = createFileLayer();
let userData: string;
beforeEach(async () => {
  userData = await mkdtemp(path.join(tmpdir(), "namewright-memory-"));
});
afterEach(() => rm(userData, { recursive: true, force: true }));

const cacheOf = (build: string | undefined) =>
  createComputeCache({ files, workspace: "/work/study", userData, build });
const sessionOf = (build: string | undefined) => cacheOf(build).session();
const duplicates = (count: number): ComputeResult => ({ kind: "duplicates", pairs: [], count });
const kept = async () => {
  const folder = path.join(userData, "overviews");
  const [name] = await readdir(folder);
  return path.join(folder, name ?? "");
};

it("computes an answer once and reads it from the file after a restart", async () => {
  const ask = vi.fn(async () => duplicates(3));
  const session = sessionOf("a");
  await Promise.all([session.answer("of 1", ask), session.answer("of 1", ask)]);
  await session.commit();
  expect(await sessionOf("a").answer("of 1", ask)).toEqual(duplicates(3));
  expect(ask).toHaveBeenCalledTimes(1);
});

it("ignores answers of another build and saves nothing without a build", async () => {
  const session = sessionOf("a");
  await session.answer("of 1", async () => duplicates(3));
  await session.commit();
  expect(await sessionOf("b").answer("of 1", async () => duplicates(4))).toEqual(duplicates(4));
  expect(await sessionOf(undefined).answer("of 1", async () => duplicates(5))).toEqual(duplicates(5));
});

it("saves only the answers that the last session used", async () => {
  const cache = cacheOf("a");
  for (const count of [1, 2]) {
    const session = cache.session();
    await session.answer(`of ${count}`, async () => duplicates(count));
    await session.commit();
  }
  const { answers } = JSON.parse(await readFile(await kept(), "utf8"));
  expect(answers).toEqual({ "of 2": duplicates(2) });
});

it("saves the answers of two concurrent sessions", async () => {
  const cache = cacheOf("a");
  const sessions = [cache.session(), cache.session()];
  for (const session of sessions) await session.answer("of 1", async () => duplicates(1));
  for (const session of sessions) await session.commit();
  expect(JSON.parse(await readFile(await kept(), "utf8")).answers).toEqual({ "of 1": duplicates(1) });
});

it("doesn't cache failures", async () => {
  const session = sessionOf("a");
  await expect(
    session.answer("of 1", async () => {
      throw new Error("too many open files");
    }),
  ).rejects.toThrow("too many open files");
  expect(await session.answer("of 1", async () => duplicates(1))).toEqual(duplicates(1));
});

it.each([
  ["invalid JSON", "{"],
  ["answers of another shape", '{"build":"a","answers":{"of 1":{"kind":"duplicates","count":"many"}}}'],
  [
    "a failure",
    '{"build":"a","answers":{"of 1":{"kind":"failed","failure":{"code":"defect","message":"x"}}}}',
  ],
])("recomputes the answers when the file contains %s", async (_what, text) => {
  const session = sessionOf("a");
  await session.answer("of 1", async () => duplicates(1));
  await session.commit();
  await writeFile(await kept(), text);
  const again = sessionOf("a");
  expect(await again.answer("of 1", async () => duplicates(2))).toEqual(duplicates(2));
  await again.commit();
  expect(JSON.parse(await readFile(await kept(), "utf8")).answers).toEqual({ "of 1": duplicates(2) });
});
