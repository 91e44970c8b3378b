import { createHash } from "node:crypto";
import { copyFile, mkdtemp, readFile, rm, truncate } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, test, vi } from "vitest";
import { rowSeed } from "../../../shared/domain/generation/seed.ts";
import type { GeneratedRow, GenerationRow, ModelRef } from "../../../shared/schema/inference.ts";
import type { WorkerPort } from "../platform.ts";
import {
  baseGguf,
  baseWeights,
  engineMissing,
  environmentPython,
  fixtureModel,
  knownAnswers,
  launchLimitedWorker,
  launchRealWorker,
  writeFloat32Base,
} from "../testing/engineFixtures.ts";
import { createInferenceService, type InferenceService } from "./inferenceService.ts";

// The engine shares its cores with other tests.
vi.setConfig({ testTimeout: 90_000 });

const missing = engineMissing();
const prefix = "Suggest five domain names for this business: ";
const descriptions = [
  "A family bakery that sells sourdough bread",
  "x",
  "pizza 🍕 delivery 🙂 for late nights",
  "a  bakery  with   double  spaces and\ttabs",
  "We repair bicycles and rent them to tourists by the hour, all year round",
  `A very long story of a plumber ${"who mends pipes and heating in old houses and new flats ".repeat(9)}`,
  "A shop that sells counterfeit watches",
  "Café Zürich",
  "Guided tours of old observatories",
];
const rows: GenerationRow[] = descriptions.map((description, index) => ({
  key: `row ${index}`,
  content: prefix + description,
  seed: rowSeed(1, index, 0),
}));

async function generated(
  service: InferenceService,
  model: ModelRef,
  what: { rows?: readonly GenerationRow[]; sharedPrefix?: string; temperature?: number } = {},
): Promise<Map<string, Omit<GeneratedRow, "latencyMs">>> {
  const found = new Map<string, Omit<GeneratedRow, "latencyMs">>();
  await service.generateRows({
    model,
    rows: what.rows ?? rows,
    choice: { temperature: what.temperature ?? 0, maxTokens: 60 },
    sharedPrefix: what.sharedPrefix ?? prefix,
    onRow: ({ latencyMs, ...row }) => {
      expect(latencyMs).toBeGreaterThan(0);
      expect(found.has(row.key)).toBe(false);
      found.set(row.key, row);
    },
  });
  return found;
}

describe.skipIf(missing !== null)(
  `with the real engine${missing === null ? "" : ` (skipped: ${missing})`}`,
  () => {
    const service = createInferenceService({ launchWorker: launchRealWorker, gpu: "none" });
    afterAll(() => service.stop());

    test("the fixtures match the base; otherwise run fixtures/make_engine_fixtures.py again", async () => {
      const hash = createHash("sha256").update(await readFile(baseWeights));
      expect(hash.digest("hex")).toBe(knownAnswers().weights);
    });

    /** Expects equal ids and text, and probabilities of names and refusals within `tolerance` of PyTorch's. */
    async function expectKnownAnswers(
      kind: "base" | "adapter",
      gguf: string,
      tolerance: number,
    ): Promise<void> {
      const model = { ...fixtureModel(kind === "base" ? null : "adapter"), gguf };
      const answers = knownAnswers()[kind];
      const contents = answers.map(({ content }) => content);
      expect(await service.tokenize(model, contents, true)).toEqual(
        answers.map(({ promptIds }) => promptIds),
      );
      const asked = contents.map((content) => ({ key: content, content, seed: 0 }));
      const found = await generated(service, model, { rows: asked });
      let compared = 0;
      for (const { content, completionIds, text, names, refusalProbability } of answers) {
        const row = found.get(content);
        expect(row?.ids).toEqual(completionIds.at(-1) === 2 ? completionIds.slice(0, -1) : completionIds);
        expect(row?.text).toBe(text);
        expect(Math.abs((row?.refusalProbability ?? 9) - refusalProbability)).toBeLessThan(tolerance);
        row?.nameProbabilities.forEach((name, index) => {
          const known = names[index];
          if (name === null || known === undefined) return;
          compared += 1;
          expect(Math.abs(name.probability - Math.exp(known.logprob))).toBeLessThan(tolerance);
          expect(Math.abs(name.perToken - Math.exp(known.logprob / known.tokens))).toBeLessThan(tolerance);
        });
      }
      expect(compared).toBeGreaterThan(10);
    }

    test.each(["base", "adapter"] as const)(
      "f16 weights give PyTorch's ids and text, and its probabilities to 3e-3: %s",
      // llama.cpp also rounds the other factor to f16, which explains the last digit.
      (kind) => expectKnownAnswers(kind, baseGguf, 3e-3),
    );

    test.skipIf(environmentPython() === null)(
      "32-bit weights give PyTorch's probabilities to 1e-3 (skipped without our Python environment)",
      async () => {
        const folder = await mkdtemp(path.join(tmpdir(), "namewright-f32-"));
        try {
          const gguf = path.join(folder, "base-f32.gguf");
          writeFloat32Base(environmentPython() ?? "", gguf);
          await expectKnownAnswers("base", gguf, 1e-3);
          await expectKnownAnswers("adapter", gguf, 1e-3);
        } finally {
          await rm(folder, { recursive: true, force: true });
        }
      },
    );

    test.each([0, 0.8])(
      "the order and selection of rows change no bit, at temperature %d",
      async (temperature) => {
        const model = fixtureModel("adapter");
        const all = await generated(service, model, { temperature });
        expect(all.size).toBe(rows.length);
        expect(await generated(service, model, { temperature, rows: [...rows].reverse() })).toEqual(all);
        const some = await generated(service, model, { temperature, rows: rows.slice(4, 7) });
        for (const [key, row] of some) expect(row).toEqual(all.get(key));
      },
    );

    test("a shared prefix changes no text, and probabilities only by rounding", async () => {
      const shared = await generated(service, fixtureModel("adapter"));
      const apart = await generated(service, fixtureModel("adapter"), { sharedPrefix: "" });
      for (const [key, row] of shared) {
        expect(apart.get(key)?.ids).toEqual(row.ids);
        expect(apart.get(key)?.refusalProbability).toBeCloseTo(row.refusalProbability ?? Number.NaN, 3);
      }
    });

    test("another seed samples other text, but greedy text is the same", async () => {
      const reseeded = rows.map((row) => ({ ...row, seed: row.seed + 1 }));
      const texts = async (temperature: number, of: readonly GenerationRow[]) =>
        [...(await generated(service, fixtureModel(null), { temperature, rows: of })).values()]
          .map(({ text }) => text)
          .sort();
      expect(await texts(0.8, reseeded)).not.toEqual(await texts(0.8, rows));
      expect(await texts(0, reseeded)).toEqual(await texts(0, rows));
    });

    test("a row that doesn't fit is named before any row is generated", async () => {
      const long = { key: "the long one", content: prefix + "word ".repeat(2000), seed: 0 };
      await expect(generated(service, fixtureModel(null), { rows: [...rows, long] })).rejects.toMatchObject({
        code: "bad-value",
        message: expect.stringContaining("the long one"),
      });
    });

    test("a cancel ends a request, and the next one works", async () => {
      const abort = new AbortController();
      const seen: string[] = [];
      const run = service.generateRows({
        model: fixtureModel(null),
        rows,
        choice: { temperature: 0, maxTokens: 60 },
        signal: abort.signal,
        onDelta: (key) => {
          seen.push(key);
          abort.abort();
        },
        onRow: () => undefined,
      });
      await expect(run).rejects.toMatchObject({ code: "cancelled" });
      expect(seen.length).toBeGreaterThan(0);
      expect((await generated(service, fixtureModel(null), { rows: rows.slice(0, 1) })).size).toBe(1);
    });
  },
);

