import { SEVEN_PROJECTIONS, TRAINING_LIMITS } from "../../schema/training.ts";

/** How a field is entered. Bounds are those of the spec's schema. */
type FieldKind =
  | { readonly kind: "number"; readonly whole: boolean; readonly min: number; readonly max: number }
  | { readonly kind: "choice"; readonly choices: readonly string[] }
  | { readonly kind: "choices"; readonly choices: readonly string[] }
  | { readonly kind: "switch" }
  /** On, off, or left to the plan. */
  | { readonly kind: "auto-switch" }
  /** A number, or left to PyTorch. */
  | { readonly kind: "optional-number"; readonly min: number; readonly max: number };

/** One training setting: its path in the spec, its label, and what it does. */
export interface TrainingField {
  readonly id: string;
  readonly group: "Adapter" | "Optimization" | "Evaluation and stopping" | "Machine";
  readonly label: string;
  readonly unit?: string;
  /** What it does, and what to expect when it is changed. */
  readonly words: string;
  readonly entry: FieldKind;
}

const whole = (min: number, max: number): FieldKind => ({ kind: "number", whole: true, min, max });
const real = (min: number, max: number): FieldKind => ({ kind: "number", whole: false, min, max });

function inGroup(
  group: TrainingField["group"],
  fields: readonly Omit<TrainingField, "group">[],
): readonly TrainingField[] {
  return fields.map(({ id, ...rest }) => ({ id, group, ...rest }));
}

