import { z } from "zod";
import { Count } from "./numbers.ts";

/** A measurement at an optimizer step. */
export const CurvePointSchema = z.strictObject({ step: Count, value: z.number() });
export type CurvePoint = z.infer<typeof CurvePointSchema>;

const points = z.array(CurvePointSchema);

/**
 * What one training measured, in order of steps, as a figure needs it. Losses in nats per completion token; `tokensPerSecond` counts
 * prompt and completion tokens.
 */
const CurveRunSchema = z.strictObject({
  runId: z.string(),
  /** What the run is called on the screen. */
  label: z.string(),
  loss: points,
  evalLoss: points,
  learningRate: points,
  gradNorm: points,
  tokensPerSecond: points,
  /** Measured on the validation rows: area under the ROC curve, and cost per row at the best threshold. */
  refusalAuroc: points,
  expectedCost: points,
});
export type CurveRun = z.infer<typeof CurveRunSchema>;

/** Which measurement a figure shows; `loss` shows the evaluations' loss with it. */
const CurveSchema = z.enum([
  "loss",
  "learningRate",
  "gradNorm",
  "tokensPerSecond",
  "refusalAuroc",
  "expectedCost",
]);
export type Curve = z.infer<typeof CurveSchema>;

const AxisScaleSchema = z.enum(["linear", "log"]);
export type AxisScale = z.infer<typeof AxisScaleSchema>;

const DomainSchema = z.tuple([z.number(), z.number()]);

/** One run's line or points in a figure, thinned to what a screen can show. */
const CurveSeriesSchema = z.strictObject({
  id: z.string(),
  label: z.string(),
  /** The run's place among those shown: gives the color. */
  place: Count,
  /** `evaluation`: measured now and then on validation rows, always drawn as points. */
  measured: z.enum(["step", "evaluation"]),
  /** A line only where there are points enough for one. */
  drawnAs: z.enum(["line", "points"]),
  points,
  /** Exponential moving average; null: not asked for, or too few points. */
  smoothed: points.nullable(),
  /** The best evaluation so far; null: none, or it has no best. */
  best: CurvePointSchema.nullable(),
  /** Values that a logarithm has no place for: zero or less. */
  leftOut: Count,
});
export type CurveSeries = z.infer<typeof CurveSeriesSchema>;

export const CurveFigureSchema = z.strictObject({
  curve: CurveSchema,
  title: z.string(),
  /** What the values are, with their unit. */
  unit: z.string(),
  scale: AxisScaleSchema,
  /** 0 ≤ weight < 1 of the moving average; 0: none. */
  smoothing: z.number().min(0).lt(1),
  steps: DomainSchema,
  values: DomainSchema,
  series: z.array(CurveSeriesSchema),
});
export type CurveFigure = z.infer<typeof CurveFigureSchema>;
