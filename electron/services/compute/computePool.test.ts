import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { AlignedQuerySchema } from "../../../shared/schema/alignedRows.ts";
import { ComparisonSettingsSchema } from "../../../shared/schema/comparison.ts";
import type { ComputeRequest } from "../../../shared/schema/compute.ts";
import { createFileLayer } from "../files/fileLayer.ts";
import { guardedPrimitives } from "../files/guardedPrimitives.ts";
import { realPrimitives } from "../files/primitives.ts";
import { computeInWorker } from "./computeInWorker.ts";
import { createComputePool } from "./computePool.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "compute pool "));
  await mkdir(path.join(folder, "study"));
  for (const place of ["study/mine.csv", "secret.csv"])
    await writeFile(path.join(folder, place), "description,suggestions\nA bakery,[]\n");
  await symlink(path.join(folder, "secret.csv"), path.join(folder, "study", "link.csv"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const mine = () => path.join(folder, "study", "mine.csv");
const named = (file: string) => ({ name: "v1", file, corrections: null });
const corrected = (own: string) => {
  const corrections = { own, others: [], testSet: mine(), frozenLabels: mine() };
  return { ...named(mine()), corrections };
};

const asking: Record<string, (out: string) => ComputeRequest> = {
  lint: (out) => ({ kind: "lint", files: [mine()], against: [out] }),
  stats: (out) => ({ kind: "stats", file: out }),
  index: (out) => ({ kind: "index", file: out }),
  duplicates: (out) => ({ kind: "duplicates", file: out, listed: 1 }),
  diff: (out) => ({ kind: "diff", before: out, after: mine() }),
  compare: (out) => ({
    kind: "compare",
    baseline: named(mine()),
    candidate: named(out),
    settings: ComparisonSettingsSchema.parse({}),
    pooledSlices: {},
    withShift: false,
  }),
  align: (out) => ({
    kind: "align",
    baseline: corrected(out),
    candidate: named(mine()),
    query: AlignedQuerySchema.parse({}),
  }),
  check: (out) => ({ kind: "check", dataset: mine(), testSet: out }),
  figures: (out) => ({ kind: "figures", ...corrected(out) }),
  summarise: (out) => ({ kind: "summarise", of: corrected(out), split: "all" }),
};

describe("a worker, which reads without a guard,", () => {
  it.each(Object.keys(asking))("is not asked for what lies outside the folders: %s", async (kind) => {
    const files = createFileLayer(
      guardedPrimitives(realPrimitives, { writable: () => [path.join(folder, "study")] }),
    );
    const launch = () => {
      throw new Error("the worker was started");
    };
    const outside = { code: "bad-value", message: expect.stringContaining("outside the folders") };
    for (const out of [path.join(folder, "secret.csv"), path.join(folder, "study", "link.csv")]) {
      const request = asking[kind]?.(out);
      if (request === undefined) throw new Error(`nothing is asked as ${kind}`);
      await expect(createComputePool(files, launch).ask(request)).rejects.toMatchObject(outside);
      await expect(computeInWorker(files, launch, request)).rejects.toMatchObject(outside);
    }
  });
});
