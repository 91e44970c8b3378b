import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Failure } from "../../../shared/domain/failure.ts";
import { PRESETS } from "../../../shared/domain/training/presets.ts";
import { GateResultSchema } from "../../../shared/schema/parity.ts";
import { TrainingRecordSchema } from "../../../shared/schema/trainingRecord.ts";
import type { TrainingRunSpec } from "../../../shared/schema/trainingRun.ts";
import type { Gpu } from "../accelerator/gpus.ts";
import { createFileLayer } from "../files/fileLayer.ts";
import { createRunService } from "../run/runService.ts";
import { tinySample } from "../testing/tinySample.ts";
import type { Trainer } from "../trainer/trainer.ts";
import { trainingKind } from "./trainingKind.ts";

const files = createFileLayer();
/** A promoted model of the sample, as a real trainer leaves it. */
const sample = path.join(tinySample, "models", "model_v1");
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "namewright-training-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const { title: _, ...settings } = PRESETS.embedded;
const spec: TrainingRunSpec = {
  version: "v1",
  inputs: { dataset: "d", base: "b", prompt: "p" },
  trainer: {
    ...settings,
    optimisation: { ...settings.optimisation, gradientCheckpointing: false },
    preset: "embedded",
    version: "v1",
    datasetName: "dataset_v1.csv",
    datasetHash: "d",
    device: "auto",
    seed: 1,
  },
};

/** Emits a stage, then plays its part. Records its arguments. */
type Play = (runFolder: string, signal: AbortSignal) => Promise<void>;

/** Creates runs with a fake trainer that takes one of `plays` for each start. */
function runsWith(plays: Play[], inputs = spec.inputs, gpu: Gpu | null = null) {
  const environments: unknown[] = [];
  const started: (readonly string[])[] = [];
  const promoted: string[] = [];
  const trainer: Trainer = {
    async run(words, { signal, onEvent, schema, environment }) {
      started.push(words);
      environments.push(environment);
      onEvent(schema.parse({ kind: "stage", elapsedSeconds: 0, stage: "import" }));
      await plays[started.length - 1]?.(path.dirname(words[2] ?? ""), signal);
    },
  };
  const kind = trainingKind({
    files,
    trainer,
    openBase: async () => ({ folder: "base", name: "base", hash: inputs.base, gguf: "base.gguf" }) as never,
    prompt: async () => ({ template: "{description}", hash: inputs.prompt }),
    rows: async () => ({ rows: [], hash: inputs.dataset, name: "dataset_v1.csv" }),
    gate: async (_base, _version, { folder: at }) =>
      GateResultSchema.parse(JSON.parse(await readFile(path.join(at, "gate.json"), "utf8"))),
    promote: async (_version, runFolder) => {
      promoted.push(runFolder);
      return runFolder;
    },
    restorable: async () => promoted[0] ?? null,
    withAccelerator: (_context, body) => body(),
    onDevice: async (_spec, _training, body) => body({ gpu }),
  });
  return {
    runs: createRunService({ files, runsFolder: folder, kinds: [kind] }),
    started,
    promoted,
    environments,
  };
}

const finishes: Play = (at) => cp(sample, at, { recursive: true });
const dies: Play = () => Promise.reject(new Failure("defect", "the trainer was killed by the system"));
const savesAndDies: Play = async (at, signal) => {
  await mkdir(path.join(at, "checkpoints"));
  return dies(at, signal);
};
/** Trains until it is stopped, like a trainer that obeys the end of its input. */
const trainsOn: Play = (_at, signal) =>
  new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason)));

it("says how to restore the adapter that a training replaces", async () => {
  const { runs } = runsWith([finishes, finishes]);
  const first = await runs.start("training", spec);
  await first.result;
  const second = await runs.start("training", spec);
  await second.result;
  const warnings = async ({ run }: typeof first) =>
    (await readFile(path.join(run.folder, "events.jsonl"), "utf8"))
      .split("\n")
      .filter((line) => line.includes('"replaced"'));
  expect(await warnings(first)).toEqual([]);
  expect((await warnings(second))[0]).toContain(`namewright promote ${first.run.folder}`);
});

