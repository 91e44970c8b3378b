import type {
  AxisScale,
  Curve,
  CurveFigure,
  CurvePoint,
  CurveRun,
  CurveSeries,
} from "../../schema/curves.ts";
import { type Domain, domainOf } from "../axis/ticks.ts";
import { bestOf, smoothed, thinned } from "./smooth.ts";

/** With fewer points than this, a line would suggest values that weren't measured, so points are drawn. */
export const fewestForLine = 10;

/** Points that one line has at most: more than a screen has pixels for is drawn for nothing. */
const mostPoints = 600;

const words: Record<Curve, { title: string; unit: string }> = {
  loss: { title: "Loss", unit: "nats per completion token; rings: on validation rows" },
  learningRate: { title: "Learning rate", unit: "per optimizer step" },
  gradNorm: { title: "Gradient norm", unit: "before clipping" },
  tokensPerSecond: { title: "Speed", unit: "tokens per second, prompt and completion" },
  refusalAuroc: { title: "Refusal AUROC", unit: "share of row pairs in the right order, validation rows" },
  expectedCost: { title: "Expected cost", unit: "per validation row, at the best refusal threshold" },
};

/** The curves measured at evaluations, which way is better, and values that the axis always shows. */
const evaluated: Partial<Record<Curve, { better: "lower" | "higher"; shown: readonly number[] }>> = {
  refusalAuroc: { better: "higher", shown: [0.5, 1] },
  expectedCost: { better: "lower", shown: [0] },
};

/** Room above the highest evaluation, as a share of the axis, so that its ring isn't cut off. */
const ringRoom = 0.1;

export interface CurveOptions {
  readonly scale: AxisScale;
  /** 0 ≤ weight < 1 of the moving average. */
  readonly smoothing: number;
  /** Axes to keep while runs come, go and grow; by default they hold what is there. */
  readonly steps?: Domain | undefined;
  readonly values?: Domain | undefined;
}

/** One measurement of one or several runs, ready to be drawn: the first run has the first color. */
export function curveFigure(curve: Curve, runs: readonly CurveRun[], options: CurveOptions): CurveFigure {
  const { scale, smoothing } = options;
  const series = runs.flatMap((run, place) => seriesOf(curve, run, place, options));
  const drawn = series.flatMap(({ points }) => points);
  const steps = options.steps ?? [0, Math.max(1, ...lastSteps(runs, curve))];
  const values = options.values ?? valuesDomain(curve, drawn, scale);
  return { curve, ...words[curve], scale, smoothing, steps: [...steps], values: [...values], series };
}

function valuesDomain(curve: Curve, drawn: readonly CurvePoint[], scale: AxisScale): Domain {
  const values = drawn.map(({ value }) => value);
  const always = evaluated[curve]?.shown;
  if (always === undefined || scale === "log") return domainOf(values, scale);
  const [low, high] = domainOf([...always, ...values], scale);
  return [low, high + ringRoom * (high - low)];
}

function lastSteps(runs: readonly CurveRun[], curve: Curve): number[] {
  return runs.flatMap((run) => [run[curve].at(-1)?.step ?? 0, run.evalLoss.at(-1)?.step ?? 0]);
}

function seriesOf(curve: Curve, run: CurveRun, place: number, options: CurveOptions): CurveSeries[] {
  const { runId, label } = run;
  const evaluations = evaluated[curve];
  if (evaluations !== undefined) return evaluatedSeries(curve, run, place, options, evaluations.better);
  const measured = oneSeries(run[curve], options);
  const all: CurveSeries[] = [
    { id: `${runId}/${curve}`, label, place, measured: "step", ...measured, best: null },
  ];
  if (curve === "loss" && run.evalLoss.length > 0) {
    const evalLoss = evaluatedSeries("evalLoss", run, place, options, "lower");
    all.push(...evalLoss.map((series) => ({ ...series, label: `${label} eval` })));
  }
  return all;
}

/** What was measured at evaluations, drawn as points: no lines where nothing was measured. */
function evaluatedSeries(
  curve: Curve | "evalLoss",
  run: CurveRun,
  place: number,
  options: CurveOptions,
  better: "lower" | "higher",
): CurveSeries[] {
  const { runId, label } = run;
  if (run[curve].length === 0) return [];
  const evaluations = oneSeries(run[curve], { ...options, smoothing: 0 });
  const best = bestOf(evaluations.points, better);
  const id = `${runId}/${curve}`;
  return [{ id, label, place, measured: "evaluation", ...evaluations, drawnAs: "points", best }];
}

function oneSeries(
  points: readonly CurvePoint[],
  { scale, smoothing }: CurveOptions,
): Pick<CurveSeries, "points" | "smoothed" | "drawnAs" | "leftOut"> {
  const shown = scale === "log" ? points.filter(({ value }) => value > 0) : points;
  const line = shown.length >= fewestForLine;
  return {
    points: thinned(shown, mostPoints),
    smoothed: line && smoothing > 0 ? thinned(smoothed(shown, smoothing), mostPoints) : null,
    drawnAs: line ? "line" : "points",
    leftOut: points.length - shown.length,
  };
}
