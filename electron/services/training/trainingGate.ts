import path from "node:path";
import type { AdapterRef, ModelRef } from "../../../shared/schema/inference.ts";
import type { BaseModel } from "../base/baseModel.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { sha256OfFile } from "../hashing/hashing.ts";
import { engineModelOf, findAdapter } from "../model/trainedAdapter.ts";
import { assertGate, readParityReference, runParityGate } from "../parity/parityGate.ts";
import { describeWorkspace } from "../workspace/workspace.ts";
import type { TrainingDependencies } from "./dependencies.ts";
import { controlsFolder, type TrainingDependencies as KindDependencies } from "./trainingKind.ts";

async function existing(files: FileLayer, file: string): Promise<AdapterRef | null> {
  return (await files.exists(file)) ? { id: await sha256OfFile(file), path: file, scale: 1 } : null;
}

/** Returns the newest other version on the same base, as a control for the parity gate. */
async function otherVersion(
  { files, workspace, models }: TrainingDependencies,
  base: BaseModel,
  version: string,
  signal: AbortSignal,
): Promise<{ name: string; model: ModelRef } | null> {
  const { versions } = await describeWorkspace(files, workspace);
  for (const other of versions.filter((name) => name !== version).reverse()) {
    // A damaged model is no reason to fail the training of another version.
    const model = await models.open(other).catch(() => null);
    if (model?.record.baseHash !== base.hash) continue;
    const engineModel = await models.engineModel(base, other, signal).catch(() => null);
    if (engineModel !== null) return { name: other, model: engineModel };
  }
  return null;
}

/** Creates the parity gate of a training run, with the run's and the workspace's adapters as controls. */
export function trainingGate(setting: TrainingDependencies): KindDependencies["gate"] {
  const { files, inference, bases, workspace } = setting;
  return async (base, version, context) => {
    const { folder, signal } = context;
    const inRun = (...parts: string[]) => path.join(folder, ...parts);
    const adapter = await findAdapter(files, folder);
    if (adapter === null) throw new Error("the trainer succeeded but left no adapter");
    const { precision } = workspace.config;
    const result = await runParityGate({
      inference,
      base: base.gguf,
      model: await engineModelOf(bases, base, adapter, { precision, signal }),
      unpermuted: await existing(files, inRun(controlsFolder, "unpermuted.gguf")),
      other: await otherVersion(setting, base, version, signal),
      reference: await readParityReference(inRun("parity.json")),
      signal,
      onProgress: (done, total) =>
        void context.emit({ kind: "progress", done, total, unit: "sequences", etaSeconds: null }),
    });
    await files.writeAtomic(inRun("gate.json"), `${JSON.stringify(result, null, 2)}\n`);
    assertGate(result);
    return result;
  };
}
