import path from "node:path";
import {
  type AdoptEvent,
  AdoptEventSchema,
  AdoptionRecordSchema,
  type AdoptionResult,
  AdoptionResultSchema,
  type AdoptionSpec,
  AdoptionSpecSchema,
  type AdoptSpec,
  type PeftAdoptionRecord,
  type PeftAdoptionSpec,
} from "../../../shared/schema/adoption.ts";
import type { GateResult } from "../../../shared/schema/parity.ts";
import type { WithAccelerator } from "../accelerator/withAccelerator.ts";
import type { BaseModel, BaseModels } from "../base/baseModel.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import type { InferenceService } from "../inference/inferenceService.ts";
import type { GateTexts } from "../model/gateTexts.ts";
import { adoptionFile, isAdoptedGguf } from "../model/modelRecord.ts";
import type { RunContext, RunKindDefinition } from "../run/runKind.ts";
import { assertUnchanged } from "../run/unchangedInputs.ts";
import type { Trainer } from "../trainer/trainer.ts";
import { deviceEnvironment, type TrainingDevice } from "../training/trainingDevice.ts";
import { controlsFolder } from "../training/trainingKind.ts";
import { adoptGguf } from "./ggufAdoption.ts";

/** What an adoption needs from other services. */
export interface AdoptionKindDependencies {
  readonly files: FileLayer;
  readonly trainer: Trainer;
  readonly withAccelerator: WithAccelerator;
  readonly inference: Pick<InferenceService, "lendAccelerator" | "generateRows">;
  readonly bases: Pick<BaseModels, "merged">;
  openBase(context: RunContext): Promise<BaseModel>;
  prompt(name: string): Promise<{ template: string; hash: string }>;
  /** Returns at most `count` texts for the gate, none of them held out. */
  texts(version: string, count: number): Promise<GateTexts>;
  /** Returns the device, with the memory that is free once our inference process ends. */
  device(settings: PeftAdoptionSpec["settings"]): Promise<Pick<TrainingDevice, "gpu">>;
  /** Checks that both engines agree on the adapter and writes gate.json. @throws Failure when they don't. */
  gate(base: BaseModel, version: string, context: RunContext): Promise<GateResult>;
  promote(version: string, runFolder: string): Promise<string>;
}

/** Creates the adoption kind: check against the base, convert, parity gate, promote. A GGUF file has no gate. */
export function adoptionKind(
  dependencies: AdoptionKindDependencies,
): RunKindDefinition<AdoptionSpec, AdoptionResult> {
  return {
    kind: "adoption",
    spec: AdoptionSpecSchema,
    result: AdoptionResultSchema,
    title: (spec) => `adopt ${path.basename("file" in spec ? spec.file : spec.folder)} as ${spec.version}`,
    async body(spec, context) {
      const base = await dependencies.openBase(context);
      const prompt = await dependencies.prompt(spec.prompt);
      const now = { base: base.hash, prompt: prompt.hash };
      assertUnchanged("adoption", spec.inputs, { ...spec.inputs, ...now }, startAgain);
      return dependencies.withAccelerator(context, async () => {
        const promptTemplate = prompt.template;
        if ("file" in spec) return adoptGguf(dependencies, spec, { base, promptTemplate, context });
        const record =
          (await readAdoption(dependencies.files, context.folder)) ??
          (await adopt(dependencies, spec, { base, promptTemplate, context }));
        await context.emit({ kind: "stage", stage: "gate" });
        const parity = await dependencies.gate(base, spec.version, context);
        await context.emit({ kind: "stage", stage: "promote" });
        const folder = await dependencies.promote(spec.version, context.folder);
        await dependencies.files.remove(path.join(context.folder, controlsFolder)).catch(() => {});
        return resultOf(spec, context, folder, { parity, record });
      });
    },
  };
}

const startAgain = "Start a new adoption. This one would mix two revisions.";

