import path from "node:path";
import { Failure } from "../../../shared/domain/failure.ts";
import { adoptedAdapterProblems, adoptedModelProblems } from "../../../shared/domain/gguf/adoptionCheck.ts";
import { promptFor } from "../../../shared/domain/prompt/template.ts";
import type {
  AdoptionResult,
  GgufAdoptionRecord,
  GgufAdoptionSpec,
  GgufForm,
} from "../../../shared/schema/adoption.ts";
import type { BaseModel, BaseModels } from "../base/baseModel.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { sha256OfFile } from "../hashing/hashing.ts";
import { readGgufHeader } from "../inference/ggufFile.ts";
import type { InferenceService } from "../inference/inferenceService.ts";
import { adoptionFile } from "../model/modelRecord.ts";
import { adoptedNames, engineModelOf, findAdapter } from "../model/trainedAdapter.ts";
import type { RunContext } from "../run/runKind.ts";
import { assertUnchanged } from "../run/unchangedInputs.ts";

/**
 * Returns what a GGUF file is for a base, by its header.
 * @throws Failure `missing`, or `bad-value` with what doesn't match the base
 */
export async function ggufFormOf(file: string, base: Pick<BaseModel, "gguf" | "name">): Promise<GgufForm> {
  const header = await readGgufHeader(file);
  const known = await readGgufHeader(base.gguf);
  const form = header.metadata.get("general.type") === "adapter" ? "lora-gguf" : "merged-gguf";
  const problems =
    form === "lora-gguf" ? adoptedAdapterProblems(header, known) : adoptedModelProblems(header, known);
  if (problems.length === 0) return form;
  const what = form === "lora-gguf" ? "an adapter for" : "a merged model of";
  throw new Failure(
    "bad-value",
    `${file} can't be adopted as ${what} ${base.name}: ${problems.slice(0, 3).join("; ")}`,
    {
      file,
      hint: "Use a file made from the workspace's base, or a workspace with the file's base. Nothing was changed.",
    },
  );
}

/** What the adoption of a GGUF file needs from other services. */
export interface GgufAdoptionDependencies {
  readonly files: FileLayer;
  readonly inference: Pick<InferenceService, "generateRows">;
  readonly bases: Pick<BaseModels, "merged">;
  promote(version: string, runFolder: string): Promise<string>;
}

const startAgain = "Start a new adoption. The file was not adopted.";

/** Copies the file to the run, checks it there, has the engine run it for one token, and promotes it. */
export async function adoptGguf(
  { files, inference, bases, promote }: GgufAdoptionDependencies,
  spec: GgufAdoptionSpec,
  { base, promptTemplate, context }: { base: BaseModel; promptTemplate: string; context: RunContext },
): Promise<AdoptionResult> {
  await context.emit({ kind: "stage", stage: "check-adapter" });
  await files.refuseLinksIn(context.folder);
  const form = await ggufFormOf(spec.file, base);
  const copy = path.join(context.folder, adoptedNames[form]);
  await files.remove(copy);
  await files.copy(spec.file, copy);
  const sha256 = await sha256OfFile(copy);
  assertUnchanged("adoption", spec.inputs, { ...spec.inputs, file: sha256 }, startAgain);
  const adapter = await findAdapter(files, context.folder);
  if (adapter === null) throw new Error("the adopted file is missing");
  await inference.generateRows({
    model: await engineModelOf(bases, base, adapter, { precision: "f16", signal: context.signal }),
    rows: [{ key: spec.version, content: promptFor(promptTemplate, "A bakery"), seed: 0 }],
    choice: { temperature: 0, maxTokens: 1 },
    refusalProbability: false,
    signal: context.signal,
    onRow: () => {},
  });
  const adopted = { form, file: path.basename(spec.file), sha256 };
  const record: GgufAdoptionRecord = {
    schemaVersion: 1,
    gate: "none",
    adopted,
    spec: { base: { name: base.name }, promptTemplate, datasetName: null },
    baseHash: base.hash,
    prompt: { name: spec.prompt, hash: spec.inputs.prompt },
    datasetHash: null,
  };
  await files.writeAtomic(path.join(context.folder, adoptionFile), `${JSON.stringify(record, null, 2)}\n`);
  await context.emit({ kind: "stage", stage: "promote" });
  const folder = await promote(spec.version, context.folder);
  // The version holds the only copy of a file that may be as large as the base.
  if (form === "merged-gguf") await files.remove(copy).catch(() => {});
  const gguf = path.join(folder, adoptedNames[form]);
  const { runId } = context;
  return { runId, version: spec.version, status: "succeeded", adapter: null, gguf, adopted, parity: null };
}
