import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { TrainingRequestSchema, TrainingRunSpecSchema } from "../../../shared/schema/trainingRun.ts";
import { createBaseModels } from "../base/baseModel.ts";
import { createDownloads } from "../base/downloads.ts";
import { createFileLayer } from "../files/fileLayer.ts";
import type { Platform } from "../platform.ts";
import { encodeEntry } from "../run/journal.ts";
import { createRunService } from "../run/runService.ts";
import { runFiles } from "../run/runStore.ts";
import { environmentSource, fromOutside } from "../settings/outside.ts";
import { testCompute } from "../testing/compute.ts";
import { tinySample } from "../testing/tinySample.ts";
import { initWorkspace, openWorkspace } from "../workspace/workspace.ts";
import type { TrainingDependencies } from "./dependencies.ts";
import { createTrainingService, type TrainingService } from "./trainingService.ts";

const root = path.resolve(import.meta.dirname, "../../..");
const sampleTraining = "20261123T081722-training-d4a1";
const files = createFileLayer();
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "namewright-plan-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const never = () => {
  throw new Error("a plan starts nothing");
};

/** Creates a training service for a workspace in which nothing can start. */
async function serviceIn(workspace: TrainingDependencies["workspace"]): Promise<TrainingService> {
  const platform: Platform = {
    name: "test",
    paths: {
      userData: path.join(folder, "user"),
      resources: path.join(root, "resources"),
      sample: tinySample,
      embeddedBase: path.join(root, "models", "tiny-mistral"),
    },
    secrets: { get: async () => null },
    ...fromOutside([environmentSource({ DEVICE: "cpu" })]),
    launchWorker: never,
  };
  const trainer = { run: never };
  const runs = createRunService({ files, runsFolder: workspace.paths.runs, kinds: [] });
  const bases = createBaseModels({
    files,
    platform,
    trainer,
    downloads: createDownloads({ files, host: platform, now: () => new Date(0) }),
  });
  const inference = { pids: () => [] } as unknown as TrainingDependencies["inference"];
  const withAccelerator = never as TrainingDependencies["withAccelerator"];
  return createTrainingService(
    {
      platform,
      files,
      workspace,
      compute: testCompute(files),
      bases,
      trainer,
      inference,
      models: {} as TrainingDependencies["models"],
      withAccelerator,
    },
    runs,
  );
}

async function copyOfSample() {
  const { workspace } = await initWorkspace(files, path.join(folder, "shop"), { fromSample: tinySample });
  return workspace;
}

const request = (more: object = {}) => TrainingRequestSchema.parse({ version: "v1", ...more });

it("shows rows, steps, memory, disk and the same command for the terminal", async () => {
  const workspace = await copyOfSample();
  const plan = await (await serviceIn(workspace)).plan(
    request({ seed: 7, overrides: { optimisation: { batchSize: 4, epochs: 2 }, lora: { r: 8 } } }),
  );
  expect(plan.rows).toEqual({
    in: 120,
    trained: 106,
    validation: 14,
    refusalsTrained: 14,
    refusalsValidation: 2,
  });
  expect(plan.steps).toEqual({ perEpoch: 27, most: 54, epochs: 2 });
  expect(plan.device).toMatchObject({ device: "cpu" });
  const { memory, disk } = plan;
  expect(memory?.parts.reduce((sum, { bytes }) => sum + bytes, 0)).toBeCloseTo(memory?.needed ?? 0, 0);
  expect(disk?.needed).toBeGreaterThan(0);
  expect(plan.command).toBe(
    `namewright train --workspace ${workspace.folder} --version v1 --preset embedded --seed 7 ` +
      "--set lora.r=8 --set optimisation.batchSize=4 --set optimisation.epochs=2",
  );
  const spec = TrainingRunSpecSchema.parse(plan.spec);
  expect(spec.trainer).toMatchObject({ seed: 7, lora: { r: 8, alpha: 32 }, optimisation: { batchSize: 4 } });
  expect(plan.time.seconds).toBeNull();
  expect(plan.findings.map(({ code }) => code)).toContain("no-python");
});

it("estimates the time from an earlier training on the same base", async () => {
  const workspace = await copyOfSample();
  await cp(path.join(tinySample, "runs", sampleTraining), path.join(workspace.paths.runs, sampleTraining), {
    recursive: true,
  });
  const service = await serviceIn(workspace);
  const usual = await service.plan(request());
  const twice = await service.plan(request({ epochs: 8 }));
  expect(usual.time.basis).toContain("train v1");
  expect(usual.time.seconds).toBeGreaterThan(0);
  expect(twice.time.seconds).toBeGreaterThan(usual.time.seconds ?? 0);
});

it("reports errors, leaks, rows that are too long, a missing dataset and too little memory", async () => {
  const workspace = await copyOfSample();
  const service = await serviceIn(workspace);
  const codes = async (more: object = {}) =>
    (await service.plan(request(more))).findings.map(({ code }) => code);
  const put = (rows: string) =>
    writeFile(workspace.paths.dataset("v1"), `description,suggestions\n${rows}`, "utf8");
  expect(await codes({ version: "v9" })).toContain("no-dataset");
  const large = { optimisation: { batchSize: 4096, maxLength: 1_000_000 } };
  expect(await codes({ overrides: large })).toContain("memory");
  await put('a bakery,"[""one""]"\n');
  expect(await codes()).toContain("dataset-errors");
  const tested = await files.readText(workspace.paths.testSet);
  await put(`${tested.split("\n")[1]?.split(",")[0]},[]\n`);
  expect(await codes()).toContain("dataset-leaks");
  await put("a bakery at the river,[]\n");
  expect(await codes()).toContain("no-refusals-validated");
});

