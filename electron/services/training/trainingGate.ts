import path from "node:path";
import type { AdapterRef } from "../../../shared/schema/inference.ts";
import type { BaseModel } from "../base/baseModel.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { sha256OfFile } from "../hashing/hashing.ts";
import { assertGate, readParityReference, runParityGate } from "../parity/parityGate.ts";
import { describeWorkspace } from "../workspace/workspace.ts";
import type { TrainingDependencies } from "./dependencies.ts";
import { controlsFolder, type TrainingDependencies as KindDependencies } from "./trainingKind.ts";

async function adapterRef(file: string): Promise<AdapterRef> {
  return { id: await sha256OfFile(file), path: file, scale: 1 };
}

async function existing(files: FileLayer, file: string): Promise<AdapterRef | null> {
  return (await files.exists(file)) ? adapterRef(file) : null;
}

/** Returns the newest other version's adapter for the same base, as a control for the parity gate. */
async function otherVersion(
  { files, workspace, models }: TrainingDependencies,
  base: BaseModel,
  version: string,
): Promise<{ name: string; adapter: AdapterRef } | null> {
  const { versions } = await describeWorkspace(files, workspace);
  for (const other of versions.filter((name) => name !== version).reverse()) {
    // A damaged model is no reason to fail the training of another version.
    const model = await models.open(other).catch(() => null);
    if (model?.record.baseHash !== base.hash) continue;
    return { name: other, adapter: { id: model.adapterHash, path: model.adapterGguf, scale: 1 } };
  }
  return null;
}

/** Creates the parity gate of a training run, with the run's and the workspace's adapters as controls. */
export function trainingGate(setting: TrainingDependencies): KindDependencies["gate"] {
  const { files, inference } = setting;
  return async (base, version, context) => {
    const inRun = (...parts: string[]) => path.join(context.folder, ...parts);
    const result = await runParityGate({
      inference,
      model: { gguf: base.gguf, adapter: await adapterRef(inRun("adapter.gguf")) },
      unpermuted: await existing(files, inRun(controlsFolder, "unpermuted.gguf")),
      other: await otherVersion(setting, base, version),
      reference: await readParityReference(inRun("parity.json")),
      signal: context.signal,
      onProgress: (done, total) =>
        void context.emit({ kind: "progress", done, total, unit: "sequences", etaSeconds: null }),
    });
    await files.writeAtomic(inRun("gate.json"), `${JSON.stringify(result, null, 2)}\n`);
    assertGate(result);
    return result;
  };
}
