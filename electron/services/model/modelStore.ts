import path from "node:path";
import type { z } from "zod";
import { Failure } from "../../../shared/domain/failure.ts";
import { hasAdapter } from "../../../shared/domain/workspace/version.ts";
import type { ModelRef } from "../../../shared/schema/inference.ts";
import type { BaseModel, BaseModels } from "../base/baseModel.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { temporaryBeside } from "../files/temporaryFile.ts";
import { type GateFile, GateFileSchema } from "../parity/gateFile.ts";
import { identityTag } from "../processes/processIdentity.mjs";
import { assertWritable, describeWorkspace, type Workspace } from "../workspace/workspace.ts";
import { findModelFolder, replaceModel } from "./modelFolder.ts";
import { adoptionFile, isAdoptedGguf, type ModelRecord, recordIn } from "./modelRecord.ts";
import { restorable } from "./replacedModel.ts";
import { adoptedNames, engineModelOf, findAdapter, isDora, type TrainedAdapter } from "./trainedAdapter.ts";

/**
 * The files that a training run produces and a model folder contains. With DoRA, there is no `adapter.gguf`. An adopted
 * version has `adoption.json` instead of `training.json`. An adopted GGUF file has only itself and `adoption.json`.
 */
export const modelFiles = ["adapter", "adapter.gguf", "training.json", "gate.json"] as const;

/** A promoted adapter: `models/model_vN`. */
export interface StoredModel extends TrainedAdapter {
  readonly version: string;
  readonly folder: string;
  readonly record: ModelRecord;
  /** Null: no gate, for an adopted GGUF file. */
  readonly gate: GateFile | null;
}

/** Returns the gate of a version in one word, as in stamps. */
export function gateWord({ gate }: Pick<StoredModel, "gate">): "passed" | "failed" | "none" {
  if (gate === null) return "none";
  return gate.passed ? "passed" : "failed";
}

export interface ModelStore {
  /** @throws Failure `missing` when the version has no adapter. */
  open(version: string): Promise<StoredModel>;
  /**
   * Replaces `models/model_vN` by the run's model. The old one is put away only when the new one is complete.
   * @param gateFailed  why to promote although the gate failed: the model's `gate.json` keeps it
   * @throws Failure `check-failed` when the gate failed and there is no reason, `bad-value` for a reason without a
   * failed gate
   */
  promote(version: string, runFolder: string, gateFailed?: string): Promise<string>;
  /** Returns what `promote` takes to restore a version's present model later; null when it has none. */
  restorable(version: string): Promise<string | null>;
  /** Returns what the engine runs for a version. One trained with DoRA may be merged into its base first. */
  engineModel(base: BaseModel, version: string, signal: AbortSignal): Promise<ModelRef>;
}

/** Reads a JSON file of a model. @throws Failure `bad-value` when it is missing or damaged. */
async function readJson<T>(files: FileLayer, file: string, schema: z.ZodType<T>): Promise<T> {
  try {
    return schema.parse(JSON.parse(await files.readText(file)));
  } catch (cause) {
    if (cause instanceof Failure) throw cause;
    throw new Failure("bad-value", `${file} is missing or damaged`, {
      file,
      hint: "Promote its run again with `namewright promote RUN`, or restore the file from git.",
      cause,
    });
  }
}

/** Returns the names of the files that this run's model has. */
async function namesIn(files: FileLayer, runFolder: string): Promise<string[]> {
  const { name, schema } = await recordIn(files, runFolder);
  if (name === adoptionFile) {
    const record = await readJson<ModelRecord>(files, path.join(runFolder, name), schema);
    if (isAdoptedGguf(record)) return [adoptedNames[record.adopted.form], name];
  }
  const runsMerged = await isDora(files, runFolder);
  return modelFiles
    .filter((one) => one !== "adapter.gguf" || !runsMerged)
    .map((one) => (one === "training.json" ? name : one));
}

/** Returns the failure of a run without one of its model's files. */
function incomplete(runFolder: string, name: string): Failure {
  // An adoption leaves a merged model in the version only, because it may be as large as the base.
  if (name === adoptedNames["merged-gguf"]) {
    return new Failure("bad-value", `${runFolder} has no ${name}: only the adopted version has it`, {
      hint: "If you removed the version, adopt the source file again. Nothing was changed.",
    });
  }
  return new Failure("bad-value", `${runFolder} has no ${name}, so it isn't a finished run`, {
    hint: "`namewright runs list` shows which runs succeeded.",
  });
}

export function createModelStore(
  files: FileLayer,
  workspace: Workspace,
  bases: Pick<BaseModels, "merged">,
): ModelStore {
  async function open(version: string): Promise<StoredModel> {
    const folder = await findModelFolder(files, workspace, version);
    const adapter = folder === null ? null : await findAdapter(files, folder);
    if (folder === null || adapter === null) {
      const { versions } = await describeWorkspace(files, workspace);
      const have = versions.length === 0 ? "none exist yet" : `available: ${versions.join(", ")}`;
      throw new Failure("missing", `no adapter ${version} in ${workspace.paths.models}: ${have}`, {
        hint: `Train it with \`namewright train --version ${version}\`.`,
      });
    }
    const { name, schema } = await recordIn(files, folder);
    const record = await readJson<ModelRecord>(files, path.join(folder, name), schema);
    const gate = isAdoptedGguf(record)
      ? null
      : await readJson(files, path.join(folder, "gate.json"), GateFileSchema);
    return { version, folder, ...adapter, record, gate };
  }

  async function fill(fresh: string, runFolder: string, gateFailed?: string): Promise<void> {
    // A link would copy a file from outside the run into the model.
    await files.refuseLinksIn(runFolder);
    const names = await namesIn(files, runFolder);
    for (const name of names) {
      const from = path.join(runFolder, name);
      if (!(await files.exists(from))) throw incomplete(runFolder, name);
      await files.copy(from, path.join(fresh, name));
    }
    if (!names.includes("gate.json")) return;
    const file = path.join(fresh, "gate.json");
    const gate = await readJson(files, file, GateFileSchema);
    if (gate.passed && gateFailed === undefined) return;
    if (gate.passed)
      throw new Failure("bad-value", "this run's parity gate passed", {
        hint: "Promote it without a reason.",
      });
    if (gateFailed === undefined)
      throw new Failure("check-failed", `this run's parity gate failed: ${gate.reasons.join("; ")}`, {
        hint: 'To look at the adapter anyway: `namewright promote RUN --gate-failed "why"`. It can never be shipped.',
      });
    const marked = { ...gate, promotedBecause: gateFailed };
    await files.writeAtomic(file, `${JSON.stringify(marked, null, 2)}\n`);
  }

  return {
    open,
    async promote(version, runFolder, gateFailed) {
      assertWritable(workspace);
      const fresh = temporaryBeside(workspace.paths.model(version), identityTag(await files.identity()));
      try {
        await fill(fresh, runFolder, gateFailed);
        return await workspace.writing(`promote ${version}`, () =>
          replaceModel(files, workspace, version, fresh),
        );
      } finally {
        await files.remove(fresh).catch(() => {});
      }
    },
    async restorable(version) {
      const folder = await findModelFolder(files, workspace, version);
      return folder === null ? null : restorable(files, workspace, version, folder);
    },
    async engineModel(base, version, signal) {
      if (!hasAdapter(version)) return { gguf: base.gguf, adapter: null };
      const { precision } = workspace.config;
      return engineModelOf(bases, base, await open(version), { precision, signal });
    },
  };
}
