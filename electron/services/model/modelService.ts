import path from "node:path";
import { Failure } from "../../../shared/domain/failure.ts";
import { formatShare } from "../../../shared/domain/format/number.ts";
import { exportedThreshold } from "../../../shared/domain/operatingPoint/exportedThreshold.ts";
import { promptFor } from "../../../shared/domain/prompt/template.ts";
import { versionMade } from "../../../shared/domain/run/versionMade.ts";
import type { GgufAdoptionRecord } from "../../../shared/schema/adoption.ts";
import type {
  ForcedResult,
  ForcedSequence,
  GeneratedRow,
  ModelRef,
} from "../../../shared/schema/inference.ts";
import type { Exported, Promoted } from "../../../shared/schema/model.ts";
import { ConversionEventSchema } from "../../../shared/schema/trainingRecord.ts";
import type { BaseModels } from "../base/baseModel.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { refuseOwnFolder } from "../files/ownFolder.ts";
import type { InferenceService } from "../inference/inferenceService.ts";
import type { Platform } from "../platform.ts";
import type { RunService } from "../run/runService.ts";
import type { Trainer } from "../trainer/trainer.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { gateTexts } from "./gateTexts.ts";
import { isAdoptedGguf, type ModelRecord } from "./modelRecord.ts";
import type { ModelStore, StoredModel } from "./modelStore.ts";
import { findKept } from "./replacedModel.ts";

/** Minimum share (0–1) of positions at which a merged f16 model must agree on the most probable token. */
const leastAgreement = 0.98;

export interface ModelSetting {
  readonly platform: Pick<Platform, "paths">;
  readonly files: FileLayer;
  readonly workspace: Workspace;
  readonly inference: InferenceService;
  readonly trainer: Trainer;
  readonly bases: BaseModels;
  readonly models: ModelStore;
}

export interface ModelService {
  /**
   * Promotes a run, or a replaced model without a run by the name of its folder in `models/replaced`.
   * @param gateFailed  why to promote a run whose parity gate failed
   */
  promote(run: string, gateFailed?: string): Promise<Promoted>;
  export(
    request: { version: string; as: Exported["as"]; out: string },
    signal: AbortSignal,
  ): Promise<Exported>;
}

export function createModelService(setting: ModelSetting, runs: RunService): ModelService {
  const { files, models, platform } = setting;
  return {
    async promote(id, gateFailed) {
      const kept = await findKept(files, setting.workspace, id);
      if (kept !== null) {
        const model = await models.promote(kept.version, kept.folder, gateFailed);
        return { run: id, version: kept.version, model };
      }
      const { run } = await runs.show(id);
      const version = versionMade(run);
      const decided = run.status === "succeeded" || (await files.exists(path.join(run.folder, "gate.json")));
      if (version === null || !decided) {
        throw new Failure(
          "bad-value",
          `run ${id} is ${run.status === "succeeded" ? `a run of kind ${run.kind}` : run.status}: only a successful training or adoption can be promoted`,
          {
            hint: "`namewright runs list` shows the runs and their status.",
          },
        );
      }
      return { run: id, version, model: await models.promote(version, run.folder, gateFailed) };
    },

    async export({ version, as, out }, signal) {
      const model = await models.open(version);
      const target = path.resolve(out);
      await refuseOwnFolder(platform.paths.userData, target);
      const threshold = exportedThreshold(setting.workspace.config, version);
      const thresholdFile = threshold === null ? [] : [`${target}.operating-point.json`];
      for (const file of [target, ...thresholdFile]) await refuseExisting(files, file);
      const { record, adapterFolder } = model;
      let parity: Exported["parity"] = null;
      if (
        !isAdoptedGguf(record) &&
        adapterFolder !== null &&
        model.adapterGguf !== null &&
        as === "merged-gguf"
      )
        parity = await mergedGguf(setting, { ...model, record, adapterFolder }, target, signal);
      else await files.copy(await exportedFile(setting, model, as, signal), target);
      for (const file of thresholdFile)
        await files.writeAtomic(file, `${JSON.stringify(threshold, null, 2)}\n`);
      return { version, as, written: [target, ...thresholdFile], parity };
    },
  };
}

async function refuseExisting(files: FileLayer, file: string): Promise<void> {
  if (!(await files.exists(file))) return;
  throw new Failure("bad-value", `${file} already exists`, {
    file,
    hint: "Choose another path. Nothing was changed.",
  });
}

/** A version with PEFT's adapter, so that the trainer can merge it. */
type MergeableModel = StoredModel & {
  readonly record: Exclude<ModelRecord, GgufAdoptionRecord>;
  readonly adapterFolder: string;
};

