import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Failure } from "../../../shared/domain/failure.ts";
import { withOverrides } from "../../../shared/domain/training/overrides.ts";
import { PRESETS } from "../../../shared/domain/training/presets.ts";
import { TrainSpecSchema } from "../../../shared/schema/training.ts";
import { TrainingRequestSchema, TrainingRunSpecSchema } from "../../../shared/schema/trainingRun.ts";
import { SpeedRequestSchema } from "../../../shared/schema/trainingSpeed.ts";
import { createBaseModels } from "../base/baseModel.ts";
import { createDownloads } from "../base/downloads.ts";
import { createFileLayer } from "../files/fileLayer.ts";
import type { InferenceService } from "../inference/inferenceService.ts";
import type { Platform } from "../platform.ts";
import { createRunService } from "../run/runService.ts";
import { environmentSource, fromOutside } from "../settings/outside.ts";
import { testCompute } from "../testing/compute.ts";
import { tinySample } from "../testing/tinySample.ts";
import type { Trainer } from "../trainer/trainer.ts";
import { initWorkspace } from "../workspace/workspace.ts";
import type { TrainingDependencies } from "./dependencies.ts";
import { createSpeedBook, type SpeedSubject } from "./speedProbe.ts";
import { createTrainingService } from "./trainingService.ts";

const root = path.resolve(import.meta.dirname, "../../..");
const files = createFileLayer();
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "namewright-speed-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const platform = (): Platform => ({
  name: "test",
  paths: {
    userData: path.join(folder, "user"),
    resources: path.join(root, "resources"),
    sample: tinySample,
    embeddedBase: path.join(root, "models", "tiny-mistral"),
  },
  secrets: { get: async () => null },
  ...fromOutside([environmentSource({ DEVICE: "cpu" })]),
  launchWorker: () => {
    throw new Error("a probe starts no worker");
  },
});

const first = { threads: 2, workers: 0, batchSize: 1, gradientAccumulation: 4 };
const sameBatch = { ...first, threads: 3 };
const fastest = { ...sameBatch, batchSize: 4, gradientAccumulation: 1 };
const speeds = {
  kind: "speeds",
  elapsedSeconds: 31,
  first,
  sameBatch,
  fastest,
  complete: true,
  measured: [
    { ...first, tokensPerSecond: 40 },
    { ...sameBatch, tokensPerSecond: 800 },
    { ...fastest, tokensPerSecond: 1600 },
  ],
};

/** Creates a fake trainer that answers with these events and records its specs. */
function fakeTrainer(...answers: (object | Failure)[]) {
  const specs: unknown[] = [];
  const trainer: Trainer = {
    async run(words, { schema, onEvent }) {
      const [verb, , spec = ""] = words;
      expect(verb).toBe("probe-speed");
      const document = JSON.parse(await readFile(spec, "utf8"));
      expect((await readFile(document.rowsPath, "utf8")).trim()).not.toBe("");
      specs.push(document);
      onEvent(schema.parse({ kind: "stage", elapsedSeconds: 1, stage: "measure" }));
      const answer = answers[specs.length - 1];
      if (answer instanceof Failure) throw answer;
      if (answer !== undefined) onEvent(schema.parse(answer));
    },
  };
  return { trainer, specs };
}

const study = withOverrides(PRESETS["mistral-7b-study"], {});
const subject: SpeedSubject = {
  version: "v1",
  preset: "mistral-7b-study",
  settings: study,
  decided: { ...study, optimisation: { ...study.optimisation, gradientCheckpointing: true } },
  base: {
    name: "tiny",
    hash: "b".repeat(64),
    folder: "/base",
    gguf: "/base/model.gguf",
  } as SpeedSubject["base"],
  rows: [{ row: 1, description: "a bakery", suggestions: [], group: "1", side: "train" }],
  promptTemplate: "Names for {description}",
};
const signal = new AbortController().signal;

