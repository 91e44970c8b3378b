import { z } from "zod";
import { Count, Positive } from "./numbers.ts";
import { TrainedPromptSchema } from "./prompt.ts";
import {
  EvaluationSpecSchema,
  LoraSpecSchema,
  MetricSchema,
  OptimizationSpecSchema,
  ParitySpecSchema,
  PrecisionSchema,
} from "./training.ts";

/** What is measured at an evaluation. Losses in nats per completion token; null: no row to measure it on. */
const evaluationFigures = {
  evalLoss: z.number(),
  evalLossRefusals: z.number().nullable(),
  evalLossAnswers: z.number().nullable(),
  meanOfLosses: z.number(),
  /**
   * How well P(end of text | prompt) separates rows to refuse from rows to answer: area under the ROC curve, and cost
   * per row at the threshold that costs least. Null without rows of both kinds, and in what earlier versions wrote.
   */
  refusalAuroc: z.number().nullable().default(null),
  expectedCost: z.number().nullable().default(null),
  /** Share of the checked refusal rows that the model refuses. */
  refusalRecall: z.number().nullable(),
  /** Number of the checked answer rows that the model refuses. */
  falseRefusals: Count,
  /** Share of the checked answer rows answered with exactly five valid names. */
  wellFormedShare: z.number().nullable(),
  refusalsChecked: Count,
  answersChecked: Count,
  seconds: z.number(),
};

/** Rows of a dataset by their use in a training. */
export const RowCountsSchema = z.strictObject({
  in: Count,
  trained: Count,
  validation: Count,
  refusalsTrained: Count,
  refusalsValidation: Count,
});
export type RowCounts = z.infer<typeof RowCountsSchema>;

const tokenCounts = z.strictObject({
  trainedPrompt: Count,
  trainedCompletion: Count,
  validationCompletion: Count,
  longestRow: Count,
});

const parameterCounts = z.strictObject({ trainable: Count, total: Count });

const outcome = {
  /** What selected the checkpoint: `eval_loss` where the spec's `expected_cost` is undefined. */
  metric: MetricSchema,
  bestStep: Count.nullable(),
  /** With `expected_cost`: the cost and less than 1e-6 for the loss of the answers. */
  bestMetric: z.number().nullable(),
  steps: Count,
  epochs: z.number(),
  stoppedEarly: z.boolean(),
};

const elapsedSeconds = z.number();

export const TrainerErrorEventSchema = z.strictObject({
  kind: z.literal("error"),
  elapsedSeconds,
  code: z.enum(["check-failed", "usage", "bad-value", "missing", "service-refused", "defect"]),
  message: z.string(),
  hint: z.string().nullable(),
  row: Positive.nullable(),
});

/** The trainer wrote the reference of the parity gate. */
export const ParityReferenceEventSchema = z.strictObject({
  kind: z.literal("parity-reference"),
  elapsedSeconds,
  path: z.string(),
  sequences: Count,
  positions: Count,
});

