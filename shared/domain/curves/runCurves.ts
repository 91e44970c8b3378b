import type { CurvePoint, RunCurves } from "../../schema/curves.ts";
import type { TrainerEvent } from "../../schema/training.ts";

/**
 * A training's measurements from what its trainer said. A resumed training says some steps again: what it said
 * last holds.
 */
export function runCurves(runId: string, label: string, events: Iterable<TrainerEvent>): RunCurves {
  const named = {
    loss: new Map<number, number>(),
    evalLoss: new Map<number, number>(),
    learningRate: new Map<number, number>(),
    gradNorm: new Map<number, number>(),
    tokensPerSecond: new Map<number, number>(),
  };
  for (const event of events) {
    if (event.kind === "evaluation") named.evalLoss.set(event.step, event.evalLoss);
    if (event.kind !== "step") continue;
    const { step, loss, learningRate, gradNorm, tokensPerSecond } = event;
    named.loss.set(step, loss);
    named.learningRate.set(step, learningRate);
    if (gradNorm !== null) named.gradNorm.set(step, gradNorm);
    named.tokensPerSecond.set(step, tokensPerSecond);
  }
  return {
    runId,
    label,
    loss: inOrder(named.loss),
    evalLoss: inOrder(named.evalLoss),
    learningRate: inOrder(named.learningRate),
    gradNorm: inOrder(named.gradNorm),
    tokensPerSecond: inOrder(named.tokensPerSecond),
  };
}

function inOrder(values: ReadonlyMap<number, number>): CurvePoint[] {
  return [...values].map(([step, value]) => ({ step, value })).sort((one, other) => one.step - other.step);
}
