import { copyFile, mkdtemp, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { GenerationRow, ModelRef } from "../../../shared/schema/inference.ts";
import type { InferenceRequest } from "../../../shared/schema/worker.ts";
import { ggufBytes } from "../../../shared/testing/ggufFile.ts";
import { ProgressFeed } from "../async/progressFeed.ts";
import { type FakeWorker, fakeEngine, fakeRow, fakeWorker } from "../testing/fakeWorker.ts";
import { createInferenceService } from "./inferenceService.ts";
import { type InferenceSettings, loadLimitMs } from "./modelHost.ts";

const choice = { temperature: 0, maxTokens: 10 };
const rows: GenerationRow[] = ["a", "b", "c", "d"].map((key) => ({ key, content: key, seed: 0 }));
let folder: string;
let model: ModelRef;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "namewright-"));
  const gguf = path.join(folder, "base.gguf");
  const names = ["token_embd.weight", "output_norm.weight", "blk.0.attn_q.weight", "blk.0.ffn_down.weight"];
  const metadata = {
    "general.architecture": "llama",
    "llama.block_count": 1,
    "tokenizer.ggml.tokens": ["a"],
  };
  await writeFile(gguf, ggufBytes({ metadata, tensors: names.map((name) => ({ name, shape: [32] })) }));
  model = { gguf, adapter: null };
});
afterAll(() => rm(folder, { recursive: true }));

type Load = Extract<InferenceRequest, { kind: "load" }>;
type Generate = Extract<InferenceRequest, { kind: "generate" }>;

function loadWell({ id }: Load, worker: FakeWorker): void {
  worker.send({ kind: "loaded", id, engine: fakeEngine });
}

/** Creates a service over fake processes. `generate` and `load` define how the n-th one answers such a request. */
function serviceWith(
  generate: (request: Generate, worker: FakeWorker, life: number) => void,
  load: (request: Load, worker: FakeWorker, life: number) => void = loadWell,
  settings: Partial<InferenceSettings> = {},
) {
  const workers: FakeWorker[] = [];
  const launchWorker = () => {
    const life = workers.length;
    const worker = fakeWorker((request, self) => {
      if (request.kind === "load") load(request, self, life);
      if (request.kind === "generate") generate(request, self, life);
    });
    workers.push(worker);
    return worker.port;
  };
  return { service: createInferenceService({ launchWorker, ...settings }), workers };
}

function makeRow({ id }: Generate, worker: FakeWorker, key: string): void {
  worker.send({ kind: "started", id, key });
  worker.send({ kind: "row", id, row: fakeRow(key) });
}

test("after a death, a new process generates the unfinished rows, and each row is reported once", async () => {
  const { service, workers } = serviceWith((request, worker, life) => {
    for (const { key } of request.rows) {
      if (life === 0 && key === "c") return worker.die();
      makeRow(request, worker, key);
    }
    worker.send({ kind: "done", id: request.id, cancelled: false });
  });
  const seen: string[] = [];
  const summary = await service.generateRows({ model, rows, choice, onRow: ({ key }) => seen.push(key) });
  expect(seen).toEqual(["a", "b", "c", "d"]);
  expect(summary).toEqual({ engine: fakeEngine, restarts: 1 });
  const second = workers[1]?.requests.find(({ kind }) => kind === "generate") as Generate;
  expect(second.rows.map(({ key }) => key)).toEqual(["c", "d"]);
  const loads = workers.flatMap(({ requests }) => requests.filter((request) => request.kind === "load"));
  expect(loads.map((load) => load.threads)).toEqual([null, 1]);
});

