import { appendFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  type RehearsalRequest,
  RehearsalResultSchema,
  RehearsalSpecSchema,
} from "../../../shared/schema/rehearsal.ts";
import { createFileLayer } from "../files/fileLayer.ts";
import type { Platform } from "../platform.ts";
import type { RunKindDefinition } from "../run/runKind.ts";
import { createRunService } from "../run/runService.ts";
import { environmentSource, fromOutside } from "../settings/outside.ts";
import { tinySample } from "../testing/tinySample.ts";
import type { TrainingDependencies } from "../training/dependencies.ts";
import { initWorkspace, type Workspace } from "../workspace/workspace.ts";
import { createRehearsalService, type RehearsalService } from "./rehearsalService.ts";

const root = path.resolve(import.meta.dirname, "../../..");
const files = createFileLayer();
let folder: string;
let workspace: Workspace;
let service: RehearsalService;
let ended: Promise<unknown>;

const result = (runId: string) =>
  RehearsalResultSchema.parse({
    runId,
    ...{ version: "v1", preset: "mistral-7b", status: "succeeded", longestRow: 57, seconds: 396 },
    device: { device: "cpu", words: "CPU" },
    memory: { fits: true, needed: 18e9, available: 22e9, remedy: null },
    measured: [1, 2].map((layers) => ({ layers, stepSeconds: [layers + 1], limitSeconds: 60 })),
    pace: { kind: "measured", seconds: 33 },
    steps: { perEpoch: 3, most: 12, epochs: 4 },
  });

/** A rehearsal that has its result at once. */
const kind = {
  kind: "rehearsal",
  spec: RehearsalSpecSchema,
  result: RehearsalResultSchema,
  title: () => "rehearse",
  body: async (_spec, { runId }) => result(runId),
} satisfies RunKindDefinition<unknown, unknown>;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "namewright-rehearsal-"));
  workspace = (await initWorkspace(files, path.join(folder, "shop"), { fromSample: tinySample })).workspace;
  const platform = {
    paths: { userData: path.join(folder, "user"), resources: path.join(root, "resources") },
    ...fromOutside([environmentSource({ DEVICE: "cpu" })]),
  } as unknown as Platform;
  const inference = { pids: () => [] };
  const setting = { platform, files, workspace, inference } as unknown as TrainingDependencies;
  const runs = createRunService({ files, runsFolder: workspace.paths.runs, kinds: [kind] });
  service = createRehearsalService(setting, {
    ...runs,
    start: async (...asked) => {
      const started = await runs.start(...asked);
      ended = started.result;
      return started;
    },
  });
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const request = (more: Partial<RehearsalRequest> = {}): RehearsalRequest => ({
  version: "v1",
  preset: null,
  overrides: {},
  prompt: "suggest",
  ...more,
});

describe("rehearsal service", () => {
  it("uses a preset for a 7B although the workspace has the embedded one", async () => {
    expect(workspace.config.preset).toBe("embedded");
    const { spec } = await service.start(request());
    await ended;
    expect(RehearsalSpecSchema.parse(spec)).toMatchObject({
      preset: "mistral-7b",
      settings: { optimisation: { gradientCheckpointing: "auto" }, device: "auto" },
    });
  });

  it("returns the last result only while the dataset and the settings are the same", async () => {
    expect(await service.latest(request())).toBeNull();
    const short = path.join(workspace.paths.prompts, "short.txt");
    await files.writeAtomic(short, "Names for {description}");
    const { id } = await service.start(request());
    await ended;
    expect(await service.latest(request({ preset: "mistral-7b" }))).toEqual(result(id));
    expect(await service.latest(request({ preset: "mistral-7b-study" }))).toBeNull();
    expect(await service.latest(request({ overrides: { lora: { r: 8 } } }))).toBeNull();
    expect(await service.latest(request({ prompt: "short" }))).toBeNull();
    await appendFile(workspace.paths.dataset("v1"), '"A new shop","[]"\n');
    expect(await service.latest(request())).toBeNull();
  });

  it("refuses a prompt that can't be trained with", async () => {
    await expect(service.start(request({ prompt: "prompted" }))).rejects.toMatchObject({
      code: "bad-value",
      message: "the prompt prompted contains {examples}, so no adapter can be trained with it",
    });
  });

  it("refuses a precision that the device can't train in", async () => {
    await expect(service.start(request({ preset: "mistral-7b-qlora" }))).rejects.toMatchObject({
      code: "bad-value",
      message: "4-bit training requires an NVIDIA GPU, but the device is the CPU",
    });
  });
});
