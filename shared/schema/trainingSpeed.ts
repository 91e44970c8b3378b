import { z } from "zod";
import { Count, Positive } from "./numbers.ts";
import { PresetNameSchema, TrainingOverridesSchema } from "./training.ts";
import { TrainerErrorEventSchema } from "./trainingRecord.ts";
import { AdapterVersionSchema } from "./workspace.ts";

/** What a training can choose without learning anything else: batch × accumulation stays what it was. */
const SpeedSettingSchema = z.strictObject({
  threads: Positive,
  /** Processes that make batches ready; 0: the trainer does. */
  workers: Count,
  batchSize: Positive,
  gradientAccumulation: Positive,
});
export type SpeedSetting = z.infer<typeof SpeedSettingSchema>;

const measured = {
  /** The spec's own setting. Null: nothing could be measured in the time. */
  first: SpeedSettingSchema.nullable(),
  /** The fastest with the spec's own batch; the first unless another is clearly faster. */
  sameBatch: SpeedSettingSchema.nullable(),
  /** The fastest of all. */
  fastest: SpeedSettingSchema.nullable(),
  /** Every setting that was to be measured was. */
  complete: z.boolean(),
  /** Prompt and completion tokens a second, without padding: the slower of two rounds. */
  measured: z.array(SpeedSettingSchema.extend({ tokensPerSecond: z.number().positive() })),
};

const elapsedSeconds = z.number();

/** One line of `python -m namewright_trainer probe-speed`. */
export const SpeedEventSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("speeds"), elapsedSeconds, ...measured }),
  z.strictObject({ kind: z.literal("stage"), elapsedSeconds, stage: z.string() }),
  z.strictObject({ kind: z.literal("warning"), elapsedSeconds, code: z.string(), message: z.string() }),
  z.strictObject({
    kind: z.literal("cancelled"),
    elapsedSeconds,
    step: z.null(),
    checkpoint: z.null(),
    resumable: z.literal(false),
  }),
  TrainerErrorEventSchema,
]);
export type SpeedEvent = z.infer<typeof SpeedEventSchema>;

export const SpeedRequestSchema = z.strictObject({
  /** Whose rows are trained on. */
  version: AdapterVersionSchema,
  preset: PresetNameSchema.nullable().default(null),
  overrides: TrainingOverridesSchema.default({}),
});
export type SpeedRequest = z.infer<typeof SpeedRequestSchema>;

/** What was measured, and for what it holds: this machine, this base, these packages, these settings. */
export const TrainingSpeedSchema = z.strictObject({
  at: z.iso.datetime(),
  version: AdapterVersionSchema,
  preset: PresetNameSchema,
  machine: z.string(),
  ...measured,
});
export type TrainingSpeed = z.infer<typeof TrainingSpeedSchema>;
