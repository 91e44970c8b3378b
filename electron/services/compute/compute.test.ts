import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { decisionPreset } from "../../../shared/domain/comparison/settings.ts";
import { datasetStats } from "../../../shared/domain/dataset/stats.ts";
import { AlignedQuerySchema } from "../../../shared/schema/alignedRows.ts";
import { ComparisonSettingsSchema, DecisionSettingsSchema } from "../../../shared/schema/comparison.ts";
import type { ComputeRequest, ComputeResult } from "../../../shared/schema/compute.ts";
import { createFileLayer } from "../files/fileLayer.ts";
import { guardedPrimitives } from "../files/guardedPrimitives.ts";
import { realPrimitives } from "../files/primitives.ts";
import type { WorkerPort } from "../platform.ts";
import { createCompute } from "./compute.ts";
import { workerFrom } from "./fileSizes.ts";

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
  diversity: (out) => ({ kind: "diversity", file: out }),
  index: (out) => ({ kind: "index", file: out }),
  duplicates: (out) => ({ kind: "duplicates", file: out, listed: 1 }),
  "test-set": (out) => ({ kind: "test-set", file: out }),
  look: (out) => ({ kind: "look", baseline: named(mine()), candidate: named(out) }),
  diff: (out) => ({ kind: "diff", before: out, after: mine() }),
  compare: (out) => ({
    kind: "compare",
    baseline: named(mine()),
    candidate: named(out),
    hashes: null,
    settings: ComparisonSettingsSchema.parse({}),
    preset: DecisionSettingsSchema.parse({}),
    looks: null,
    pooledSlices: {},
    withShift: false,
  }),
  study: (out) => ({ kind: "study", files: { baseline: named(mine()), candidate: named(out) } }),
  align: (out) => ({
    kind: "align",
    baseline: corrected(out),
    candidate: named(mine()),
    query: AlignedQuerySchema.parse({}),
  }),
  check: (out) => ({ kind: "check", dataset: mine(), testSet: out }),
  figures: (out) => ({ kind: "figures", ...corrected(out), settings: decisionPreset({}) }),
  operating: (out) => ({
    kind: "operating",
    of: corrected(out),
    hashes: null,
    costs: { falseNegative: 5, falsePositive: 1 },
    harmfulShare: null,
  }),
  summarise: (out) => ({
    kind: "summarise",
    of: corrected(out),
    split: "all",
    settings: decisionPreset({}),
  }),
};

/** Larger than any kind's bound, so that a worker is due. */
const large = Math.max(...Object.values(workerFrom)) + 1;
const never = async () => {
  throw new Error("computed in this process");
};

describe("compute", () => {
  it.each(Object.keys(asking))(
    "starts no worker for a file outside the allowed folders: %s",
    async (kind) => {
      const guarded = createFileLayer(
        guardedPrimitives(realPrimitives, { writable: () => [path.join(folder, "study")] }),
      );
      // The layer refuses before it looks at a size; the size makes a worker due.
      const files = { ...guarded, size: async (file: string) => guarded.exists(file).then(() => large) };
      const launch = () => {
        throw new Error("the worker was started");
      };
      const outside = { code: "bad-value", message: expect.stringContaining("outside the folders") };
      for (const out of [path.join(folder, "secret.csv"), path.join(folder, "study", "link.csv")]) {
        const request = asking[kind]?.(out);
        if (request === undefined) throw new Error(`nothing is asked as ${kind}`);
        await expect(createCompute({ files, here: never, launch }).ask(request)).rejects.toMatchObject(
          outside,
        );
      }
    },
  );

  it("works in this process on small files and in a worker on large ones", async () => {
    const files = createFileLayer();
    const asked: string[] = [];
    const here = async (_: unknown, { kind }: ComputeRequest) => {
      asked.push(`${kind} here`);
      return { kind: "stats", stats: {} } as ComputeResult;
    };
    const pool = fakeWorkers();
    const request = { kind: "stats", file: mine() } as const;
    await createCompute({ files, here, launch: pool.launch }).ask(request);
    expect([asked, pool.launched()]).toEqual([["stats here"], 0]);
    const compute = createCompute({
      files: { ...files, size: async () => large },
      here,
      launch: pool.launch,
    });
    await Promise.all([pool.answerAll(1), compute.ask(request)]);
    expect([asked, pool.launched()]).toEqual([["stats here"], 1]);
    compute.close();
  });

  it("runs at most two workers for all callers and reuses idle ones", async () => {
    const pool = fakeWorkers();
    const files = { ...createFileLayer(), size: async () => large };
    const compute = createCompute({ files, here: never, launch: pool.launch });
    const answers = Array.from({ length: 8 }, () => compute.ask({ kind: "stats", file: mine() }));
    await pool.busy(2);
    await pool.answerAll(8);
    await Promise.all(answers);
    expect([pool.launched(), pool.mostAtOnce()]).toEqual([2, 2]);
    compute.close();
  });

  it("rejects the request of a dead worker and continues with the next", async () => {
    const pool = fakeWorkers();
    const files = { ...createFileLayer(), size: async () => large };
    const compute = createCompute({ files, here: never, launch: pool.launch });
    const answers = Array.from({ length: 3 }, () => compute.ask({ kind: "stats", file: mine() }));
    const settled = Promise.allSettled(answers);
    await pool.dieOnce();
    await pool.answerAll(2);
    expect((await settled).map(({ status }) => status).sort()).toEqual([
      "fulfilled",
      "fulfilled",
      "rejected",
    ]);
    compute.close();
  });
});

/** Workers that answer when a test lets them. */
function fakeWorkers() {
  const open: { answer(): void; die(): void }[] = [];
  const arrivals: (() => void)[] = [];
  let launched = 0;
  let most = 0;
  const busy = async (workers: number) => {
    while (open.length < workers) await new Promise<void>((resolve) => arrivals.push(resolve));
  };
  const next = async () => {
    await busy(1);
    return open.shift() as (typeof open)[number];
  };
  const launch = (): WorkerPort => {
    launched += 1;
    const listeners: ((message: unknown) => void)[] = [];
    const exits: ((code: number | null, signal: string | null) => void)[] = [];
    return {
      post() {
        open.push({
          answer() {
            for (const listener of listeners) listener({ kind: "stats", stats: sampleStats });
          },
          die() {
            for (const listener of exits) listener(null, "SIGKILL");
          },
        });
        most = Math.max(most, open.length);
        arrivals.shift()?.();
      },
      onMessage(listener) {
        listeners.push(listener);
        queueMicrotask(() => listener({ kind: "ready" }));
      },
      onExit: (listener) => void exits.push(listener),
      kill() {},
      pid: undefined,
    };
  };
  return {
    launch,
    busy,
    launched: () => launched,
    mostAtOnce: () => most,
    dieOnce: async () => (await next()).die(),
    answerAll: async (count: number) => {
      for (let at = 0; at < count; at += 1) (await next()).answer();
    },
  };
}

const sampleStats = datasetStats(
  new TextEncoder().encode("description,suggestions\nA bakery,[]\n"),
  "mine.csv",
);
