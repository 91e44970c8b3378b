import { z } from "zod";
import { Count } from "./numbers.ts";
import { DeviceSchema, PresetNameSchema } from "./training.ts";
import { RowCountsSchema } from "./trainingRecord.ts";
import { AdapterVersionSchema } from "./workspace.ts";

const EntrySchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("number"),
    whole: z.boolean(),
    min: z.number(),
    max: z.number(),
  }),
  z.strictObject({ kind: z.literal("choice"), choices: z.array(z.string()) }),
  z.strictObject({ kind: z.literal("choices"), choices: z.array(z.string()) }),
  z.strictObject({ kind: z.literal("switch") }),
  z.strictObject({ kind: z.literal("auto-switch") }),
  z.strictObject({ kind: z.literal("optional-number"), min: z.number(), max: z.number() }),
]);

/** What the form is made of: the presets with their values, and every field with what it does. */
export const TrainingPresetsSchema = z.strictObject({
  /** The workspace's own. */
  chosen: PresetNameSchema,
  presets: z.array(
    z.strictObject({
      name: PresetNameSchema,
      title: z.string(),
      /** Field id → value. */
      values: z.record(z.string(), z.unknown()),
    }),
  ),
  fields: z.array(
    z.strictObject({
      id: z.string(),
      group: z.string(),
      label: z.string(),
      unit: z.string().optional(),
      words: z.string(),
      entry: EntrySchema,
    }),
  ),
});
export type TrainingPresets = z.infer<typeof TrainingPresetsSchema>;

/** What blocks a training, or should be known before it. An `error` prevents the start. */
const PlanFindingSchema = z.strictObject({
  severity: z.enum(["error", "warning", "note"]),
  code: z.string(),
  message: z.string(),
  hint: z.string().nullable(),
});
export type PlanFinding = z.infer<typeof PlanFindingSchema>;

const Bytes = z.number().nonnegative();

/** A training before it is started: exactly what would run, what it takes, and what is wrong with it. */
export const TrainingPlanSchema = z.strictObject({
  version: AdapterVersionSchema,
  preset: PresetNameSchema,
  /** As it would appear in the run's `spec.json`; a hash that is only known at the start is omitted. */
  spec: z.unknown(),
  /** The same in the terminal. */
  command: z.string(),
  /** Null: the dataset is not there or has errors. */
  rows: RowCountsSchema.nullable(),
  /** Optimizer steps; null where the rows are not known. */
  steps: z.strictObject({ perEpoch: Count, most: Count, epochs: Count }).nullable(),
  /** Null with the reason where nothing like it has run here. */
  time: z.strictObject({ seconds: z.number().nullable(), basis: z.string() }),
  device: z.strictObject({ device: DeviceSchema.exclude(["auto"]), words: z.string() }),
  /** Null: the base is not on this disk. */
  memory: z
    .strictObject({
      needed: Bytes,
      available: Bytes,
      /** Where it goes, largest first. */
      parts: z.array(z.strictObject({ name: z.string(), bytes: Bytes })),
    })
    .nullable(),
  disk: z.strictObject({ needed: Bytes, available: Bytes }).nullable(),
  findings: z.array(PlanFindingSchema),
});
export type TrainingPlan = z.infer<typeof TrainingPlanSchema>;

/** A value that two specs have differently; null: one of them has none. */
const SpecDifferenceSchema = z.strictObject({
  path: z.string(),
  /** What the form calls it; null: it isn't a field of the form. */
  label: z.string().nullable(),
  one: z.unknown(),
  other: z.unknown(),
});
export type SpecDifference = z.infer<typeof SpecDifferenceSchema>;

export const SpecDiffSchema = z.strictObject({
  differences: z.array(SpecDifferenceSchema),
  /** Values that are the same in both. */
  same: Count,
});
export type SpecDiff = z.infer<typeof SpecDiffSchema>;
