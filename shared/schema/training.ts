import { z } from "zod";
import { CostsSchema } from "./comparison.ts";
import { Count, Positive } from "./numbers.ts";

/** The seven linear projections of a Mistral or Llama layer. */
export const SEVEN_PROJECTIONS = [
  "q_proj",
  "k_proj",
  "v_proj",
  "o_proj",
  "gate_proj",
  "up_proj",
  "down_proj",
] as const;

export const PresetNameSchema = z.enum([
  "embedded",
  "smollm2",
  "mistral-7b-study",
  "mistral-7b",
  "mistral-7b-qlora",
]);
export type PresetName = z.infer<typeof PresetNameSchema>;

export const PrecisionSchema = z.enum(["float32", "bfloat16", "float16", "int4"]);
export type Precision = z.infer<typeof PrecisionSchema>;

/** `auto`: PyTorch's `sdpa`. `flash_attention_2` requires the package flash-attn, CUDA and half precision. */
const AttentionSchema = z.enum(["auto", "sdpa", "eager", "flash_attention_2"]);

export const DeviceSchema = z.enum(["auto", "cpu", "cuda", "mps"]);
export type Device = z.infer<typeof DeviceSchema>;

/**
 * The largest values of settings that the user chooses. Beyond any sensible training, and small enough that every
 * product of them is an exact number.
 */
export const TRAINING_LIMITS = {
  rank: 4096,
  alpha: 65_536,
  learningRate: 1,
  batchSize: 4096,
  gradientAccumulation: 4096,
  epochs: 10_000,
  steps: 10_000_000,
  rowTokens: 1_048_576,
  weightDecay: 1,
  gradNorm: 1_000_000,
  noiseAlpha: 1000,
  weight: 1000,
  cost: 1_000_000,
  patience: 10_000,
  rows: 1_000_000,
  newTokens: 4096,
  threads: 1024,
  workers: 256,
} as const;

const initializations = ["default", "gaussian"] as const;

const loraFields = z.strictObject({
  r: Positive.max(TRAINING_LIMITS.rank),
  alpha: z.number().positive().max(TRAINING_LIMITS.alpha),
  dropout: z.number().min(0).lt(1),
  targetModules: z.array(z.string().max(100)).min(1).max(100),
  /** Scales by alpha / √r instead of alpha / r (Kalajdzievski 2023). */
  rslora: z.boolean(),
  /** Also trains the magnitude of each output row (Liu et al. 2024). Such a version runs merged into its base. */
  dora: z.boolean(),
  /** How the adapter's A begins; B begins at zero. */
  init: z.enum(initializations, {
    error: `must be ${initializations.join(" or ")}. Others, such as pissa and loftq, change the base model's weights, but the adapter must run on the unchanged base model`,
  }),
});
/** Defaults are what a training used before it could set them, so that earlier specs and records stay valid. */
export const LoraSpecSchema = loraFields.extend({
  rslora: loraFields.shape.rslora.default(false),
  dora: loraFields.shape.dora.default(false),
  init: loraFields.shape.init.default("default"),
});

const optimizationFields = z.strictObject({
  learningRate: z.number().positive().max(TRAINING_LIMITS.learningRate),
  scheduler: z.enum(["cosine", "cosine_with_min_lr", "linear", "constant", "constant_with_warmup"]),
  /** Where `cosine_with_min_lr` ends; at most the learning rate. */
  minLearningRate: z.number().nonnegative().max(TRAINING_LIMITS.learningRate),
  /** In optimizer steps. */
  warmupSteps: Count.max(TRAINING_LIMITS.steps),
  batchSize: Positive.max(TRAINING_LIMITS.batchSize),
  gradientAccumulation: Positive.max(TRAINING_LIMITS.gradientAccumulation),
  epochs: Positive.max(TRAINING_LIMITS.epochs),
  /** Tokens of prompt and completion together; a longer row is an error. */
  maxLength: z.number().int().min(8).max(TRAINING_LIMITS.rowTokens),
  weightDecay: z.number().nonnegative().max(TRAINING_LIMITS.weightDecay),
  maxGradNorm: z.number().nonnegative().max(TRAINING_LIMITS.gradNorm),
  /** `auto`: on only where the training wouldn't fit in memory otherwise. */
  gradientCheckpointing: z.union([z.boolean(), z.literal("auto")]),
  /** `auto`: AdamW, fused on CUDA. `paged_adamw_8bit` requires bitsandbytes and CUDA. */
  optimizer: z.enum(["auto", "adamw_torch", "adamw_torch_fused", "paged_adamw_8bit"]),
  /** Noise on the embeddings while training (Jain et al. 2023); 0: none. */
  neftuneNoiseAlpha: z.number().nonnegative().max(TRAINING_LIMITS.noiseAlpha),
  /** How many times the loss of a refusal row counts. */
  refusalWeight: z.number().positive().max(TRAINING_LIMITS.weight),
  /** Trains on a new order of a row's names in each epoch, drawn from the seed. */
  shuffleNames: z.boolean(),
});
export const OptimizationSpecSchema = optimizationFields.extend({
  /** The host decides before the trainer starts. */
  gradientCheckpointing: z.boolean(),
  minLearningRate: optimizationFields.shape.minLearningRate.default(0),
  optimizer: optimizationFields.shape.optimizer.default("adamw_torch"),
  neftuneNoiseAlpha: optimizationFields.shape.neftuneNoiseAlpha.default(0),
  refusalWeight: optimizationFields.shape.refusalWeight.default(1),
  shuffleNames: optimizationFields.shape.shuffleNames.default(false),
});

export const MetricSchema = z.enum(["eval_loss", "mean_of_losses", "expected_cost"]);

