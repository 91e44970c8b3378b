import { expect, test } from "vitest";
import { Failure } from "../../../shared/domain/failure.ts";
import type { EngineInfo, GeneratedRow } from "../../../shared/schema/inference.ts";
import type { GenerateOptions, InferenceService } from "./inferenceService.ts";
import { createParallelInference } from "./parallelInference.ts";

const engine: EngineInfo = {
  engine: "e",
  precision: "F16",
  gpu: null,
  threads: 1,
  lanes: 4,
  contextSize: 100,
  vocabularySize: 10,
};

/** Creates a service that answers each row with the service's name and records its requests. */
function fakeService(name: string, fails?: Failure) {
  const asked: string[] = [];
  let stops = 0;
  const service: InferenceService = {
    describe: async () => engine,
    generateRows: async ({ rows, onRow, signal }: GenerateOptions) => {
      asked.push(...rows.map(({ key }) => key));
      if (fails !== undefined) throw fails;
      await new Promise((resolve) => setImmediate(resolve));
      if (signal?.aborted) throw new Failure("cancelled", "cancelled");
      for (const { key } of rows) onRow({ key, text: name } as GeneratedRow);
      return { engine, restarts: 1 };
    },
    forcedLogprobs: async () => [],
    tokenize: async () => [],
    memory: async () => null,
    pids: () => [name.length],
    lendAccelerator: async (body) => {
      asked.push("lent");
      return body();
    },
    stop: () => {
      stops += 1;
    },
  };
  return { service, asked, stops: () => stops };
}

const options = (rows: number, onRow: (row: GeneratedRow) => void): GenerateOptions => ({
  model: { gguf: "g", adapter: null },
  rows: Array.from({ length: rows }, (_, index) => ({ key: String(index), content: "c", seed: 1 })),
  choice: { temperature: 0, maxTokens: 5 },
  onRow,
});

function parallel(...fakes: ReturnType<typeof fakeService>[]) {
  const services = fakes.map(({ service }) => service) as [InferenceService, ...InferenceService[]];
  return createParallelInference({ services, processesFor: async () => 2 });
}

test("generates every row once with as many processes as speed up the engine", async () => {
  const fakes = [fakeService("a"), fakeService("b"), fakeService("c")];
  const made = new Map<string, string>();
  const summary = await parallel(...fakes).generateRows(options(17, ({ key, text }) => made.set(key, text)));
  expect([...made.keys()].sort()).toEqual(Array.from({ length: 17 }, (_, index) => String(index)).sort());
  expect(fakes.map(({ asked }) => asked.length)).toEqual([9, 8, 0]);
  expect(summary.restarts).toBe(2);
});

test("starts no second process for few rows", async () => {
  const fakes = [fakeService("a"), fakeService("b")];
  await parallel(...fakes).generateRows(options(15, () => undefined));
  expect(fakes.map(({ asked }) => asked.length)).toEqual([15, 0]);
});

test("a failed process stops the others, and its failure is reported", async () => {
  const failure = new Failure("defect", "died too often");
  const fakes = [fakeService("a"), fakeService("b", failure)];
  const rows: string[] = [];
  const asked = parallel(...fakes).generateRows(options(40, ({ key }) => rows.push(key)));
  await expect(asked).rejects.toBe(failure);
  expect(rows).toEqual([]);
});

test("a stop reaches every process", () => {
  const fakes = [fakeService("a"), fakeService("b")];
  parallel(...fakes).stop();
  expect(fakes.map(({ stops }) => stops())).toEqual([1, 1]);
});

test("every process frees the accelerator before another program uses it", async () => {
  const fakes = [fakeService("one"), fakeService("other")];
  const service = parallel(...fakes);
  expect(service.pids()).toEqual([3, 5]);
  const lent = await service.lendAccelerator(async () => fakes.map(({ asked }) => [...asked]));
  expect(lent).toEqual([["lent"], ["lent"]]);
});