test("a row that kills every process is named, and earlier rows stay valid", async () => {
  const { service, workers } = serviceWith((request, worker) => {
    for (const { key } of request.rows) {
      if (key !== "c") {
        makeRow(request, worker, key);
        continue;
      }
      worker.send({ kind: "started", id: request.id, key });
      return worker.die();
    }
  });
  const seen: string[] = [];
  const run = service.generateRows({ model, rows, choice, onRow: ({ key }) => seen.push(key) });
  await expect(run).rejects.toMatchObject({
    code: "missing",
    message: expect.stringMatching(
      /^the inference process crashed \(SIGSEGV\), .*memory.*, 3 times without progress, with these rows in flight: c$/,
    ),
    hint: expect.stringMatching(/Finished rows are kept/),
  });
  expect(seen).toEqual(["a", "b"]);
  expect(workers.length).toBe(3);
});

test("deaths with progress in between aren't counted together", async () => {
  const { service } = serviceWith((request, worker) => {
    const [first, ...others] = request.rows;
    if (first !== undefined) makeRow(request, worker, first.key);
    if (others.length > 0) return worker.die();
    worker.send({ kind: "done", id: request.id, cancelled: false });
  });
  const seen: string[] = [];
  const summary = await service.generateRows({ model, rows, choice, onRow: ({ key }) => seen.push(key) });
  expect([seen.join(""), summary.restarts]).toEqual(["abcd", 3]);
});

test("a death after the last row costs nothing", async () => {
  const { service, workers } = serviceWith((request, worker) => {
    for (const { key } of request.rows) makeRow(request, worker, key);
    worker.die();
  });
  const summary = await service.generateRows({ model, rows, choice, onRow: () => undefined });
  expect([summary.restarts, workers.length]).toEqual([1, 2]);
});

test("a failed load throws with llama.cpp's line and ends the process", async () => {
  const worker = fakeWorker((request, self) => {
    if (request.kind !== "load") return;
    self.send({
      kind: "failed",
      id: request.id,
      code: "bad-value",
      message: "Failed to load model",
      native: ["bad"],
    });
  });
  const service = createInferenceService({ launchWorker: () => worker.port });
  await expect(service.describe(model)).rejects.toMatchObject({
    code: "bad-value",
    message: "Failed to load model (llama.cpp: bad)",
    place: { file: model.gguf },
  });
  expect(worker.killed()).toBe(true);
});

