import type { CurvePoint } from "../../schema/curves.ts";
import type { JournalEntry } from "../../schema/run.ts";
import type { TrainingCurves } from "../../schema/trainingCurves.ts";
import { type TrainerEvent, TrainerEventSchema } from "../../schema/trainingRecord.ts";
import { thinned } from "../curves/smooth.ts";

export function noCurves(): TrainingCurves {
  return {
    loss: [],
    evalLoss: [],
    learningRate: [],
    gradNorm: [],
    tokensPerSecond: [],
    refusalAuroc: [],
    expectedCost: [],
    evaluations: [],
    bestStep: null,
    stoppedEarlyAt: null,
    facts: null,
    step: 0,
    epoch: 0,
    etaSeconds: null,
    peakMemoryBytes: null,
  };
}

const seriesNames = [
  "loss",
  "evalLoss",
  "learningRate",
  "gradNorm",
  "tokensPerSecond",
  "refusalAuroc",
  "expectedCost",
] as const;

/** The curves with each series changed. */
function withSeries(
  curves: TrainingCurves,
  change: (points: readonly CurvePoint[]) => CurvePoint[],
): TrainingCurves {
  const changed = { ...curves };
  for (const name of seriesNames) changed[name] = change(curves[name]);
  return changed;
}

/** The curves with more of the journal drawn in; what they were is left as it was. */
export function withEntries(before: TrainingCurves, entries: readonly JournalEntry[]): TrainingCurves {
  const events = entries.flatMap(({ event }) => {
    if (event.kind !== "trainer") return [];
    const parsed = TrainerEventSchema.safeParse(event.event);
    return parsed.success ? [parsed.data] : [];
  });
  if (events.length === 0) return before;
  const copy = { ...before, evaluations: [...before.evaluations] };
  const curves = withSeries(copy, (points) => [...points]);
  for (const event of events) draw(curves, event);
  return curves;
}

/** The curves of a whole journal. */
export function curvesOf(entries: readonly JournalEntry[]): TrainingCurves {
  return withEntries(noCurves(), entries);
}

function draw(curves: TrainingCurves, event: TrainerEvent): void {
  switch (event.kind) {
    case "begin":
      begin(curves, event);
      return;
    case "step":
      curves.step = event.step;
      curves.epoch = event.epoch;
      curves.etaSeconds = event.etaSeconds;
      curves.loss.push({ step: event.step, value: event.loss });
      curves.learningRate.push({ step: event.step, value: event.learningRate });
      curves.tokensPerSecond.push({ step: event.step, value: event.tokensPerSecond });
      if (event.gradNorm !== null) curves.gradNorm.push({ step: event.step, value: event.gradNorm });
      return;
    case "evaluation":
      curves.evalLoss.push({ step: event.step, value: event.evalLoss });
      if (event.refusalAuroc !== null)
        curves.refusalAuroc.push({ step: event.step, value: event.refusalAuroc });
      if (event.expectedCost !== null)
        curves.expectedCost.push({ step: event.step, value: event.expectedCost });
      curves.evaluations.push({
        step: event.step,
        epoch: event.epoch,
        best: event.best,
        evalLoss: event.evalLoss,
        meanOfLosses: event.meanOfLosses,
        refusalAuroc: event.refusalAuroc,
        expectedCost: event.expectedCost,
        refusalRecall: event.refusalRecall,
        refusalsChecked: event.refusalsChecked,
        falseRefusals: event.falseRefusals,
        wellFormedShare: event.wellFormedShare,
        answersChecked: event.answersChecked,
      });
      if (event.best) curves.bestStep = event.step;
      return;
    case "memory":
      curves.peakMemoryBytes = Math.max(
        curves.peakMemoryBytes ?? 0,
        event.devicePeakBytes ?? event.peakRssBytes,
      );
      return;
    case "early-stop":
      curves.stoppedEarlyAt = event.step;
      return;
    case "done":
      curves.etaSeconds = 0;
      return;
    default:
      return;
  }
}

type Begin = Extract<TrainerEvent, { kind: "begin" }>;

/** A resumed training continues from a checkpoint: what was drawn after it is done again. */
function begin(curves: TrainingCurves, event: Begin): void {
  const from = event.resumedAtStep ?? 0;
  const kept = <One extends { step: number }>(all: One[]): One[] => all.filter(({ step }) => step <= from);
  for (const name of seriesNames) curves[name] = kept(curves[name]);
  curves.evaluations = kept(curves.evaluations);
  curves.bestStep = curves.evaluations.findLast(({ best }) => best)?.step ?? null;
  curves.stoppedEarlyAt = null;
  curves.step = from;
  curves.epoch = from / Math.max(1, event.stepsPerEpoch);
  curves.facts = {
    rowsTrained: event.rows.trained,
    rowsValidation: event.rows.validation,
    maxSteps: event.maxSteps,
    stepsPerEpoch: event.stepsPerEpoch,
    epochs: event.epochs,
    parameters: event.parameters,
    device: event.device,
    precision: event.precision,
    threads: event.threads,
  };
}

/** Every series thinned; evaluations are few and stay. */
export function thinnedCurves(curves: TrainingCurves, most: number): TrainingCurves {
  return withSeries(curves, (points) => thinned(points, most));
}
