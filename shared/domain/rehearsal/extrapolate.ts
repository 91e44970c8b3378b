import type { MeasuredDepth, StepPace } from "../../schema/rehearsal.ts";

/**
 * Returns the seconds of a step at full depth. Every layer adds the same time, so two depths give a line:
 * T(L) = T(deep) + (L − deep) · (T(deep) − T(shallow)) / (deep − shallow). Both depths train on the same rows in the
 * same order, so each step is extrapolated by itself, and the median counts. Where a depth couldn't end two steps in
 * its time, half of that time is a lower bound of its step.
 */
export function extrapolateStep(
  shallow: MeasuredDepth,
  deep: MeasuredDepth | null,
  layers: number,
): StepPace {
  if (shallow.stepSeconds.length === 0 || deep === null)
    return { kind: "slower-than", seconds: shallow.limitSeconds / 2 };
  const more = (layers - deep.layers) / (deep.layers - shallow.layers);
  if (deep.stepSeconds.length === 0) {
    const bound = deep.limitSeconds / 2;
    return { kind: "slower-than", seconds: bound + more * Math.max(0, bound - median(shallow.stepSeconds)) };
  }
  const steps = shallow.stepSeconds
    .slice(0, deep.stepSeconds.length)
    .map((low, step) => ({ low, high: deep.stepSeconds[step] ?? low }));
  const seconds = median(steps.map(({ low, high }) => high + more * (high - low)));
  // Noise: more layers can't take less time.
  if (seconds <= median(steps.map(({ high }) => high))) return { kind: "unclear" };
  return { kind: "measured", seconds };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}