/** One line that the trainer writes to standard output; `elapsedSeconds` counts from its start. */
export const TrainerEventSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("stage"),
    elapsedSeconds,
    stage: z.enum([
      "import",
      "load-base",
      "encode",
      "train",
      "save-adapter",
      "convert-adapter",
      "parity-reference",
      "record",
    ]),
  }),
  z.strictObject({
    kind: z.literal("begin"),
    elapsedSeconds,
    rows: RowCountsSchema,
    tokens: tokenCounts,
    maxSteps: Count,
    stepsPerEpoch: Count,
    epochs: Count,
    resumedAtStep: Count.nullable(),
    parameters: parameterCounts,
    device: z.enum(["cpu", "cuda", "mps"]),
    precision: PrecisionSchema,
    threads: Count,
  }),
  z.strictObject({
    kind: z.literal("step"),
    elapsedSeconds,
    step: Count,
    maxSteps: Count,
    epoch: z.number(),
    loss: z.number(),
    learningRate: z.number(),
    gradNorm: z.number().nullable(),
    /** Prompt and completion tokens trained since this process began, per second of training. */
    tokensPerSecond: z.number(),
    etaSeconds: z.number().nullable(),
  }),
  z.strictObject({
    kind: z.literal("evaluation"),
    elapsedSeconds,
    step: Count,
    epoch: z.number(),
    best: z.boolean(),
    ...evaluationFigures,
  }),
  z.strictObject({ kind: z.literal("checkpoint"), elapsedSeconds, step: Count, path: z.string() }),
  z.strictObject({
    kind: z.literal("memory"),
    elapsedSeconds,
    rssBytes: Count,
    peakRssBytes: Count,
    deviceBytes: Count.nullable(),
    devicePeakBytes: Count.nullable(),
  }),
  z.strictObject({ kind: z.literal("warning"), elapsedSeconds, code: z.string(), message: z.string() }),
  z.strictObject({
    kind: z.literal("early-stop"),
    elapsedSeconds,
    step: Count,
    bestStep: Count.nullable(),
    bestMetric: z.number().nullable(),
  }),
  ParityReferenceEventSchema,
  z.strictObject({
    kind: z.literal("done"),
    elapsedSeconds,
    /** Paths relative to outDir. */
    adapter: z.string(),
    /** Null with DoRA, which runs merged into the base. */
    adapterGguf: z.string().nullable(),
    parity: z.string(),
    record: z.string(),
    ...outcome,
  }),
  z.strictObject({
    kind: z.literal("cancelled"),
    elapsedSeconds,
    /** The last complete checkpoint; null: none, a resume starts afresh. */
    step: Count.nullable(),
    checkpoint: z.string().nullable(),
    resumable: z.boolean(),
  }),
  TrainerErrorEventSchema,
]);
export type TrainerEvent = z.infer<typeof TrainerEventSchema>;

/** `training.json`: everything a training used, and how it went. It holds no path of the machine. */
export const TrainingRecordSchema = z.strictObject({
  schemaVersion: z.literal(1),
  spec: z.looseObject({
    base: z.strictObject({
      kind: z.enum(["folder", "hub"]),
      name: z.string(),
      id: z.string().nullable(),
      revision: z.string().nullable(),
      hash: z.string().nullable(),
    }),
    promptTemplate: z.string(),
    preset: z.string(),
    version: z.string().nullable(),
    datasetName: z.string().nullable(),
    lora: LoraSpecSchema,
    optimisation: OptimizationSpecSchema,
    evaluation: EvaluationSpecSchema,
    parity: ParitySpecSchema,
    precision: PrecisionSchema,
    seed: z.number().int(),
  }),
  baseHash: z.string(),
  datasetHash: z.string().nullable(),
  rows: RowCountsSchema,
  tokens: tokenCounts,
  parameters: parameterCounts,
  ...outcome,
  evaluations: z.array(z.strictObject({ step: Count, epoch: z.number(), ...evaluationFigures })),
  device: z.enum(["cpu", "cuda", "mps"]),
  deviceName: z.string(),
  threads: Count,
  /** What the trainer chose; absent in what earlier versions wrote. */
  resolved: z
    .strictObject({
      /** The type that held the base's weights; `nf4`: 4-bit through bitsandbytes. The parity reference ran on them. */
      weights: z.enum(["float32", "bfloat16", "float16", "nf4"]),
      computeType: z.enum(["float32", "bfloat16", "float16"]),
      optimizer: z.string(),
      attention: z.string(),
      validationBatch: Positive,
    })
    .optional(),
  /** A resumed run's `wallSeconds` count from the resume. */
  resumed: z.boolean(),
  packages: z.record(z.string(), z.string()),
  wallSeconds: z.number(),
  /** Added by the workbench: the one GPU that the trainer saw, with its number in `nvidia-smi`. */
  gpu: z.strictObject({ index: Count, name: z.string() }).optional(),
  /** Added by the workbench: the prompt by its name and the hash of its text. Absent in what earlier versions wrote. */
  prompt: TrainedPromptSchema.optional(),
  /** Added by the workbench: the memory check was overridden. */
  anyway: z.literal(true).optional(),
});
export type TrainingRecord = z.infer<typeof TrainingRecordSchema>;

/** Last line of `convert-base`, `convert-adapter` and `merge`; `convert` lines before it report the progress. */
export const ConversionEventSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("convert"), elapsedSeconds, tensor: Positive, tensors: Positive }),
  z.strictObject({
    kind: z.literal("done"),
    elapsedSeconds,
    gguf: z.string().nullable(),
    folder: z.string().nullable(),
    bytes: Count.nullable(),
    peakRssBytes: Count,
  }),
  TrainerErrorEventSchema,
]);