/** Reads the record that is written last; null when missing or damaged, so that the trainer runs again. */
async function readAdoption(files: FileLayer, folder: string): Promise<PeftAdoptionRecord | null> {
  const file = path.join(folder, adoptionFile);
  if (!(await files.exists(file))) return null;
  const text = await files.readText(file);
  try {
    const record = AdoptionRecordSchema.parse(JSON.parse(text));
    return isAdoptedGguf(record) ? null : record;
  } catch {
    return null;
  }
}

interface Adoption {
  readonly base: BaseModel;
  readonly promptTemplate: string;
  readonly context: RunContext;
}

/** Has the trainer check, convert and run the adapter, and records what it read. */
async function adopt(
  dependencies: AdoptionKindDependencies,
  spec: PeftAdoptionSpec,
  adoption: Adoption,
): Promise<PeftAdoptionRecord> {
  const { files, inference } = dependencies;
  const { base, promptTemplate, context } = adoption;
  const specFile = await writeSpec(dependencies, spec, adoption);
  const device = await dependencies.device(spec.settings);
  const done = await inference.lendAccelerator(() =>
    runTrainer(dependencies, specFile, context, deviceEnvironment(device)),
  );
  const { kind: _kind, elapsedSeconds: _seconds, device: used, packages, ...adapter } = done;
  const { config, weights } = adapter;
  assertUnchanged("adoption", spec.inputs, { ...spec.inputs, config, weights }, startAgain);
  const record: PeftAdoptionRecord = {
    schemaVersion: 1,
    adopted: { folder: path.basename(spec.folder), ...adapter },
    spec: { base: { name: base.name }, promptTemplate, datasetName: null, ...spec.settings },
    baseHash: base.hash,
    prompt: { name: spec.prompt, hash: spec.inputs.prompt },
    datasetHash: null,
    device: used,
    packages,
  };
  await files.writeAtomic(path.join(context.folder, adoptionFile), `${JSON.stringify(record, null, 2)}\n`);
  return record;
}

async function writeSpec(
  { files, texts }: AdoptionKindDependencies,
  { version, folder, settings }: PeftAdoptionSpec,
  { base, promptTemplate, context }: Adoption,
): Promise<string> {
  const { source, descriptions } = await texts(version, settings.parity.sequences);
  const document: AdoptSpec = {
    ...settings,
    base: { kind: "folder", dir: base.folder, name: base.name, hash: base.hash },
    adapterDir: folder,
    outDir: context.folder,
    promptTemplate,
    source,
    ...(descriptions.length === 0 ? {} : { descriptions: [...descriptions] }),
  };
  const specFile = path.join(context.folder, "adopt.json");
  await files.writeAtomic(specFile, `${JSON.stringify(document, null, 2)}\n`);
  return specFile;
}

type Done = Extract<AdoptEvent, { kind: "done" }>;

async function runTrainer(
  { files, trainer }: AdoptionKindDependencies,
  specFile: string,
  context: RunContext,
  environment: Readonly<Record<string, string>>,
): Promise<Done> {
  // The trainer doesn't use our file layer and would follow a link in a copied run folder.
  await files.refuseLinksIn(context.folder);
  const ended: Done[] = [];
  // Events arrive faster than they are written. Awaiting the last one waits for all.
  let written: Promise<void> = Promise.resolve();
  await trainer.run<AdoptEvent>(["adopt", "--spec", specFile, "--watch-stdin"], {
    signal: context.signal,
    environment,
    schema: AdoptEventSchema,
    onLog: (text) => context.log(text),
    onEvent: (event) => {
      if (event.kind === "done") ended.push(event);
      written = context.emit({ kind: "trainer", event });
      written.catch(() => {});
    },
  });
  await written;
  const [done] = ended;
  if (done === undefined) throw new Error("the trainer ended without reporting the adapter");
  return done;
}

function resultOf(
  { version }: AdoptionSpec,
  { runId }: RunContext,
  folder: string,
  { parity, record }: { parity: GateResult; record: PeftAdoptionRecord },
): AdoptionResult {
  return {
    runId,
    version,
    status: "succeeded",
    adapter: path.join(folder, "adapter"),
    gguf: record.adopted.dora ? null : path.join(folder, "adapter.gguf"),
    adopted: record.adopted,
    parity,
  };
}
