import path from "node:path";
import { Failure } from "../../../shared/domain/failure.ts";
import type { GateResult } from "../../../shared/schema/parity.ts";
import type { TrainRow } from "../../../shared/schema/training.ts";
import {
  type TrainerEvent,
  TrainerEventSchema,
  type TrainingRecord,
  TrainingRecordSchema,
} from "../../../shared/schema/trainingRecord.ts";
import {
  type TrainingResult,
  TrainingResultSchema,
  type TrainingRunSpec,
  TrainingRunSpecSchema,
} from "../../../shared/schema/trainingRun.ts";
import type { BaseModel } from "../base/baseModel.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import type { RunContext, RunKindDefinition } from "../run/runKind.ts";
import { assertUnchanged } from "../run/unchangedInputs.ts";
import type { Trainer } from "../trainer/trainer.ts";
import { deviceEnvironment, type TrainingDevice } from "./trainingDevice.ts";
import { rowsFile } from "./trainingRows.ts";

/** Folder of a run with the models that are wrong on purpose, for the parity gate. Removed after it passed. */
export const controlsFolder = "controls";

/** What a training needs from other services. */
export interface TrainingDependencies {
  readonly files: FileLayer;
  readonly trainer: Trainer;
  openBase(context: RunContext): Promise<BaseModel>;
  /** Reads a prompt by its name, `suggest` by default. */
  prompt(name?: string): Promise<{ template: string; hash: string }>;
  /** Reads the rows to train on. @throws Failure when the dataset has errors or leaks. */
  rows(version: string): Promise<{ rows: TrainRow[]; hash: string; name: string }>;
  /** Checks that both engines agree on the adapter and writes gate.json. @throws Failure when they don't. */
  gate(base: BaseModel, version: string, context: RunContext): Promise<GateResult>;
  promote(version: string, runFolder: string): Promise<string>;
  /** Returns what `namewright promote` takes to restore the version's present model; null when it has none. */
  restorable(version: string): Promise<string | null>;
  /** Runs the body when the accelerator is free. Until then, the journal names the holder. */
  withAccelerator<T>(context: RunContext, body: () => Promise<T>): Promise<T>;
  /** Runs the body on the device, without our inference process. @throws Failure when its memory doesn't suffice. */
  onDevice<T>(
    spec: TrainingRunSpec,
    training: { rows: readonly TrainRow[]; base: BaseModel; promptTemplate: string; context: RunContext },
    body: (device: Pick<TrainingDevice, "gpu">) => Promise<T>,
  ): Promise<T>;
}

/** Creates the training kind: lint and split, train, convert, parity gate, promote. */
export function trainingKind(
  dependencies: TrainingDependencies,
): RunKindDefinition<TrainingRunSpec, TrainingResult> {
  return {
    kind: "training",
    spec: TrainingRunSpecSchema,
    result: TrainingResultSchema,
    pausing: "at-checkpoint",
    title: ({ version, trainer }) => `train ${version} (${trainer.preset}, seed ${trainer.seed})`,
    async body(spec, context) {
      await context.emit({ kind: "stage", stage: "lint" });
      const dataset = await dependencies.rows(spec.version);
      const base = await dependencies.openBase(context);
      const prompt = await dependencies.prompt(spec.prompt);
      const now = { dataset: dataset.hash, base: base.hash, prompt: prompt.hash };
      assertUnchanged(
        "training",
        spec.inputs,
        now,
        "Start a new training. This one would mix two revisions.",
      );
      return dependencies.withAccelerator(context, async () => {
        const specFile = await writeSpec(
          spec,
          context.folder,
          dataset,
          base,
          prompt.template,
          dependencies.files,
        );
        if ((await readTrainingRecord(dependencies.files, context.folder)) === null) {
          const training = { rows: dataset.rows, base, promptTemplate: prompt.template, context };
          await dependencies.onDevice(spec, training, async (device) => {
            await train(specFile, spec.trainer.stopGraceSeconds, context, dependencies, device);
            await stampRecord(dependencies.files, context.folder, device, spec);
          });
        }
        const record = await readTrainingRecord(dependencies.files, context.folder);
        if (record === null) throw new Error("the trainer succeeded but left no complete training.json");
        await context.emit({ kind: "stage", stage: "gate" });
        const parity = await dependencies.gate(base, spec.version, context);
        await context.emit({ kind: "stage", stage: "promote" });
        const before = await dependencies.restorable(spec.version);
        // A resumed run may have promoted itself already.
        if (before !== null && before !== context.runId) {
          await context.emit({
            kind: "warning",
            code: "replaced",
            message: `This training replaces ${spec.version}. To restore the previous adapter, run \`namewright promote ${before}\`.`,
          });
        }
        const folder = await dependencies.promote(spec.version, context.folder);
        await dependencies.files.remove(path.join(context.folder, controlsFolder)).catch(() => {});
        return resultOf(spec, context, folder, parity, record);
      });
    },
  };
}