test("a load that hangs fails", async () => {
  const worker = fakeWorker(() => undefined);
  const service = createInferenceService({ launchWorker: () => worker.port, loadSilenceMs: 20 });
  await expect(service.generateRows({ model, rows, choice, onRow: () => undefined })).rejects.toMatchObject({
    code: "defect",
    message: expect.stringMatching(/didn't respond for 0 s, 3 times while the model was loading$/),
  });
});

test("an abort before the start launches no process", async () => {
  const { service, workers } = serviceWith(() => undefined);
  const signal = AbortSignal.abort();
  const run = service.generateRows({ model, rows, choice, signal, onRow: () => undefined });
  await expect(run).rejects.toMatchObject({ code: "cancelled" });
  expect(workers).toEqual([]);
});

test("a stop ends the running request for good and leaves the service usable", async () => {
  const { service, workers } = serviceWith((request, worker, life) => {
    if (life === 0) return service.stop();
    for (const { key } of request.rows) makeRow(request, worker, key);
    worker.send({ kind: "done", id: request.id, cancelled: false });
  });
  const ask = () => service.generateRows({ model, rows, choice, onRow: () => undefined });
  await expect(ask()).rejects.toMatchObject({ code: "cancelled" });
  expect((await ask()).restarts).toBe(0);
  expect(workers.map((worker) => worker.killed())).toEqual([true, false]);
});

test("requests run one at a time, and a failed one doesn't stop the next", async () => {
  const order: string[] = [];
  const { service } = serviceWith((request, worker) => {
    const key = request.rows[0]?.key ?? "";
    order.push(`begin ${key}`);
    setTimeout(() => {
      order.push(`end ${key}`);
      if (key === "a") {
        worker.send({ kind: "failed", id: request.id, code: "bad-value", message: "no", native: [] });
        return;
      }
      makeRow(request, worker, key);
      worker.send({ kind: "done", id: request.id, cancelled: false });
    }, 5);
  });
  const ask = (row: GenerationRow | undefined) =>
    service.generateRows({ model, rows: row === undefined ? [] : [row], choice, onRow: () => undefined });
  const [first, second] = await Promise.allSettled([ask(rows[0]), ask(rows[1])]);
  expect([first.status, second.status]).toEqual(["rejected", "fulfilled"]);
  expect(order).toEqual(["begin a", "end a", "begin b", "end b"]);
});

describe("a process that dies while it loads", () => {
  const makeAll = (request: Generate, worker: FakeWorker): void => {
    for (const { key } of request.rows) makeRow(request, worker, key);
    worker.send({ kind: "done", id: request.id, cancelled: false });
  };

  test("is replaced for a description and for rows", async () => {
    const { service, workers } = serviceWith(makeAll, (request, worker, life) =>
      life === 0 || life === 2 ? worker.die() : loadWell(request, worker),
    );
    expect(await service.describe(model)).toEqual(fakeEngine);
    workers[1]?.die();
    const seen: string[] = [];
    const summary = await service.generateRows({ model, rows, choice, onRow: ({ key }) => seen.push(key) });
    expect(seen).toEqual(["a", "b", "c", "d"]);
    expect([summary.restarts, workers.length]).toEqual([1, 4]);
  });

  test("every time fails with the reason and a remedy", async () => {
    const { service, workers } = serviceWith(makeAll, (_, worker) => worker.die());
    await expect(service.describe(model)).rejects.toMatchObject({
      name: "Failure",
      code: "missing",
      message: expect.stringMatching(/crashed \(SIGSEGV\), .*memory.*, 3 times while the model was loading$/),
      hint: expect.stringMatching(/Close other programs.*smaller base/),
      place: { file: model.gguf },
    });
    expect(workers.length).toBe(3);
  });

  test("because it was stopped fails as cancelled", async () => {
    const { service } = serviceWith(makeAll, () => service.stop());
    await expect(service.describe(model)).rejects.toMatchObject({ code: "cancelled" });
  });
});

describe("a process that can't be started", () => {
  test("because of too many open files isn't retried, and the failure names them", async () => {
    let launches = 0;
    const launchWorker = () => {
      launches += 1;
      const worker = fakeWorker(() => undefined);
      queueMicrotask(() => worker.die("EMFILE"));
      return worker.port;
    };
    await expect(createInferenceService({ launchWorker }).describe(model)).rejects.toMatchObject({
      code: "missing",
      message: "the inference process couldn't start because too many files are open (EMFILE)",
      hint: expect.stringMatching(/^Close other programs, or raise the limit on open files \(`ulimit -n/),
    });
    expect(launches).toBe(1);
  });

  test("because the launch throws fails with a hint about memory", async () => {
    const launchWorker = () => {
      throw Object.assign(new Error("spawn ENOMEM"), { code: "ENOMEM" });
    };
    await expect(createInferenceService({ launchWorker }).describe(model)).rejects.toMatchObject({
      code: "missing",
      message: expect.stringMatching(/couldn't start because the system is out of memory/),
    });
  });
});

test("the memory of a process that dies during the request is unknown", async () => {
  const { service, workers } = serviceWith(() => undefined);
  await service.describe(model);
  const asked = service.memory();
  workers[0]?.die();
  expect(await asked).toBeNull();
});

/** Timers that a test fires by hand. */
function handClock() {
  let timers: { ms: number; expire: () => void }[] = [];
  const startTimer = (ms: number, expire: () => void) => {
    const timer = { ms, expire };
    timers.push(timer);
    return () => {
      timers = timers.filter((one) => one !== timer);
    };
  };
  return { startTimer, pending: () => timers.map(({ ms }) => ms), fire: () => timers.at(-1)?.expire() };
}

test("the process ends after idle minutes, and the next request starts a new one", async () => {
  const clock = handClock();
  const { service, workers } = serviceWith(() => {}, loadWell, { startTimer: clock.startTimer, idleMs: 99 });
  await service.describe(model);
  await service.describe(model);
  expect(clock.pending()).toEqual([99]);
  expect(workers.map(({ killed }) => killed())).toEqual([false]);
  clock.fire();
  await expect.poll(() => workers.map(({ killed }) => killed())).toEqual([true]);
  await service.describe(model);
  expect(workers).toHaveLength(2);
});

test("a busy process isn't idle", async () => {
  const clock = handClock();
  const asked = Promise.withResolvers<() => void>();
  const generate = (request: Generate, worker: FakeWorker) =>
    asked.resolve(() => {
      makeRow(request, worker, "a");
      worker.send({ kind: "done", id: request.id, cancelled: false });
    });
  const { service, workers } = serviceWith(generate, loadWell, { startTimer: clock.startTimer });
  await service.describe(model);
  expect(clock.pending()).toEqual([5 * 60_000]);
  const generated = service.generateRows({ model, rows: rows.slice(0, 1), choice, onRow: () => {} });
  expect(clock.pending()).toEqual([]);
  (await asked.promise)();
  await generated;
  expect(workers.map(({ killed }) => killed())).toEqual([false]);
});

test("another program gets the accelerator: the process ends first, and bases are loaded on the CPU meanwhile", async () => {
  const loads: string[] = [];
  const load = (request: Load, worker: FakeWorker) => {
    loads.push(request.gpu);
    loadWell(request, worker);
  };
  const { service, workers } = serviceWith(() => {}, load);
  await service.describe(model);
  await service.lendAccelerator(async () => {
    expect(workers.map(({ killed }) => killed())).toEqual([true]);
    await service.describe(model);
  });
  await service.describe(model);
  expect(loads).toEqual(["auto", "none", "auto"]);
});

test("the loading of a large base is shown with an estimated time, and only once", async () => {
  const progress = new ProgressFeed();
  const gguf = path.join(folder, "large.gguf");
  await copyFile(model.gguf, gguf);
  // A sparse file takes no space.
  await truncate(gguf, 14e9);
  const shown: unknown[] = [];
  const load = (request: Load, worker: FakeWorker) => {
    shown.push(progress.current);
    loadWell(request, worker);
  };
  const { service } = serviceWith(() => {}, load, { progress });
  await service.describe({ gguf, adapter: null });
  await service.describe({ gguf, adapter: null });
  expect(shown).toEqual([
    expect.objectContaining({ text: "loading large.gguf (14.0 GB)", etaSeconds: expect.closeTo(28, 0) }),
  ]);
  expect(progress.current).toBeNull();
});

test("a quantized base whose second copy on a CPU exceeds the memory is refused before it is loaded", async () => {
  const gguf = path.join(folder, "q8.gguf");
  const names = ["token_embd.weight", "output_norm.weight", "blk.0.attn_q.weight", "blk.0.ffn_down.weight"];
  const metadata = {
    "general.architecture": "llama",
    "general.file_type": 7,
    "llama.block_count": 1,
    "tokenizer.ggml.tokens": ["a"],
  };
  await writeFile(gguf, ggufBytes({ metadata, tensors: names.map((name) => ({ name, shape: [32] })) }));
  await truncate(gguf, 8e9);
  const on = (gpu: "auto" | "none") => serviceWith(() => {}, loadWell, { gpu, memoryBytes: 4e9 }).service;
  await expect(on("none").describe({ gguf, adapter: null })).rejects.toMatchObject({
    code: "missing",
    message: expect.stringContaining("second copy of 8.0 GB"),
  });
  await expect(on("auto").describe({ gguf, adapter: null })).resolves.toMatchObject({ precision: "F16" });
});

test("a load may be silent for longer if the file is larger", () => {
  expect(loadLimitMs(300_000, 6_700_000)).toBeLessThan(301_000);
  expect(loadLimitMs(300_000, 14.5e9)).toBe(1_025_000);
});

test("a load leaves the number of lanes to the process, and names the memory of one", async () => {
  const { service, workers } = serviceWith(() => undefined);
  await service.describe(model);
  expect(workers[0]?.requests[0]).toMatchObject({ kind: "load", lanes: null, laneBytes: null });
});
