import { SEVEN_PROJECTIONS, TRAINING_LIMITS } from "../../schema/training.ts";

/** How a field is entered. Bounds are those of the spec's schema. */
export type FieldKind =
  | { readonly kind: "number"; readonly whole: boolean; readonly min: number; readonly max: number }
  | { readonly kind: "choice"; readonly choices: readonly string[] }
  | { readonly kind: "choices"; readonly choices: readonly string[] }
  | { readonly kind: "switch" }
  /** A number, or left to PyTorch. */
  | { readonly kind: "optional-number"; readonly min: number; readonly max: number };

/** One setting of a training: where it stands in the spec, what it is called, and what it does. */
export interface TrainingField {
  readonly id: string;
  readonly group: "Adapter" | "Optimisation" | "Evaluation and stopping" | "Machine";
  readonly label: string;
  readonly unit?: string;
  /** What it does, and what to expect when it is changed. */
  readonly words: string;
  readonly entry: FieldKind;
}

const whole = (min: number, max: number): FieldKind => ({ kind: "number", whole: true, min, max });
const real = (min: number, max: number): FieldKind => ({ kind: "number", whole: false, min, max });

/** Every setting that a person may change, in the order in which they are shown. */
export const TRAINING_FIELDS: readonly TrainingField[] = [
  {
    id: "lora.r",
    group: "Adapter",
    label: "Rank",
    words:
      "The width of the matrices that LoRA adds to each adapted layer. A higher rank can learn more and costs memory in proportion; a hundred short rows rarely need more than 16.",
    entry: whole(1, TRAINING_LIMITS.rank),
  },
  {
    id: "lora.alpha",
    group: "Adapter",
    label: "Alpha",
    words:
      "The adapter's output is scaled by alpha ÷ rank. Twice the rank is usual; change both together to keep the scale.",
    entry: real(0, TRAINING_LIMITS.alpha),
  },
  {
    id: "lora.dropout",
    group: "Adapter",
    label: "Dropout",
    words:
      "The share of the adapter's inputs that is left out at random in each step, against learning rows by heart. 0 makes a resumed run equal to an undisturbed one.",
    entry: real(0, 0.99),
  },
  {
    id: "lora.targetModules",
    group: "Adapter",
    label: "Adapted layers",
    words:
      "The linear projections of each layer that get an adapter. All seven learn most; fewer are cheaper and remember more of the base.",
    entry: { kind: "choices", choices: SEVEN_PROJECTIONS },
  },
  {
    id: "optimisation.learningRate",
    group: "Optimisation",
    label: "Learning rate",
    words:
      "The size of each step. Too high, and the loss jumps or becomes NaN; too low, and the adapter hardly moves. LoRA wants about ten times the rate of full fine-tuning.",
    entry: real(0, TRAINING_LIMITS.learningRate),
  },
  {
    id: "optimisation.scheduler",
    group: "Optimisation",
    label: "Schedule",
    words:
      "How the learning rate goes on after the warm-up: down along a cosine, down along a line, or not at all.",
    entry: { kind: "choice", choices: ["cosine", "linear", "constant", "constant_with_warmup"] },
  },
  {
    id: "optimisation.warmupSteps",
    group: "Optimisation",
    label: "Warm-up",
    unit: "steps",
    words: "Steps over which the learning rate rises from zero, so that the first rows do not throw it off.",
    entry: whole(0, TRAINING_LIMITS.steps),
  },
  {
    id: "optimisation.batchSize",
    group: "Optimisation",
    label: "Batch size",
    unit: "rows",
    words:
      "Rows that are computed at once. More is faster on a GPU and takes memory in proportion; a refusal is one token and is heard best in small batches.",
    entry: whole(1, TRAINING_LIMITS.batchSize),
  },
  {
    id: "optimisation.gradientAccumulation",
    group: "Optimisation",
    label: "Accumulation",
    unit: "batches",
    words:
      "Batches whose gradients are added before a step. It acts as a larger batch without its memory: rows per step are batch size × accumulation.",
    entry: whole(1, TRAINING_LIMITS.gradientAccumulation),
  },
  {
    id: "optimisation.epochs",
    group: "Optimisation",
    label: "Epochs",
    words:
      "How often each row is seen at most; early stopping may end before. The schedule is laid over all of them, so another number changes every step.",
    entry: whole(1, TRAINING_LIMITS.epochs),
  },
  {
    id: "optimisation.maxLength",
    group: "Optimisation",
    label: "Longest row",
    unit: "tokens",
    words:
      "Prompt and completion together. A longer row is an error, never cut; a smaller number saves memory where no row is longer.",
    entry: whole(8, TRAINING_LIMITS.rowTokens),
  },
  {
    id: "optimisation.weightDecay",
    group: "Optimisation",
    label: "Weight decay",
    words: "Draws the adapter's weights towards zero in each step. 0 is usual for LoRA.",
    entry: real(0, TRAINING_LIMITS.weightDecay),
  },
  {
    id: "optimisation.maxGradNorm",
    group: "Optimisation",
    label: "Gradient limit",
    words: "A longer gradient is cut to this length, so that one odd row cannot undo what was learnt.",
    entry: real(0, TRAINING_LIMITS.gradNorm),
  },
  {
    id: "optimisation.gradientCheckpointing",
    group: "Optimisation",
    label: "Recompute activations",
    words:
      "Keeps less for the backward pass and computes it again: a large model fits into less memory, about a third slower. The result is the same.",
    entry: { kind: "switch" },
  },
  {
    id: "evaluation.strategy",
    group: "Evaluation and stopping",
    label: "Evaluate each",
    words:
      "When the validation rows are measured and a checkpoint is kept: after each epoch, or every so many steps.",
    entry: { kind: "choice", choices: ["epoch", "steps"] },
  },
  {
    id: "evaluation.steps",
    group: "Evaluation and stopping",
    label: "Steps between",
    unit: "steps",
    words: "Steps from one evaluation to the next, where they are counted in steps.",
    entry: { kind: "optional-number", min: 1, max: TRAINING_LIMITS.steps },
  },
  {
    id: "evaluation.patience",
    group: "Evaluation and stopping",
    label: "Patience",
    unit: "evaluations",
    words:
      "After so many evaluations in a row without a better one training ends; the best checkpoint is kept.",
    entry: whole(1, TRAINING_LIMITS.patience),
  },
  {
    id: "evaluation.metric",
    group: "Evaluation and stopping",
    label: "Best by",
    words:
      "eval_loss looks at all tokens, of which refusals are about one in a hundred. mean_of_losses gives refusals and answers the same weight.",
    entry: { kind: "choice", choices: ["eval_loss", "mean_of_losses"] },
  },
  {
    id: "evaluation.generationRows",
    group: "Evaluation and stopping",
    label: "Rows to answer",
    unit: "rows",
    words:
      "Validation rows that are also answered at each evaluation, to see refusals and well-formed names and not only a loss. 0 spares the time.",
    entry: whole(0, TRAINING_LIMITS.rows),
  },
  {
    id: "precision",
    group: "Machine",
    label: "Precision",
    words:
      "How the base's weights are held while training. int4 needs an NVIDIA GPU and a quarter of the memory; a CPU wants float32.",
    entry: { kind: "choice", choices: ["float32", "bfloat16", "float16", "int4"] },
  },
  {
    id: "device",
    group: "Machine",
    label: "Device",
    words: "Where it trains. auto takes the best there is; the trainer has the last word.",
    entry: { kind: "choice", choices: ["auto", "cpu", "cuda", "mps"] },
  },
  {
    id: "threads",
    group: "Machine",
    label: "CPU threads",
    words: "Threads on the CPU. A tiny model is fastest with one; left empty, PyTorch takes what there is.",
    entry: { kind: "optional-number", min: 1, max: TRAINING_LIMITS.threads },
  },
  {
    id: "workers",
    group: "Machine",
    label: "Loader processes",
    words:
      "Processes that make batches ready beside the trainer. Short rows are ready at once: 0 serves them best.",
    entry: { kind: "number", whole: true, min: 0, max: TRAINING_LIMITS.workers },
  },
];
