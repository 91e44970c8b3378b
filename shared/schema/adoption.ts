import { z } from "zod";
import { Positive } from "./numbers.ts";
import { GateResultSchema } from "./parity.ts";
import { PathSchema } from "./place.ts";
import { PromptNameSchema, TrainedPromptSchema } from "./prompt.ts";
import { TrainSpecSchema } from "./training.ts";
import { ParityReferenceEventSchema, TrainerErrorEventSchema } from "./trainingRecord.ts";
import { AdapterVersionSchema } from "./workspace.ts";

/** The PEFT folder or GGUF file to adopt, the version that it becomes, and the prompt that it was trained with. */
export const AdoptionRequestSchema = z.strictObject({
  source: PathSchema,
  version: AdapterVersionSchema,
  prompt: PromptNameSchema.default("suggest"),
});
export type AdoptionRequest = z.infer<typeof AdoptionRequestSchema>;

const settings = TrainSpecSchema.pick({
  parity: true,
  precision: true,
  attention: true,
  adapterGguf: true,
  device: true,
  threads: true,
}).shape;

/** The name of the prompt. Absent in earlier runs: `suggest`. */
const promptOfSpec = PromptNameSchema.default("suggest");

/** The adoption of a PEFT folder. */
const PeftAdoptionSpecSchema = z.strictObject({
  version: AdapterVersionSchema,
  /** Absolute. */
  folder: z.string(),
  /** `config` and `weights`: SHA-256 of adapter_config.json and adapter_model.safetensors. */
  inputs: z.strictObject({ config: z.string(), weights: z.string(), base: z.string(), prompt: z.string() }),
  prompt: promptOfSpec,
  settings: z.strictObject(settings),
});
export type PeftAdoptionSpec = z.infer<typeof PeftAdoptionSpecSchema>;

/** The adoption of a GGUF file. `file` is absolute in the spec, and its SHA-256 in the inputs. */
const GgufAdoptionSpecSchema = z.strictObject({
  version: AdapterVersionSchema,
  file: z.string(),
  inputs: z.strictObject({ file: z.string(), base: z.string(), prompt: z.string() }),
  prompt: promptOfSpec,
});
export type GgufAdoptionSpec = z.infer<typeof GgufAdoptionSpecSchema>;

/** The adoption as it will run; its inputs by their hashes, so that a resume never mixes two revisions. */
export const AdoptionSpecSchema = z.union([PeftAdoptionSpecSchema, GgufAdoptionSpecSchema]);
export type AdoptionSpec = z.infer<typeof AdoptionSpecSchema>;

/** What the trainer reads (`python -m namewright_trainer adopt --spec FILE`). Paths are absolute. */
const AdoptSpecSchema = TrainSpecSchema.pick({ base: true, outDir: true, promptTemplate: true }).extend({
  ...settings,
  adapterDir: z.string(),
  /** For the parity gate. Hard texts of the trainer's own are added. */
  descriptions: z.array(z.string()).min(1).optional(),
  /** Where the descriptions are from: the version's dataset, or the dev rows of the test set. */
  source: z.enum(["train", "validation"]),
});
export type AdoptSpec = z.infer<typeof AdoptSpecSchema>;

/** What the trainer found in the adapter. */
const adapter = {
  /** SHA-256 of the files that were read. */
  config: z.string(),
  weights: z.string(),
  /** As the adapter names its base; null: it doesn't. */
  namedBase: z.string().nullable(),
  ranks: z.array(Positive).min(1),
  /** Number of adapted modules. */
  modules: Positive,
  rslora: z.boolean(),
  dora: z.boolean(),
};

const elapsedSeconds = z.number();

/** One line of `python -m namewright_trainer adopt`. */
export const AdoptEventSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("stage"), elapsedSeconds, stage: z.string() }),
  z.strictObject({ kind: z.literal("warning"), elapsedSeconds, code: z.string(), message: z.string() }),
  ParityReferenceEventSchema,
  z.strictObject({
    kind: z.literal("done"),
    elapsedSeconds,
    ...adapter,
    device: z.enum(["cpu", "cuda", "mps"]),
    packages: z.record(z.string(), z.string()),
  }),
  z.looseObject({ kind: z.literal("cancelled"), elapsedSeconds }),
  TrainerErrorEventSchema,
]);
export type AdoptEvent = z.infer<typeof AdoptEventSchema>;

/** The record of an adopted PEFT folder. */
const PeftAdoptionRecordSchema = z.strictObject({
  schemaVersion: z.literal(1),
  /** The name of the folder that it was adopted from, and its adapter. */
  adopted: z.strictObject({ folder: z.string(), ...adapter }),
  spec: z.strictObject({
    base: z.strictObject({ name: z.string() }),
    promptTemplate: z.string(),
    datasetName: z.null(),
    ...settings,
  }),
  baseHash: z.string(),
  prompt: TrainedPromptSchema.optional(),
  /** What it was trained on isn't known. */
  datasetHash: z.null(),
  device: z.enum(["cpu", "cuda", "mps"]),
  packages: z.record(z.string(), z.string()),
});
export type PeftAdoptionRecord = z.infer<typeof PeftAdoptionRecordSchema>;

/** An adapter for the base, or the base with an adapter merged into it. */
const GgufFormSchema = z.enum(["lora-gguf", "merged-gguf"]);
export type GgufForm = z.infer<typeof GgufFormSchema>;

/** The record of an adopted GGUF file. There are no weights for the trainer, so there was no parity gate. */
const GgufAdoptionRecordSchema = z.strictObject({
  schemaVersion: z.literal(1),
  gate: z.literal("none"),
  adopted: z.strictObject({
    form: GgufFormSchema,
    /** The name of the file that it was adopted from. */
    file: z.string(),
    sha256: z.string(),
  }),
  spec: z.strictObject({
    base: z.strictObject({ name: z.string() }),
    promptTemplate: z.string(),
    datasetName: z.null(),
  }),
  baseHash: z.string(),
  prompt: TrainedPromptSchema.optional(),
  datasetHash: z.null(),
});
export type GgufAdoptionRecord = z.infer<typeof GgufAdoptionRecordSchema>;

/** `adoption.json`, which an adopted version has instead of `training.json`. It holds no path of the machine. */
export const AdoptionRecordSchema = z.union([PeftAdoptionRecordSchema, GgufAdoptionRecordSchema]);
export type AdoptionRecord = z.infer<typeof AdoptionRecordSchema>;

/** `adopt --json`. */
export const AdoptionResultSchema = z.strictObject({
  runId: z.string(),
  version: AdapterVersionSchema,
  status: z.literal("succeeded"),
  /** Folder of the promoted adapter (safetensors). Null for an adopted GGUF file. */
  adapter: z.string().nullable(),
  /** The adopted GGUF file, or the adapter's: null with DoRA, which runs merged into the base. */
  gguf: z.string().nullable(),
  adopted: z.union([PeftAdoptionRecordSchema.shape.adopted, GgufAdoptionRecordSchema.shape.adopted]),
  /** Null: no gate, for an adopted GGUF file. */
  parity: GateResultSchema.nullable(),
});
export type AdoptionResult = z.infer<typeof AdoptionResultSchema>;
