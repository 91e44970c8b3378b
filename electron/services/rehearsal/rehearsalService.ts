import { statfs } from "node:fs/promises";
import { isDeepStrictEqual } from "node:util";
import { unsupportedPrecision } from "../../../shared/domain/training/fit.ts";
import {
  type RehearsalRequest,
  type RehearsalResult,
  RehearsalResultSchema,
  type RehearsalSpec,
  RehearsalSpecSchema,
} from "../../../shared/schema/rehearsal.ts";
import type { Run } from "../../../shared/schema/run.ts";
import { sha256 } from "../hashing/hashing.ts";
import { trainingPrompt } from "../prompts/trainingPrompt.ts";
import type { RunKindDefinition } from "../run/runKind.ts";
import type { RunService } from "../run/runService.ts";
import type { TrainingDependencies } from "../training/dependencies.ts";
import { presetNamed } from "../training/presetResolution.ts";
import { deviceNow } from "../training/trainingAccelerator.ts";
import { datasetBytes, rowsOf } from "../training/trainingService.ts";
import { assertWritable } from "../workspace/workspace.ts";
import { rehearsalKind } from "./rehearsalKind.ts";

export interface RehearsalService {
  start(request: RehearsalRequest): Promise<Run>;
  /** Returns the newest result with the dataset, the prompt and the settings as they are now; null if there is none. */
  latest(request: RehearsalRequest): Promise<RehearsalResult | null>;
}

/** Creates the rehearsal kind with a workspace's files and the real trainer. */
export function createRehearsalKind(
  setting: TrainingDependencies,
): RunKindDefinition<RehearsalSpec, RehearsalResult> {
  const { files, workspace, trainer, inference, withAccelerator } = setting;
  return rehearsalKind({
    files,
    trainer,
    inference,
    withAccelerator,
    prompt: (name) => trainingPrompt(setting, name),
    rows: (version) => rowsOf(files, workspace, version),
    device: (settings) => deviceNow(setting, settings),
    freeBytes: async (folder) => {
      const { bavail, bsize } = await statfs(folder);
      return bavail * bsize;
    },
  });
}

/** Creates the service that rehearses a training of Mistral 7B without downloading it. */
export function createRehearsalService(
  setting: TrainingDependencies,
  runs: Pick<RunService, "start" | "list" | "show">,
): RehearsalService {
  const { files, workspace } = setting;

  async function specOf({ version, overrides, preset, prompt }: RehearsalRequest): Promise<RehearsalSpec> {
    const own = workspace.config.preset.startsWith("mistral-7b") ? null : "mistral-7b";
    const chosen = { preset: preset ?? own, epochs: null, overrides };
    const { name, settings } = presetNamed(workspace, chosen);
    return RehearsalSpecSchema.parse({
      version,
      preset: name,
      inputs: {
        dataset: sha256((await datasetBytes(files, workspace, version)).bytes),
        prompt: (await trainingPrompt(setting, prompt)).hash,
      },
      prompt,
      settings,
    });
  }

  return {
    async start(request) {
      assertWritable(workspace);
      const spec = await specOf(request);
      const { device } = await deviceNow(setting, spec.settings);
      const unsupported = unsupportedPrecision(spec.settings.precision, device);
      if (unsupported !== null) throw unsupported;
      return (await runs.start("rehearsal", spec)).run;
    },
    async latest(request) {
      const { runs: all } = await runs.list();
      const ended = all.filter(({ kind, status }) => kind === "rehearsal" && status === "succeeded");
      if (ended.length === 0) return null;
      const spec = await specOf(request);
      const same = ended.find((run) => isDeepStrictEqual(RehearsalSpecSchema.safeParse(run.spec).data, spec));
      if (same === undefined) return null;
      return RehearsalResultSchema.safeParse((await runs.show(same.id)).result).data ?? null;
    },
  };
}