describe.skipIf(missing !== null)("when the process dies", () => {
  test("a kill during the load starts another process, whose rows have the same bits", async () => {
    const model = fixtureModel("adapter");
    const undisturbed = createInferenceService({ launchWorker: launchRealWorker, gpu: "none" });
    const expected = await generated(undisturbed, model);
    undisturbed.stop();
    const ports: WorkerPort[] = [];
    const launchWorker = (): WorkerPort => {
      const port = launchRealWorker();
      ports.push(port);
      if (ports.length > 1) return port;
      const post = (message: unknown): void => {
        port.post(message);
        process.kill(port.pid ?? 0, "SIGKILL");
      };
      return { ...port, post };
    };
    const service = createInferenceService({ launchWorker, gpu: "none" });
    expect((await service.describe(model)).gpu).toBeNull();
    expect(ports.length).toBe(2);
    expect(await generated(service, model)).toEqual(expected);
    service.stop();
  });

  test("a kill between rows: another process generates the remaining ones, with the same bits", async () => {
    const ports: WorkerPort[] = [];
    const launchWorker = (): WorkerPort => {
      const port = launchRealWorker();
      ports.push(port);
      return port;
    };
    const service = createInferenceService({ launchWorker, gpu: "none" });
    const undisturbed = await generated(service, fixtureModel("adapter"));
    const disturbed = new Map<string, unknown>();
    const summary = await service.generateRows({
      model: fixtureModel("adapter"),
      rows,
      choice: { temperature: 0, maxTokens: 60 },
      sharedPrefix: prefix,
      onRow: ({ latencyMs: _, ...row }) => {
        disturbed.set(row.key, row);
        if (disturbed.size === 3) process.kill(ports.at(-1)?.pid ?? 0, "SIGKILL");
      },
    });
    service.stop();
    expect(summary.restarts).toBe(1);
    expect(ports.length).toBe(2);
    expect(disturbed).toEqual(undisturbed);
  });

  test.skipIf(process.platform !== "linux")(
    "without address space, the failure names memory and not the valid model file",
    async () => {
      const launchWorker = (): WorkerPort => launchLimitedWorker(1_000_000);
      const service = createInferenceService({ launchWorker, gpu: "none" });
      const failure = await service.describe(fixtureModel(null)).catch((error: unknown) => error);
      expect(failure).toMatchObject({
        code: "missing",
        message: expect.stringMatching(/memory|can't be started/),
        hint: expect.stringMatching(/ulimit -v/),
      });
    },
  );

  test("a truncated file never reaches llama.cpp", async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "namewright-"));
    const cut = path.join(folder, "cut.gguf");
    await copyFile(baseGguf, cut);
    await truncate(cut, 2_000_000);
    const launchWorker = (): WorkerPort => {
      throw new Error("launched");
    };
    const service = createInferenceService({ launchWorker, gpu: "none" });
    await expect(service.describe({ gguf: cut, adapter: null })).rejects.toMatchObject({
      code: "bad-value",
      message: expect.stringContaining("truncated"),
    });
    await expect(service.describe({ gguf: path.join(folder, "none"), adapter: null })).rejects.toMatchObject({
      code: "missing",
    });
    await rm(folder, { recursive: true });
  });
});
