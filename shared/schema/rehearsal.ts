import { z } from "zod";
import { Count, Positive } from "./numbers.ts";
import { PromptNameSchema } from "./prompt.ts";
import { DeviceSchema, PresetNameSchema, TrainSpecSchema } from "./training.ts";
import { TrainerErrorEventSchema } from "./trainingRecord.ts";
import { TrainingRequestSchema } from "./trainingRun.ts";
import { AdapterVersionSchema } from "./workspace.ts";

/** The training to rehearse. Without a preset: the workspace's if it is for a 7B, else `mistral-7b`. */
export const RehearsalRequestSchema = TrainingRequestSchema.pick({
  version: true,
  preset: true,
  overrides: true,
  prompt: true,
});
export type RehearsalRequest = z.infer<typeof RehearsalRequestSchema>;

/** Settings of a training. Whether activations are recomputed may be left to the run, which knows the device. */
const SettingsSchema = TrainSpecSchema.pick({
  lora: true,
  evaluation: true,
  parity: true,
  precision: true,
  attention: true,
  adapterGguf: true,
  device: true,
  threads: true,
  workers: true,
  stopGraceSeconds: true,
}).extend({
  optimisation: TrainSpecSchema.shape.optimisation.extend({
    gradientCheckpointing: z.union([z.boolean(), z.literal("auto")]),
  }),
});

export const RehearsalSpecSchema = z.strictObject({
  version: AdapterVersionSchema,
  preset: PresetNameSchema,
  inputs: z.strictObject({ dataset: z.string(), prompt: z.string() }),
  /** The name of the prompt. Absent in earlier runs: `suggest`. */
  prompt: PromptNameSchema.default("suggest"),
  settings: SettingsSchema,
});
export type RehearsalSpec = z.infer<typeof RehearsalSpecSchema>;

const elapsedSeconds = z.number();
const stepSeconds = z.array(z.number().positive());

/** One line of `python -m namewright_trainer random-base`. */
export const RandomBaseEventSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("shard"), elapsedSeconds, shard: Count, shards: Positive }),
  z.looseObject({ kind: z.literal("done"), elapsedSeconds }),
  z.looseObject({ kind: z.literal("cancelled"), elapsedSeconds }),
  TrainerErrorEventSchema,
]);
export type RandomBaseEvent = z.infer<typeof RandomBaseEventSchema>;

/** One line of `python -m namewright_trainer time-steps`. The first step isn't in `stepSeconds`. */
export const StepTimesEventSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("stage"), elapsedSeconds, stage: z.string() }),
  z.strictObject({ kind: z.literal("timed"), elapsedSeconds, step: Positive, steps: Positive }),
  z.strictObject({
    kind: z.literal("times"),
    elapsedSeconds,
    stepSeconds,
    /** In tokens. */
    longestRow: Positive,
    complete: z.boolean(),
  }),
  z.strictObject({ kind: z.literal("warning"), elapsedSeconds, code: z.string(), message: z.string() }),
  z.looseObject({ kind: z.literal("cancelled"), elapsedSeconds }),
  TrainerErrorEventSchema,
]);
export type StepTimesEvent = z.infer<typeof StepTimesEventSchema>;

/** The steps measured on a base with this many layers. Empty: fewer than two steps ended in `limitSeconds`. */
const MeasuredDepthSchema = z.strictObject({
  layers: Positive,
  stepSeconds,
  limitSeconds: z.number().positive(),
});
export type MeasuredDepth = z.infer<typeof MeasuredDepthSchema>;

const Bytes = z.number().nonnegative();

/** Seconds of one optimizer step at full depth. `unclear`: more layers weren't slower, so nothing follows. */
const StepPaceSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("measured"), seconds: z.number().positive() }),
  z.strictObject({ kind: z.literal("slower-than"), seconds: z.number().positive() }),
  z.strictObject({ kind: z.literal("unclear") }),
]);
export type StepPace = z.infer<typeof StepPaceSchema>;

/** Whether a training of Mistral 7B would fit on this machine, and how long it would take. */
export const RehearsalResultSchema = z.strictObject({
  runId: z.string(),
  version: AdapterVersionSchema,
  preset: PresetNameSchema,
  status: z.literal("succeeded"),
  device: z.strictObject({ device: DeviceSchema.exclude(["auto"]), words: z.string() }),
  memory: z.strictObject({
    fits: z.boolean(),
    needed: Bytes,
    available: Bytes,
    /** Changes of settings with which it fits, and the bytes then needed; null: it fits, or no known change suffices. */
    remedy: z.strictObject({ changes: z.array(z.string()), needed: Bytes }).nullable(),
  }),
  /** Tokens of the longest row. */
  longestRow: Positive,
  measured: z.array(MeasuredDepthSchema),
  pace: StepPaceSchema,
  steps: z.strictObject({ perEpoch: Count, most: Count, epochs: Count }),
  /** Seconds of all steps, a lower bound with `slower-than`; without loading, evaluations and the parity gate. */
  seconds: z.number().positive().nullable(),
});
export type RehearsalResult = z.infer<typeof RehearsalResultSchema>;