it("counts the merged file of a training with DoRA, and refuses it on a GGUF that the user named", async () => {
  const workspace = await copyOfSample();
  const dora = request({ overrides: { lora: { dora: true } } });
  const service = await serviceIn(workspace);
  const [plain, merged] = [await service.plan(request()), await service.plan(dora)];
  // Two bytes for each of 3.3 million weights, less the adapter GGUF.
  expect((merged.disk?.needed ?? 0) - (plain.disk?.needed ?? 0)).toBeGreaterThan(5e6);
  expect(merged.findings.map(({ code }) => code)).not.toContain("dora");
  const named = { ...workspace, config: { ...workspace.config, baseGguf: "base.gguf" } };
  const refusing = await serviceIn(named);
  const finding = (await refusing.plan(dora)).findings.find(({ code }) => code === "dora");
  expect(finding).toMatchObject({ severity: "error" });
  await expect(refusing.start(dora)).rejects.toMatchObject({
    message: expect.stringContaining("lora.dora"),
  });
});

it("names the run that holds the accelerator and an adapter that will be replaced", async () => {
  const workspace = await copyOfSample();
  const run = runFiles(path.join(workspace.paths.runs, "r1"));
  const record = {
    id: "r1",
    kind: "evaluation",
    title: "evaluate v1",
    parentId: null,
    createdAt: "",
    spec: {},
  };
  const event = { kind: "status", status: "running" } as const;
  await files.writeAtomic(run.record, JSON.stringify(record));
  await files.writeAtomic(run.owner, JSON.stringify(await files.identity()));
  await files.appendLine(run.journal, encodeEntry({ seq: 1, at: "2026-11-26T00:00:00.000Z", event }));
  await files.makeFolder(workspace.paths.model("v1"));
  const { findings } = await (await serviceIn(workspace)).plan(request());
  expect(findings).toContainEqual(
    expect.objectContaining({
      severity: "note",
      message: expect.stringContaining("Evaluate v1 is running."),
    }),
  );
  expect(findings.map(({ code }) => code)).toContain("replaces");
});

it("refuses to train in the sample", async () => {
  const sample = await openWorkspace(files, tinySample, true);
  const plan = await (await serviceIn(sample)).plan(request());
  expect(plan.findings).toContainEqual(expect.objectContaining({ severity: "error", code: "sample" }));
});

it("returns curves of the sample's trainings and the differences of their specs", async () => {
  const service = await serviceIn(await openWorkspace(files, tinySample, true));
  const other = "20261123T081759-training-d33d";
  const [one] = await service.curves([sampleTraining], 60);
  expect(one?.curves.facts).toMatchObject({ maxSteps: 424, rowsTrained: 106 });
  expect(one?.curves.loss.length).toBeLessThanOrEqual(60);
  expect(one?.curves.evaluations).toHaveLength(4);
  expect(one?.stopping).toMatch(/^(Completed all epochs|Stopped early)/);
  const diff = await service.diff(sampleTraining, other);
  expect(diff.differences.map(({ path }) => path)).toContain("version");
  expect(diff.same).toBeGreaterThan(10);
  await expect(service.curves(["20261123T081715-evaluation-1f43"], 60)).rejects.toMatchObject({
    code: "bad-value",
  });
});

it("reckons with the longest row, warns of scarce memory and refuses what the CPU can't do", async () => {
  const service = await serviceIn(await copyOfSample());
  const plan = (more: object) => service.plan(request(more));
  const usual = await plan({});
  const long = await plan({ overrides: { optimisation: { maxLength: 4096 } } });
  // Both are reckoned with the same rows, whatever the limit is.
  expect(long.memory?.needed).toBe(usual.memory?.needed);
  const large = { optimisation: { batchSize: 4096 } };
  const { findings } = await plan({ overrides: large });
  expect(findings).toContainEqual(expect.objectContaining({ severity: "warning", code: "memory" }));
  const int4 = await plan({ overrides: { precision: "int4" } });
  expect(int4.findings).toContainEqual(
    expect.objectContaining({
      severity: "error",
      code: "precision",
      message: "4-bit training requires an NVIDIA GPU, but the device is the CPU.",
    }),
  );
});

it("shows --anyway in the command and the spec", async () => {
  const plan = await (await serviceIn(await copyOfSample())).plan(request({ anyway: true }));
  expect(plan.command).toMatch(/ --anyway$/);
  expect(plan.spec).toMatchObject({ anyway: true });
});

it("judges memory and precision before the base is downloaded", async () => {
  const { workspace } = await initWorkspace(files, path.join(folder, "seven"), {
    fromSample: tinySample,
    base: "mistralai/Mistral-7B-Instruct-v0.3",
    preset: "mistral-7b",
  });
  const service = await serviceIn(workspace);
  const plan = await service.plan(request());
  expect(plan.memory?.needed).toBeGreaterThan(14e9);
  expect(plan.findings.map(({ code }) => code)).toContain("base-fetched");
  await expect(service.start(request({ overrides: { precision: "int4" } }))).rejects.toMatchObject({
    code: "bad-value",
    message: expect.stringContaining("4-bit training requires an NVIDIA GPU"),
  });
});
