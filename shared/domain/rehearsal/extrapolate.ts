import type { MeasuredDepth, StepPace } from "../../schema/rehearsal.ts";

/**
 * Returns the seconds of a step at full depth. Every layer adds the same time, so two depths give a line:
 * T(L) = T(deep) + (L − deep) · (T(deep) − T(shallow)) / (deep − shallow). Both are medians over the same steps.
 * Where a depth couldn't end two steps in its time, half of that time is a lower bound of its step.
 */
export function extrapolateStep(
  shallow: MeasuredDepth,
  deep: MeasuredDepth | null,
  layers: number,
): StepPace {
  if (shallow.stepSeconds.length === 0 || deep === null)
    return { kind: "slower-than", seconds: shallow.limitSeconds / 2 };
  const common = Math.min(shallow.stepSeconds.length, deep.stepSeconds.length || Number.POSITIVE_INFINITY);
  const low = median(shallow.stepSeconds.slice(0, common));
  const isBound = deep.stepSeconds.length === 0;
  const high = isBound ? deep.limitSeconds / 2 : median(deep.stepSeconds.slice(0, common));
  const perLayer = (high - low) / (deep.layers - shallow.layers);
  if (isBound) return { kind: "slower-than", seconds: high + (layers - deep.layers) * Math.max(0, perLayer) };
  if (perLayer <= 0) return { kind: "unclear" };
  return { kind: "measured", seconds: high + (layers - deep.layers) * perLayer };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}