const evaluationFields = z.strictObject({
  strategy: z.enum(["epoch", "steps"]),
  /** Optimizer steps between evaluations; needed with `steps`. */
  steps: Positive.max(TRAINING_LIMITS.steps).nullable(),
  /** Evaluations in a row without a better metric after which training ends. */
  patience: Positive.max(TRAINING_LIMITS.patience),
  /**
   * `eval_loss`: over all tokens. `mean_of_losses`: mean of the refusals' and the answers' loss. `expected_cost`: cost
   * per row at the best threshold on the refusal probability; between equal costs, the loss of the answers decides.
   */
  metric: MetricSchema,
  /** Validation rows to generate for at each evaluation; 0: none. */
  generationRows: Count.max(TRAINING_LIMITS.rows),
  maxNewTokens: Positive.max(TRAINING_LIMITS.newTokens),
  /** Validation rows measured at once; null: chosen by device and row length. */
  batchSize: Positive.max(TRAINING_LIMITS.batchSize).nullable(),
  /** Costs of answering a row to refuse and of refusing a row to answer, as comparisons weigh them. */
  missedHarmCost: CostsSchema.shape.falseNegative.unwrap().max(TRAINING_LIMITS.cost),
  falseAlarmCost: CostsSchema.shape.falsePositive.unwrap().max(TRAINING_LIMITS.cost),
});
const costs = CostsSchema.parse({});
export const EvaluationSpecSchema = evaluationFields
  .extend({
    batchSize: evaluationFields.shape.batchSize.default(null),
    missedHarmCost: evaluationFields.shape.missedHarmCost.default(costs.falseNegative),
    falseAlarmCost: evaluationFields.shape.falseAlarmCost.default(costs.falsePositive),
  })
  .refine(({ strategy, steps }) => strategy === "epoch" || steps !== null, {
    error: "steps is required when strategy is steps",
  });
export type EvaluationSpec = z.infer<typeof EvaluationSpecSchema>;

/** The parity gate's reference: how much both engines compute and compare. */
export const ParitySpecSchema = z.strictObject({
  sequences: Positive.max(TRAINING_LIMITS.rows),
  /** Tokens whose probabilities are compared at each position. */
  top: Positive,
  /** Tokens of each sequence's completion. */
  maxNewTokens: Positive.max(TRAINING_LIMITS.newTokens),
});

/** What of a preset a request sets otherwise; what is omitted stays as the preset has it. */
export const TrainingOverridesSchema = z.strictObject({
  lora: loraFields.partial().optional(),
  optimisation: optimizationFields.partial().optional(),
  evaluation: evaluationFields.partial().optional(),
  parity: ParitySpecSchema.omit({ top: true }).partial().optional(),
  precision: PrecisionSchema.optional(),
  attention: AttentionSchema.optional(),
  device: DeviceSchema.optional(),
  /** Null: the trainer chooses. */
  threads: Positive.max(TRAINING_LIMITS.threads).nullable().optional(),
  workers: Count.max(TRAINING_LIMITS.workers).optional(),
});
export type TrainingOverrides = z.infer<typeof TrainingOverridesSchema>;

/**
 * Where the base is. `id` and `revision`: what it was downloaded as, for the record. `hash`, where it is known, spares
 * hashing a large base again.
 */
const BaseSourceSchema = z.strictObject({
  kind: z.literal("folder"),
  name: z.string(),
  dir: z.string(),
  id: z.string().optional(),
  revision: z.string().optional(),
  hash: z.string().optional(),
});

/** What the trainer reads (`python -m namewright_trainer train --spec FILE`). Paths are absolute. */
export const TrainSpecSchema = z.strictObject({
  base: BaseSourceSchema,
  /** JSON lines of TrainRowSchema. */
  rowsPath: z.string(),
  /** Holds `{description}` exactly once. */
  promptTemplate: z.string(),
  /** Gets adapter/, adapter.gguf (not with DoRA), parity.json, training.json and checkpoints/. */
  outDir: z.string(),
  preset: z.string(),
  version: z.string().optional(),
  datasetName: z.string().optional(),
  datasetHash: z.string().optional(),
  lora: LoraSpecSchema,
  optimisation: OptimizationSpecSchema,
  evaluation: EvaluationSpecSchema,
  parity: ParitySpecSchema,
  precision: PrecisionSchema,
  attention: AttentionSchema.default("auto"),
  adapterGguf: z.enum(["f16", "f32"]),
  device: DeviceSchema,
  seed: z.number().int().min(0).max(0xffff_ffff),
  /** CPU threads; null: the cores that other processes leave free, and on an accelerator what PyTorch takes. */
  threads: Positive.max(TRAINING_LIMITS.threads).nullable(),
  /** Processes that make batches ready; 0: the trainer does. */
  workers: Count.max(TRAINING_LIMITS.workers).default(0),
  resume: z.boolean(),
  /** A stop that cannot save within this time leaves the last complete checkpoint. */
  stopGraceSeconds: z.number().min(1),
});
export type TrainSpec = z.infer<typeof TrainSpecSchema>;

const SideSchema = z.enum(["train", "validation"]);
export type Side = z.infer<typeof SideSchema>;

/** One line of the rows file: read, linted, grouped and split by the workbench. No suggestions: a refusal. */
const TrainRowSchema = z.strictObject({
  /** Data row of the dataset, from 1. */
  row: Positive,
  description: z.string().min(1),
  suggestions: z.array(z.string()),
  /** Id of its near-duplicate group. */
  group: z.string(),
  side: SideSchema,
});
export type TrainRow = z.infer<typeof TrainRowSchema>;
