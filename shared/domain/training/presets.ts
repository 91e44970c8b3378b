import { CostsSchema } from "../../schema/comparison.ts";
import { type PresetName, SEVEN_PROJECTIONS, type TrainSpec } from "../../schema/training.ts";

/** Optimization as chosen: whether to recompute activations may be left to the plan. */
type OptimizationSettings = Omit<TrainSpec["optimisation"], "gradientCheckpointing"> & {
  readonly gradientCheckpointing: boolean | "auto";
};

/** What a preset decides; the rest of a spec (base, rows, folder, seed) belongs to the run. */
export type Preset = Pick<
  TrainSpec,
  | "lora"
  | "evaluation"
  | "parity"
  | "precision"
  | "attention"
  | "adapterGguf"
  | "threads"
  | "workers"
  | "stopGraceSeconds"
> & { readonly title: string; readonly optimisation: OptimizationSettings };

const costs = CostsSchema.parse({});
const parity = { sequences: 20, top: 64, maxNewTokens: 100 };
const targetModules = [...SEVEN_PROJECTIONS];

/** The tiny base on a CPU: some forty seconds for a hundred rows. */
const embedded: Preset = {
  title: "Embedded tiny Mistral, on a CPU",
  // No dropout: a few epochs of a hundred rows, stopped early, gain nothing from it.
  lora: { r: 16, alpha: 32, dropout: 0, targetModules, rslora: false, dora: false, init: "default" },
  optimisation: {
    // One row a step: a refusal is one token, and among the names of seven other rows it is hardly heard.
    learningRate: 3e-4,
    scheduler: "cosine",
    minLearningRate: 0,
    warmupSteps: 30,
    batchSize: 1,
    gradientAccumulation: 1,
    epochs: 4,
    maxLength: 768,
    weightDecay: 0,
    maxGradNorm: 1,
    gradientCheckpointing: false,
    optimizer: "auto",
    neftuneNoiseAlpha: 0,
    refusalWeight: 1,
    shuffleNames: false,
  },
  evaluation: {
    strategy: "epoch",
    steps: null,
    patience: 2,
    // Not the mean of the two losses: of sixteen refusals two are validated on, and their loss alone is lowest in the
    // first epoch, when the model refuses everything.
    metric: "eval_loss",
    generationRows: 32,
    maxNewTokens: 100,
    batchSize: null,
    missedHarmCost: costs.falseNegative,
    falseAlarmCost: costs.falsePositive,
  },
  parity,
  precision: "float32",
  attention: "auto",
  adapterGguf: "f16",
  // A model this small gains nothing from a second thread.
  threads: 1,
  workers: 0,
  stopGraceSeconds: 5,
};

/** SmolLM2 135M Instruct on a CPU. */
const smollm2: Preset = {
  title: "SmolLM2 135M, on a CPU",
  // Half the rank of the other presets at the same scale, because the sample's repository holds two such adapters.
  lora: { ...embedded.lora, r: 8, alpha: 16 },
  optimisation: {
    ...embedded.optimisation,
    // Of six settings tried (docs/smollm2.md).
    learningRate: 8e-4,
    warmupSteps: 10,
    // With one row a step, a refusal weighs as much as five names, and the model refuses most safe rows.
    batchSize: 4,
    // In a third epoch, the validation loss rises.
    epochs: 2,
    shuffleNames: true,
  },
  // Writing out and comparing tokens takes longer than training on them, so each is done for few.
  evaluation: { ...embedded.evaluation, generationRows: 8, maxNewTokens: 48 },
  parity: { ...parity, sequences: 8, maxNewTokens: 24 },
  precision: "float32",
  attention: "auto",
  adapterGguf: "f16",
  // The trainer takes the cores that other processes leave free.
  threads: null,
  workers: 0,
  stopGraceSeconds: 15,
};

/**
 * The study's optimizer values for Mistral 7B Instruct v0.3, as published: to repeat them, not because they are the
 * best. Its v1 was trained on 200 rows with 20 refusals, its v2 on 276 rows with 29. Not the study's: the prompt, the
 * loss (the study's covers the prompt too), the precision (float16), the split, and how the checkpoint is selected.
 */