/** Reads the record that the trainer writes last; null when missing or damaged, so that training runs again. */
async function readTrainingRecord(files: FileLayer, folder: string): Promise<TrainingRecord | null> {
  const file = path.join(folder, "training.json");
  if (!(await files.exists(file))) return null;
  try {
    return TrainingRecordSchema.parse(JSON.parse(await files.readText(file)));
  } catch (error) {
    if (error instanceof Failure) throw error;
    return null;
  }
}

/** Adds to the record what only the workbench knows. */
async function stampRecord(
  files: FileLayer,
  folder: string,
  { gpu }: Pick<TrainingDevice, "gpu">,
  { anyway, prompt = "suggest", inputs }: TrainingRunSpec,
): Promise<void> {
  const record = await readTrainingRecord(files, folder);
  if (record === null) return;
  const stamped: TrainingRecord = {
    ...record,
    prompt: { name: prompt, hash: inputs.prompt },
    ...(gpu === null ? {} : { gpu: { index: gpu.index, name: gpu.name } }),
    ...(anyway === undefined ? {} : { anyway }),
  };
  await files.writeAtomic(path.join(folder, "training.json"), `${JSON.stringify(stamped, null, 2)}\n`);
}

async function writeSpec(
  spec: TrainingRunSpec,
  folder: string,
  dataset: { rows: TrainRow[] },
  base: BaseModel,
  promptTemplate: string,
  files: FileLayer,
): Promise<string> {
  const rowsPath = path.join(folder, "rows.jsonl");
  await files.writeAtomic(rowsPath, rowsFile(dataset.rows));
  const specFile = path.join(folder, "trainer.json");
  const document = {
    ...spec.trainer,
    base: { kind: "folder", dir: base.folder, name: base.name, hash: base.hash },
    promptTemplate,
    rowsPath,
    outDir: folder,
    resume: false,
  };
  await files.writeAtomic(specFile, `${JSON.stringify(document, null, 2)}\n`);
  return specFile;
}

async function train(
  specFile: string,
  graceSeconds: number,
  context: RunContext,
  { trainer, files }: TrainingDependencies,
  device: Pick<TrainingDevice, "gpu">,
): Promise<void> {
  // The trainer doesn't use our file layer and would follow a link in a copied run folder.
  await files.refuseLinksIn(context.folder);
  // Also without a checkpoint: an earlier trainer whose host was killed may be saving its first one.
  const resumed =
    (await files.exists(path.join(context.folder, "checkpoints"))) ||
    context.previous.some(({ event }) => event.kind === "trainer");
  const words = ["train", "--spec", specFile, "--watch-stdin", ...(resumed ? ["--resume"] : [])];
  // Events arrive faster than they are written. Awaiting the last one waits for all.
  let written: Promise<void> = Promise.resolve();
  await trainer.run<TrainerEvent>(words, {
    signal: context.signal,
    schema: TrainerEventSchema,
    onEvent: (event) => {
      written = context.emit({ kind: "trainer", event });
      written.catch(() => {});
    },
    onLog: (text) => context.log(text),
    graceSeconds,
    environment: deviceEnvironment(device),
  });
  await written;
}

function resultOf(
  spec: TrainingRunSpec,
  context: RunContext,
  folder: string,
  parity: GateResult,
  record: TrainingRecord,
): TrainingResult {
  const best = record.evaluations.find(({ step }) => step === record.bestStep);
  return {
    runId: context.runId,
    version: spec.version,
    status: "succeeded",
    adapter: path.join(folder, "adapter"),
    gguf: record.spec.lora.dora ? null : path.join(folder, "adapter.gguf"),
    bestEvalLoss: best?.evalLoss ?? null,
    epochs: record.epochs,
    stoppedEarly: record.stoppedEarly,
    parity,
  };
}