/** Returns the file or folder that an export copies. @throws Failure `bad-value` when the version can't have it */
async function exportedFile(
  { workspace, bases, models }: ModelSetting,
  { version, adapterFolder, adapterGguf, modelGguf }: StoredModel,
  as: Exported["as"],
  signal: AbortSignal,
): Promise<string> {
  const adopted = modelGguf ?? (adapterFolder === null ? adapterGguf : null);
  if (adopted !== null) {
    const form = modelGguf === null ? "lora-gguf" : "merged-gguf";
    if (as === form) return adopted;
    throw new Failure("bad-value", `${version} was adopted from a GGUF file, which can't be converted`, {
      hint: `Export it as \`${form}\`, the file that was adopted.`,
    });
  }
  if (as === "adapter" && adapterFolder !== null) return adapterFolder;
  if (as === "merged-gguf") {
    const base = await bases.open(workspace, { signal, onProgress: () => {} });
    return (await models.engineModel(base, version, signal)).gguf;
  }
  if (adapterGguf !== null) return adapterGguf;
  throw new Failure(
    "bad-value",
    `${version} was trained with DoRA, whose magnitudes an adapter GGUF can't store`,
    { hint: "Export it as `merged-gguf` or as `adapter`." },
  );
}

async function mergedGguf(
  { files, workspace, inference, trainer, bases, models }: ModelSetting,
  model: MergeableModel,
  target: string,
  signal: AbortSignal,
): Promise<NonNullable<Exported["parity"]>> {
  const base = await bases.open(workspace, { signal, onProgress: () => {} });
  const work = `${target}.work`;
  await files.remove(work);
  try {
    const merged = path.join(work, "merged.gguf");
    await files.makeFolder(work);
    const words = [
      "merge",
      "--base",
      base.folder,
      "--adapter",
      model.adapterFolder,
      "--gguf",
      merged,
      "--precision",
      workspace.config.precision,
    ];
    await trainer.run(words, {
      signal,
      schema: ConversionEventSchema,
      onEvent: () => {},
    });
    const parity = await mergedParity(
      { files, workspace, inference, models },
      model,
      {
        apart: await models.engineModel(base, model.version, signal),
        merged: { gguf: merged, adapter: null },
      },
      signal,
    );
    if (workspace.config.precision === "f16" && parity.topAgreement < leastAgreement) {
      throw new Failure(
        "check-failed",
        `the merged model agrees with base and adapter at only ${formatShare(parity.topAgreement)} of positions`,
        {
          hint: "Nothing was written. Export `lora-gguf` and use it with the base instead.",
        },
      );
    }
    await files.rename(merged, target);
    return parity;
  } finally {
    await files.remove(work);
  }
}

/**
 * Compares both models on greedy completions of base and adapter, teacher-forced through each. There are as many, and
 * they are as long, as in the version's parity gate.
 */
async function mergedParity(
  { files, workspace, inference }: Pick<ModelSetting, "files" | "workspace" | "inference" | "models">,
  model: MergeableModel,
  { apart, merged }: { apart: ModelRef; merged: ModelRef },
  signal: AbortSignal,
): Promise<NonNullable<Exported["parity"]>> {
  const { parity, promptTemplate } = model.record.spec;
  const { descriptions } = await gateTexts(files, workspace, model.version, parity.sequences);
  if (descriptions.length === 0) {
    throw new Failure("missing", `no descriptions found to compare the merged ${model.version} on`, {
      hint: "Import a test set with dev rows. Nothing was written.",
    });
  }
  const contents = descriptions.map((description) => promptFor(promptTemplate, description));
  const promptIds = await inference.tokenize(apart, contents, true);
  const generated = new Map<string, GeneratedRow>();
  await inference.generateRows({
    model: apart,
    rows: contents.map((content, at) => ({ key: String(at), content, seed: 0 })),
    choice: { temperature: 0, maxTokens: parity.maxNewTokens },
    refusalProbability: false,
    signal,
    onRow: (row) => generated.set(row.key, row),
  });
  const sequences = contents.flatMap((_, at): ForcedSequence[] => {
    const ids = generated.get(String(at))?.ids ?? [];
    const prompt = promptIds[at];
    if (ids.length === 0 || prompt === undefined) return [];
    return [{ key: String(at), promptIds: prompt, completionIds: ids, topIds: ids.map((id) => [id]) }];
  });
  const one = await inference.forcedLogprobs({ model: apart, sequences, signal });
  const other = await inference.forcedLogprobs({ model: merged, sequences, signal });
  return { sequences: sequences.length, ...distance(one, other) };
}

function distance(one: readonly ForcedResult[], other: readonly ForcedResult[]) {
  let positions = 0;
  let agreeing = 0;
  let maxLogprobDifference = 0;
  one.forEach((result, at) => {
    result.positions.forEach((position, step) => {
      const twin = other[at]?.positions[step];
      if (twin === undefined) throw new Error("the merged model gave fewer positions");
      positions += 1;
      if (twin.best === position.best) agreeing += 1;
      const gap = Math.abs((twin.logprobs[0] ?? Number.NaN) - (position.logprobs[0] ?? Number.NaN));
      maxLogprobDifference = Math.max(maxLogprobDifference, gap);
    });
  });
  return { topAgreement: positions === 0 ? 1 : agreeing / positions, maxLogprobDifference };
}