const study: Preset = {
  title: "Mistral 7B v0.3, the study's optimizer values",
  lora: { r: 64, alpha: 128, dropout: 0.05, targetModules, rslora: false, dora: false, init: "default" },
  optimisation: {
    learningRate: 5e-6,
    scheduler: "cosine",
    minLearningRate: 0,
    // 180 of the study's 200 rows make 45 steps an epoch: 50 steps are a little more than one of ten epochs.
    warmupSteps: 50,
    batchSize: 1,
    gradientAccumulation: 4,
    epochs: 10,
    maxLength: 1024,
    weightDecay: 0,
    maxGradNorm: 1,
    // Recomputing takes about a third longer, and an 80 GB card doesn't need it.
    gradientCheckpointing: "auto",
    optimizer: "auto",
    neftuneNoiseAlpha: 0,
    refusalWeight: 1,
    shuffleNames: false,
  },
  // Two or three validation refusals make their loss alone a poor guide. The cost of the decisions is what counts.
  evaluation: { ...embedded.evaluation, metric: "expected_cost" },
  parity,
  precision: "bfloat16",
  attention: "auto",
  adapterGguf: "f16",
  // On a CPU, the trainer takes the cores that other processes leave free: shared cores are several times slower.
  threads: null,
  workers: 0,
  // A checkpoint is 2 GB (adapter and optimizer), and a step may take seconds.
  stopGraceSeconds: 30,
};

/** Where it differs from the study, and why. */
const better: Preset = {
  ...study,
  title: "Mistral 7B v0.3, better practice",
  // A few hundred short rows hold little: a quarter of the rank suffices, at the same scale alpha / r = 2.
  lora: { ...study.lora, r: 16, alpha: 32 },
  optimisation: {
    ...study.optimisation,
    // LoRA wants about ten times the rate of full fine-tuning; at 5e-6, the study's 450 steps hardly move the adapter.
    learningRate: 1e-4,
    // The study's 50 steps would be more than one of these four epochs.
    warmupSteps: 10,
    // Batches of four give the same effective batch with a quarter of the forward passes.
    batchSize: 4,
    gradientAccumulation: 1,
    // At this rate the best checkpoint comes early; the cosine then ends where training does.
    epochs: 4,
    // The longest rows are under 500 tokens; the room is memory.
    maxLength: 768,
  },
};

/** Fits a 16 GB card: the base in 4 bits (NF4, double quantization), computed with in bfloat16 (Dettmers et al. 2023). */
const qlora: Preset = {
  ...better,
  title: "Mistral 7B v0.3, QLoRA in 4 bits on an NVIDIA GPU",
  optimisation: {
    ...better.optimisation,
    batchSize: 4,
    gradientAccumulation: 2,
    gradientCheckpointing: true,
    // Its moments take a quarter of the memory, and move to host memory when the card's runs out.
    optimizer: "paged_adamw_8bit",
  },
  precision: "int4",
};

export const PRESETS: Readonly<Record<PresetName, Preset>> = {
  embedded,
  smollm2,
  "mistral-7b-study": study,
  "mistral-7b": better,
  "mistral-7b-qlora": qlora,
};

/** Returns the preset that was made for one base, or null for a base that several presets fit. */
export function presetOfBase(base: string): PresetName | null {
  return base === "embedded" || base === "smollm2" ? base : null;
}

/**
 * Returns the refusal threshold of a new workspace. A model that has learned varied names gives each possible first token
 * of a list a few percent. Without a threshold, it would refuse whenever the end of the text is more probable than that.
 * The value was chosen on dev rows of the sample (docs/smollm2.md).
 */
export function thresholdOfBase(base: string): number | null {
  return base === "smollm2" ? 0.25 : null;
}

/** Returns the preset after a change of the base: that of the new base, or the current one if it fits. */
export function presetAfterChange(base: string, current: string): string {
  return presetOfBase(base) ?? (presetOfBase(current) === null ? current : "mistral-7b");
}
