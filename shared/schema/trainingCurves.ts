import { z } from "zod";
import { CurvePointSchema } from "./curves.ts";
import { RunStatusSchema } from "./run.ts";

const Series = z.array(CurvePointSchema);

/** One evaluation on the validation rows. Losses in nats per completion token; null: no row to measure it on. */
const CurveEvaluationSchema = z.strictObject({
  step: z.number(),
  epoch: z.number(),
  best: z.boolean(),
  evalLoss: z.number(),
  meanOfLosses: z.number(),
  /** Null without rows of both kinds, and in journals of earlier versions. */
  refusalAuroc: z.number().nullable(),
  expectedCost: z.number().nullable(),
  refusalRecall: z.number().nullable(),
  refusalsChecked: z.number(),
  falseRefusals: z.number(),
  wellFormedShare: z.number().nullable(),
  answersChecked: z.number(),
});

/** What the trainer said when it began: counts of rows and tokens, and where it runs. */
const CurveFactsSchema = z.strictObject({
  rowsTrained: z.number(),
  rowsValidation: z.number(),
  maxSteps: z.number(),
  stepsPerEpoch: z.number(),
  epochs: z.number(),
  parameters: z.strictObject({ trainable: z.number(), total: z.number() }),
  device: z.string(),
  precision: z.string(),
  threads: z.number(),
});

/** A training as its journal's events draw it. Steps rise within each series. */
const TrainingCurvesSchema = z.strictObject({
  loss: Series,
  evalLoss: Series,
  learningRate: Series,
  gradNorm: Series,
  /** Prompt and completion tokens per second since the process began. */
  tokensPerSecond: Series,
  /** At each evaluation that could measure them. */
  refusalAuroc: Series,
  expectedCost: Series,
  evaluations: z.array(CurveEvaluationSchema),
  /** The step whose checkpoint is the best so far; null: none is yet. */
  bestStep: z.number().nullable(),
  stoppedEarlyAt: z.number().nullable(),
  /** Null until the trainer has begun. */
  facts: CurveFactsSchema.nullable(),
  step: z.number(),
  epoch: z.number(),
  etaSeconds: z.number().nullable(),
  peakMemoryBytes: z.number().nullable(),
});
export type TrainingCurves = z.infer<typeof TrainingCurvesSchema>;

/** A run's curves, thinned to some points a series, with what can be said of them in words. */
export const RunCurvesSchema = z.strictObject({
  id: z.string(),
  title: z.string(),
  version: z.string().nullable(),
  status: RunStatusSchema,
  createdAt: z.string(),
  endedAt: z.string().nullable(),
  curves: TrainingCurvesSchema,
  /** The early-stopping state in words. */
  stopping: z.string(),
});
export type RunCurves = z.infer<typeof RunCurvesSchema>;
