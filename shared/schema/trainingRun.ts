import { z } from "zod";
import { GateResultSchema } from "./parity.ts";
import { PromptNameSchema } from "./prompt.ts";
import { RunSchema } from "./run.ts";
import {
  OptimizationSpecSchema,
  PresetNameSchema,
  TrainingOverridesSchema,
  TrainSpecSchema,
} from "./training.ts";
import { TrainingPlanSchema } from "./trainingPlan.ts";
import { TrainingSpeedSchema } from "./trainingSpeed.ts";
import { AdapterVersionSchema, mostSeeds } from "./workspace.ts";

/** What the user asks for; null: the workspace's or the preset's own. */
export const TrainingRequestSchema = z.strictObject({
  version: AdapterVersionSchema,
  preset: PresetNameSchema.nullable().default(null),
  seed: z.number().int().min(0).max(0xffff_ffff).default(1),
  epochs: OptimizationSpecSchema.shape.epochs.nullable().default(null),
  overrides: TrainingOverridesSchema.default({}),
  /** Batch and accumulation as a probe found them fastest, of the same product. */
  fastestBatch: z.boolean().default(false),
  /** Train although the GPU's free memory doesn't suffice by our estimate. */
  anyway: z.boolean().default(false),
  prompt: PromptNameSchema.default("suggest"),
});
export type TrainingRequest = z.infer<typeof TrainingRequestSchema>;

/** Several trainings that differ only in the seed, from the request's on: `v2.1`, `v2.2`, … on the dataset of `v2`. */
const SeedsSchema = z.number().int().min(1).max(mostSeeds);

export const TrainingPlanRequestSchema = z.strictObject({
  ...TrainingRequestSchema.shape,
  /** Absent: one. */
  seeds: SeedsSchema.optional(),
});
export type TrainingPlanRequest = z.infer<typeof TrainingPlanRequestSchema>;

/** A training that wasn't repeated if there was an equal one. */
export const EnsuredTrainingSchema = z.strictObject({
  run: RunSchema,
  /** `trained`: the version comes from this finished run, and nothing was started. */
  state: z.enum(["started", "resumed", "running", "trained"]),
});
export type EnsuredTraining = z.infer<typeof EnsuredTrainingSchema>;

/** The training as it will run; its inputs by their hashes, so that a resume never mixes two revisions. */
export const TrainingRunSpecSchema = z.strictObject({
  version: AdapterVersionSchema,
  inputs: z.strictObject({ dataset: z.string(), base: z.string(), prompt: z.string() }),
  /** The name of the prompt. Absent in earlier runs: `suggest`. */
  prompt: PromptNameSchema.optional(),
  /** Set when the memory check was overridden. */
  anyway: z.literal(true).optional(),
  /** The trainer's spec but for what depends on the run's folder and on this machine's. */
  trainer: TrainSpecSchema.omit({
    base: true,
    rowsPath: true,
    outDir: true,
    promptTemplate: true,
    resume: true,
  }),
});
export type TrainingRunSpec = z.infer<typeof TrainingRunSpecSchema>;

export const TrainingResultSchema = z.strictObject({
  runId: z.string(),
  version: AdapterVersionSchema,
  status: z.literal("succeeded"),
  /** Folder of the promoted adapter (safetensors), and its GGUF: null with DoRA, which runs merged into the base. */
  adapter: z.string(),
  gguf: z.string().nullable(),
  bestEvalLoss: z.number().nullable(),
  epochs: z.number(),
  stoppedEarly: z.boolean(),
  parity: GateResultSchema,
});
export type TrainingResult = z.infer<typeof TrainingResultSchema>;

/** `train --json`. A version that failed says why. */
export const TrainingReportSchema = z.strictObject({
  runs: z.array(
    z.union([
      TrainingResultSchema,
      z.strictObject({
        runId: z.string().nullable(),
        version: AdapterVersionSchema,
        status: z.enum(["failed", "cancelled"]),
        reason: z.string(),
        adapter: z.null(),
        gguf: z.null(),
        bestEvalLoss: z.null(),
        epochs: z.null(),
        stoppedEarly: z.null(),
        parity: z.null(),
      }),
    ]),
  ),
  /** With `--probe`: what was measured; nothing was trained. */
  probe: TrainingSpeedSchema.optional(),
  /** With `--plan`: what would run, for each version; nothing was trained. */
  plans: z.array(TrainingPlanSchema).optional(),
});
export type TrainingReport = z.infer<typeof TrainingReportSchema>;