/** Every setting that the user may change, in the order in which they are shown. */
export const TRAINING_FIELDS: readonly TrainingField[] = [
  ...inGroup("Adapter", [
    {
      id: "lora.r",
      label: "Rank",
      words:
        "Width of the matrices that LoRA adds to each adapted layer. A higher rank can learn more but uses proportionally more memory. A hundred short rows rarely need more than 16.",
      entry: whole(1, TRAINING_LIMITS.rank),
    },
    {
      id: "lora.alpha",
      label: "Alpha",
      words:
        "Scales the adapter's output by alpha ÷ rank. Twice the rank is typical. To keep the scale, change both together.",
      entry: real(0, TRAINING_LIMITS.alpha),
    },
    {
      id: "lora.dropout",
      label: "Dropout",
      words:
        "Share of the adapter's inputs dropped at random in each step, which reduces overfitting. With 0, a resumed run gives the same result as an uninterrupted one.",
      entry: real(0, 0.99),
    },
    {
      id: "lora.targetModules",
      label: "Adapted layers",
      words:
        "Linear projections in each layer that get an adapter. All seven learn the most. Fewer cost less and preserve more of the base model.",
      entry: { kind: "choices", choices: SEVEN_PROJECTIONS },
    },
    {
      id: "lora.rslora",
      label: "Rank-stabilized scale",
      words:
        "Scales by alpha ÷ √rank instead of alpha ÷ rank, so a high rank isn't scaled down. Lower alpha when you turn it on.",
      entry: { kind: "switch" },
    },
    {
      id: "lora.dora",
      label: "DoRA",
      words:
        "Also trains the magnitude of each adapted weight row. Can learn more at a low rank, but each step is slower and uses more memory. llama.cpp can't apply such an adapter, so the version runs as a merged copy of the base, which takes as much disk space as the base.",
      entry: { kind: "switch" },
    },
    {
      id: "lora.init",
      label: "Initialization",
      words:
        "How the adapter starts: PEFT's default, or normally distributed. Either way it starts without effect. Methods that change the base model (pissa, loftq) aren't available, because the adapter must run on the unchanged base.",
      entry: { kind: "choice", choices: ["default", "gaussian"] },
    },
  ]),
  ...inGroup("Optimization", [
    {
      id: "optimisation.learningRate",
      label: "Learning rate",
      words:
        "Size of each update. If too high, the loss jumps or becomes NaN. If too low, the adapter barely changes. LoRA needs about ten times the rate of full fine-tuning.",
      entry: real(0, TRAINING_LIMITS.learningRate),
    },
    {
      id: "optimisation.scheduler",
      label: "Schedule",
      words:
        "How the learning rate changes after warm-up: cosine decay, to zero or to a minimum, linear decay or constant.",
      entry: {
        kind: "choice",
        choices: ["cosine", "cosine_with_min_lr", "linear", "constant", "constant_with_warmup"],
      },
    },
    {
      id: "optimisation.minLearningRate",
      label: "Lowest rate",
      words: "Where the schedule cosine_with_min_lr ends. Other schedules ignore it.",
      entry: real(0, TRAINING_LIMITS.learningRate),
    },
    {
      id: "optimisation.warmupSteps",
      label: "Warm-up",
      unit: "steps",
      words:
        "Steps over which the learning rate rises from zero, so the first rows don't destabilize training.",
      entry: whole(0, TRAINING_LIMITS.steps),
    },
    {
      id: "optimisation.batchSize",
      label: "Batch size",
      unit: "rows",
      words:
        "Rows processed at once. Larger batches are faster on a GPU but use proportionally more memory. Refusals are a single token and are learned best in small batches.",
      entry: whole(1, TRAINING_LIMITS.batchSize),
    },
    {
      id: "optimisation.gradientAccumulation",
      label: "Accumulation",
      unit: "batches",
      words:
        "Batches whose gradients are added up before each step. Has the effect of a larger batch without using its memory: rows per step = batch size × accumulation.",
      entry: whole(1, TRAINING_LIMITS.gradientAccumulation),
    },
    {
      id: "optimisation.epochs",
      label: "Epochs",
      words:
        "Maximum passes over the rows. Early stopping may end training sooner. The schedule spans all epochs, so changing this number changes every step.",
      entry: whole(1, TRAINING_LIMITS.epochs),
    },
    {
      id: "optimisation.maxLength",
      label: "Longest row",
      unit: "tokens",
      words:
        "Maximum tokens in prompt and completion together. Longer rows are rejected, never truncated. A smaller limit saves memory.",
      entry: whole(8, TRAINING_LIMITS.rowTokens),
    },
    {
      id: "optimisation.weightDecay",
      label: "Weight decay",
      words: "Pulls the adapter's weights toward zero in each step. 0 is typical for LoRA.",
      entry: real(0, TRAINING_LIMITS.weightDecay),
    },
    {
      id: "optimisation.maxGradNorm",
      label: "Gradient limit",
      words: "Clips the gradient norm to this limit, so a single outlier row can't undo what was learned.",
      entry: real(0, TRAINING_LIMITS.gradNorm),
    },
    {
      id: "optimisation.gradientCheckpointing",
      label: "Recompute activations",
      words:
        "Recomputes activations in the backward pass instead of storing them. Uses less memory and is about a third slower. The result is the same. auto: only if the training wouldn't fit in memory otherwise.",
      entry: { kind: "auto-switch" },
    },
    {
      id: "optimisation.optimizer",
      label: "Optimizer",
      words:
        "auto is AdamW, in its fused form on CUDA. paged_adamw_8bit keeps its moments in a quarter of the memory. It requires an NVIDIA GPU and bitsandbytes.",
      entry: { kind: "choice", choices: ["auto", "adamw_torch", "adamw_torch_fused", "paged_adamw_8bit"] },
    },
    {
      id: "optimisation.neftuneNoiseAlpha",
      label: "Embedding noise",
      words:
        "Adds random noise to the embeddings during training (NEFTune). 5 is typical and can help with few rows. 0 adds none.",
      entry: real(0, TRAINING_LIMITS.noiseAlpha),
    },
    {
      id: "optimisation.refusalWeight",
      label: "Weight per refusal row",
      words:
        "How many times the loss of a refusal row counts. A refusal is a single token and easily outweighed by names. A higher weight teaches more refusals, also wrong ones.",
      entry: real(0, TRAINING_LIMITS.weight),
    },
    {
      id: "optimisation.shuffleNames",
      label: "New order of names in each epoch",
      words:
        "Trains on a row's names in another order in each epoch. The names of a row are a set, and with few rows a model otherwise learns which name follows which.",
      entry: { kind: "switch" },
    },
  ]),
  ...inGroup("Evaluation and stopping", [
    {
      id: "evaluation.strategy",
      label: "Evaluate every",
      words:
        "When to measure the validation rows and save a checkpoint: after each epoch or after a number of steps.",
      entry: { kind: "choice", choices: ["epoch", "steps"] },
    },
    {
      id: "evaluation.steps",
      label: "Steps between evaluations",
      unit: "steps",
      words: "Steps from one evaluation to the next. Applies only when evaluating by steps.",
      entry: { kind: "optional-number", min: 1, max: TRAINING_LIMITS.steps },
    },
    {
      id: "evaluation.patience",
      label: "Patience",
      unit: "evaluations",
      words:
        "Training stops after this number of evaluations without improvement and keeps the best checkpoint.",
      entry: whole(1, TRAINING_LIMITS.patience),
    },
    {
      id: "evaluation.metric",
      label: "Best checkpoint by",
      words:
        "eval_loss averages over all tokens, and only about one in a hundred belongs to a refusal. mean_of_losses weights refusals and answers equally. expected_cost is the cost per row at the best refusal threshold. Between equal costs, the lower loss of the answers decides.",
      entry: { kind: "choice", choices: ["eval_loss", "mean_of_losses", "expected_cost"] },
    },
    {
      id: "evaluation.missedHarmCost",
      label: "Cost of a missed harm",
      words: "Cost of answering a row that should be refused, for the expected cost. Comparisons use 5.",
      entry: real(0, TRAINING_LIMITS.cost),
    },
    {
      id: "evaluation.falseAlarmCost",
      label: "Cost of a false alarm",
      words: "Cost of refusing a row that should be answered, for the expected cost. Comparisons use 1.",
      entry: real(0, TRAINING_LIMITS.cost),
    },
    {
      id: "evaluation.batchSize",
      label: "Validation batch",
      unit: "rows",
      words:
        "Validation rows measured at once. Leave empty for up to 32 on a GPU and 16 on a CPU. Smaller batches use less memory.",
      entry: { kind: "optional-number", min: 1, max: TRAINING_LIMITS.batchSize },
    },
    {
      id: "evaluation.generationRows",
      label: "Rows to answer",
      unit: "rows",
      words:
        "Validation rows that the model also answers at each evaluation, to measure refusals and well-formed names as well as loss. 0 skips this step and saves time.",
      entry: whole(0, TRAINING_LIMITS.rows),
    },
    {
      id: "parity.sequences",
      label: "Parity gate's rows",
      unit: "rows",
      words:
        "Rows on which the trainer and llama.cpp must agree after training. Fewer rows take less time on a large base, and the check is weaker.",
      entry: whole(1, TRAINING_LIMITS.rows),
    },
    {
      id: "parity.maxNewTokens",
      label: "Parity gate's tokens",
      unit: "tokens",
      words: "Maximum tokens compared in each of these rows.",
      entry: whole(1, TRAINING_LIMITS.newTokens),
    },
  ]),
  ...inGroup("Machine", [
    {
      id: "precision",
      label: "Precision",
      words:
        "Number format of the base model's weights during training. int4 requires an NVIDIA GPU and uses a quarter of the memory. Use float32 on a CPU.",
      entry: { kind: "choice", choices: ["float32", "bfloat16", "float16", "int4"] },
    },
    {
      id: "attention",
      label: "Attention",
      words:
        "Implementation of attention. auto is PyTorch's own (sdpa). flash_attention_2 requires the package flash-attn and an NVIDIA GPU.",
      entry: { kind: "choice", choices: ["auto", "sdpa", "eager", "flash_attention_2"] },
    },
    {
      id: "device",
      label: "Device",
      words:
        "Where training runs. auto selects the best available device. The trainer makes the final choice.",
      entry: { kind: "choice", choices: ["auto", "cpu", "cuda", "mps"] },
    },
    {
      id: "threads",
      label: "CPU threads",
      words:
        "CPU threads for training. A tiny model is fastest with one. Leave empty to use the cores that other programs leave free.",
      entry: { kind: "optional-number", min: 1, max: TRAINING_LIMITS.threads },
    },
    {
      id: "workers",
      label: "Loader processes",
      words: "Processes that prepare batches in parallel with training. For short rows, 0 is fastest.",
      entry: { kind: "number", whole: true, min: 0, max: TRAINING_LIMITS.workers },
    },
  ]),
];