describe("a resumed training", () => {
  it("continues from what an earlier trainer saved or may still be saving", async () => {
    // Also after a kill before the first checkpoint, which may still be in progress.
    for (const first of [savesAndDies, dies]) {
      const { runs, started, promoted } = runsWith([first, finishes]);
      const { run, result } = await runs.start("training", spec);
      await expect(result).rejects.toMatchObject({
        message: expect.stringContaining("killed by the system"),
      });
      expect(await (await runs.resume(run.id)).result).toMatchObject({ version: "v1", status: "succeeded" });
      expect(started.map((words) => words.includes("--resume"))).toEqual([false, true]);
      expect(promoted).toEqual([run.folder]);
    }
  });

  it("is refused when its folder contains a link that the trainer would write through", async () => {
    const { runs, started } = runsWith([savesAndDies, finishes]);
    const { run, result } = await runs.start("training", spec);
    await expect(result).rejects.toMatchObject({ code: "defect" });
    await symlink(path.join(folder, "elsewhere.gguf"), path.join(run.folder, "checkpoints", "adapter.gguf"));
    await expect((await runs.resume(run.id)).result).rejects.toMatchObject({
      code: "bad-value",
      message: expect.stringContaining("adapter.gguf is a symbolic link"),
    });
    expect(started).toHaveLength(1);
  });

  it("skips finished training and only repeats the gate", async () => {
    const thenDies: Play = async (at, signal) => {
      await finishes(at, signal);
      return dies(at, signal);
    };
    const { runs, started } = runsWith([thenDies]);
    const { run, result } = await runs.start("training", spec);
    await expect(result).rejects.toMatchObject({ code: "defect" });
    expect(await (await runs.resume(run.id)).result).toMatchObject({ status: "succeeded" });
    expect(started).toHaveLength(1);
  });

  it.each(["dataset", "base", "prompt"] as const)("is refused when its %s changed", async (name) => {
    const { runs } = runsWith([dies]);
    const { run, result } = await runs.start("training", spec);
    await expect(result).rejects.toMatchObject({ code: "defect" });
    const later = runsWith([finishes], { ...spec.inputs, [name]: "another" });
    await expect((await later.runs.resume(run.id)).result).rejects.toMatchObject({
      code: "bad-value",
      message: `the ${name} changed after this training started`,
      hint: expect.stringContaining("Start a new training"),
    });
    expect([later.started, later.promoted]).toEqual([[], []]);
  });

  it("pauses at a checkpoint and resumes from it", async () => {
    const { runs, started } = runsWith([trainsOn, finishes]);
    const { run, result } = await runs.start("training", spec);
    while (started.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await runs.pause(run.id);
    await expect(result).rejects.toMatchObject({
      code: "cancelled",
      message: expect.stringContaining("paused"),
    });
    expect((await runs.list()).runs[0]?.status).toBe("paused");
    expect(await (await runs.resume(run.id)).result).toMatchObject({ status: "succeeded" });
    expect(started[1]).toContain("--resume");
  });
});

it("promotes no model with a damaged record, and a resume creates it again", async () => {
  const damages: Play = async (at, signal) => {
    await finishes(at, signal);
    await writeFile(path.join(at, "training.json"), '{"schemaVersion": 1');
  };
  const { runs, started, promoted } = runsWith([damages, finishes]);
  const { run, result } = await runs.start("training", spec);
  await expect(result).rejects.toThrow("no complete training.json");
  expect(promoted).toEqual([]);
  expect((await runs.list()).runs[0]?.status).toBe("failed");
  expect(await (await runs.resume(run.id)).result).toMatchObject({ status: "succeeded" });
  expect(started[1]).toContain("--resume");
});

it("shows the trainer one GPU and records which, and that the memory check was overridden", async () => {
  const gpu = { index: 1, uuid: "GPU-b", name: "NVIDIA GeForce RTX 4090" } as Gpu;
  const { runs, environments } = runsWith([finishes], spec.inputs, gpu);
  const { run, result } = await runs.start("training", { ...spec, anyway: true });
  await result;
  expect(environments).toEqual([{ CUDA_VISIBLE_DEVICES: "GPU-b" }]);
  const record = JSON.parse(await readFile(path.join(run.folder, "training.json"), "utf8"));
  expect(record).toMatchObject({ gpu: { index: 1, name: "NVIDIA GeForce RTX 4090" }, anyway: true });
});

it("adds only the prompt to the record of a training without a GPU", async () => {
  const { runs, environments } = runsWith([finishes]);
  const { run, result } = await runs.start("training", spec);
  await result;
  expect(environments).toEqual([{}]);
  const record = async (folder: string) =>
    TrainingRecordSchema.parse(JSON.parse(await readFile(path.join(folder, "training.json"), "utf8")));
  expect(await record(run.folder)).toEqual({
    ...(await record(sample)),
    prompt: { name: "suggest", hash: spec.inputs.prompt },
  });
});