describe("speed book", () => {
  it("passes a complete spec to the trainer, stores its answer and leaves no temporary files", async () => {
    const { trainer, specs } = fakeTrainer(speeds);
    const setting = { platform: platform(), files, trainer, now: () => new Date("2026-11-26T10:00:00Z") };
    const found = await createSpeedBook(setting).probe(subject, signal);
    expect(found).toMatchObject({ at: "2026-11-26T10:00:00.000Z", version: "v1", sameBatch, fastest });
    expect(TrainSpecSchema.omit({ resume: true }).safeParse(specs[0]).error).toBeUndefined();
    expect(await createSpeedBook(setting).remembered(subject.base.hash, study)).toEqual(found);
    expect(await readdir(path.join(folder, "user", "training-speed"))).toHaveLength(1);
  });

  it("applies only to the same base and to settings of the same speed", async () => {
    const book = createSpeedBook({ platform: platform(), files, trainer: fakeTrainer(speeds).trainer });
    await book.probe(subject, signal);
    const other = (overrides: Parameters<typeof withOverrides>[1]) =>
      book.remembered(subject.base.hash, withOverrides(PRESETS["mistral-7b-study"], overrides));
    expect(await other({ optimisation: { learningRate: 1 } })).not.toBeNull();
    expect(await other({ lora: { r: 8 } })).toBeNull();
    expect(await book.remembered("c".repeat(64), study)).toBeNull();
  });

  it("stores nothing when nothing was measured, the trainer fails or it reports nothing", async () => {
    const none = { ...speeds, first: null, sameBatch: null, fastest: null, complete: false, measured: [] };
    const gone = new Failure("missing", "no Python");
    const book = createSpeedBook({ platform: platform(), files, trainer: fakeTrainer(none, gone).trainer });
    expect(await book.probe(subject, signal)).toMatchObject({ sameBatch: null, measured: [] });
    await expect(book.probe(subject, signal)).rejects.toBe(gone);
    await expect(book.probe(subject, signal)).rejects.toMatchObject({ code: "defect" });
    expect(await book.remembered(subject.base.hash, study)).toBeNull();
    expect(await readdir(path.join(folder, "user", "training-speed"))).toEqual([]);
  });
});

describe("training service", () => {
  async function service(trainer: Trainer) {
    const { workspace } = await initWorkspace(files, path.join(folder, "shop"), { fromSample: tinySample });
    const runs = createRunService({ files, runsFolder: workspace.paths.runs, kinds: [] });
    const inference = {
      pids: () => [],
      tokenize: async (_model, texts) => texts.map(() => [1, 2, 3]),
      lendAccelerator: (body) => body(),
    } as Pick<InferenceService, "pids" | "tokenize" | "lendAccelerator"> as InferenceService;
    const models = {} as TrainingDependencies["models"];
    const bases = createBaseModels({
      files,
      platform: platform(),
      trainer,
      downloads: createDownloads({ files, host: platform(), now: () => new Date(0) }),
    });
    const held: string[] = [];
    const withAccelerator: TrainingDependencies["withAccelerator"] = (context, body) => {
      held.push(context.runId);
      return body();
    };
    const compute = testCompute(files);
    const setting = { platform: platform(), files, workspace, compute, bases, trainer, withAccelerator };
    const made = createTrainingService({ ...setting, inference, models }, runs);
    return { service: made, held };
  }
  const overrides = { optimisation: { gradientAccumulation: 4 } };
  const request = (more: object = {}) => TrainingRequestSchema.parse({ version: "v1", overrides, ...more });

  it("plans with probed threads always and with the probed batch on request", async () => {
    const { trainer, specs } = fakeTrainer(speeds);
    const { service: training, held } = await service(trainer);
    const trained = async (more: object = {}) =>
      TrainingRunSpecSchema.parse((await training.plan(request(more))).spec).trainer;
    expect(await trained({ overrides: { ...overrides, threads: 2 } })).toMatchObject({ threads: 2 });
    await training.probe(SpeedRequestSchema.parse({ version: "v1", overrides }));
    expect(specs).toMatchObject([{ preset: "embedded", optimisation: { gradientAccumulation: 4 } }]);
    expect(held).toHaveLength(1);
    expect(await trained()).toMatchObject({ threads: 3, optimisation: { gradientAccumulation: 4 } });
    expect(await trained({ overrides: { ...overrides, threads: 2 } })).toMatchObject({ threads: 2 });
    const fast = await training.plan(request({ fastestBatch: true }));
    expect(TrainingRunSpecSchema.parse(fast.spec).trainer.optimisation).toMatchObject({
      batchSize: 4,
      gradientAccumulation: 1,
    });
    expect(fast.findings.map(({ code }) => code)).toContain("probed");
    expect(fast.command).toMatch(/ --fastest-batch$/);
  });

  it("refuses a fastest batch that was never probed before anything starts", async () => {
    const { service: training } = await service(fakeTrainer().trainer);
    const { findings } = await training.plan(request({ fastestBatch: true }));
    expect(findings).toContainEqual(expect.objectContaining({ code: "not-probed", severity: "error" }));
    await expect(training.start(request({ fastestBatch: true }))).rejects.toMatchObject({ code: "missing" });
  });
});
