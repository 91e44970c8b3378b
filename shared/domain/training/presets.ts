import { type PresetName, SEVEN_PROJECTIONS, type TrainSpec } from "../../schema/training.ts";

/** What a preset decides; the rest of a spec (base, rows, folder, seed) belongs to the run. */
export type Preset = Pick<
  TrainSpec,
  | "lora"
  | "optimisation"
  | "evaluation"
  | "parity"
  | "precision"
  | "adapterGguf"
  | "threads"
  | "workers"
  | "stopGraceSeconds"
> & { readonly title: string };

const parity = { sequences: 20, top: 64, maxNewTokens: 100 };
const targetModules = [...SEVEN_PROJECTIONS];

/** The tiny base on a CPU: some forty seconds for a hundred rows. */
const embedded: Preset = {
  title: "Embedded tiny Mistral, on a CPU",
  // No dropout: a few epochs of a hundred rows, stopped early, gain nothing from it.
  lora: { r: 16, alpha: 32, dropout: 0, targetModules },
  optimisation: {
    // One row a step: a refusal is one token, and among the names of seven other rows it is hardly heard.
    learningRate: 3e-4,
    scheduler: "cosine",
    warmupSteps: 30,
    batchSize: 1,
    gradientAccumulation: 1,
    epochs: 4,
    maxLength: 768,
    weightDecay: 0,
    maxGradNorm: 1,
    gradientCheckpointing: false,
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
  },
  parity,
  precision: "float32",
  adapterGguf: "f16",
  // A model this small gains nothing from a second thread.
  threads: 1,
  workers: 0,
  stopGraceSeconds: 5,
};

/** The study's values for Mistral 7B Instruct v0.3, as published: to repeat it, not because they are the best. */
const study: Preset = {
  title: "Mistral 7B v0.3, the study's values",
  lora: { r: 64, alpha: 128, dropout: 0.05, targetModules },
  optimisation: {
    learningRate: 5e-6,
    scheduler: "cosine",
    warmupSteps: 50,
    batchSize: 1,
    gradientAccumulation: 4,
    epochs: 10,
    maxLength: 1024,
    weightDecay: 0,
    maxGradNorm: 1,
    gradientCheckpointing: true,
  },
  evaluation: embedded.evaluation,
  parity,
  precision: "bfloat16",
  adapterGguf: "f16",
  threads: null,
  workers: 0,
  // A checkpoint is 2 GB (adapter and optimizer), and a step may take seconds.
  stopGraceSeconds: 30,
};

/** Where it differs from the study, and why. */
const better: Preset = {
  ...study,
  title: "Mistral 7B v0.3, better practice",
  // A hundred short rows hold little: a quarter of the rank suffices, at the same scale alpha / r = 2.
  lora: { r: 16, alpha: 32, dropout: 0.05, targetModules },
  optimisation: {
    ...study.optimisation,
    // LoRA wants about ten times the rate of full fine-tuning; at 5e-6, some 250 steps hardly move the adapter.
    learningRate: 1e-4,
    // 50 steps were two of the study's ten epochs of a hundred rows; here they are a third of one.
    warmupSteps: 10,
    // Batches of four give the same effective batch with a quarter of the forward passes.
    batchSize: 4,
    gradientAccumulation: 1,
    // At this rate the best checkpoint comes early; the cosine then ends where training does.
    epochs: 4,
    // The longest rows are under 500 tokens; the room is memory.
    maxLength: 768,
  },
  // Refusals are about one percent of the loss tokens: eval loss alone hardly sees them.
  evaluation: { ...study.evaluation, metric: "mean_of_losses" },
};

export const PRESETS: Readonly<Record<PresetName, Preset>> = {
  embedded,
  "mistral-7b-study": study,
  "mistral-7b": better,
};
