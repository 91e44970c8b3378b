import type { CurvePoint } from "../../schema/curves.ts";

/**
 * Exponential moving average with the bias of its beginning taken out, as TensorBoard draws it: after t points
 * s = w·s + (1 − w)·x, shown as s / (1 − wᵗ). `weight` w is in [0, 1); 0 gives the points back.
 */
export function smoothed(points: readonly CurvePoint[], weight: number): CurvePoint[] {
  let [average, left] = [0, 1];
  return points.map(({ step, value }) => {
    average = weight * average + (1 - weight) * value;
    left *= weight;
    return { step, value: average / (1 - left) };
  });
}

/**
 * At most about `most` points that look like all of them: of each stretch of steps the first, the least, the
 * greatest and the last, so that no spike is lost.
 */
export function thinned(points: readonly CurvePoint[], most: number): CurvePoint[] {
  if (points.length <= most) return [...points];
  const stretches = Math.max(1, Math.floor(most / 4));
  const kept: CurvePoint[] = [];
  for (let index = 0; index < stretches; index += 1) {
    const from = Math.floor((index * points.length) / stretches);
    const to = Math.floor(((index + 1) * points.length) / stretches);
    kept.push(...outline(points.slice(from, to)));
  }
  return kept;
}

function outline(stretch: readonly CurvePoint[]): CurvePoint[] {
  const [first] = stretch;
  if (first === undefined) return [];
  let [least, greatest] = [first, first];
  for (const point of stretch) {
    if (point.value < least.value) least = point;
    if (point.value > greatest.value) greatest = point;
  }
  const marks = new Set([first, least, greatest, stretch.at(-1) ?? first]);
  return stretch.filter((point) => marks.has(point));
}

/** The best point; of equals the earlier. Null without points. */
export function bestOf(points: readonly CurvePoint[], better: "higher" | "lower"): CurvePoint | null {
  let best: CurvePoint | null = null;
  for (const point of points) {
    if (best === null || (better === "lower" ? point.value < best.value : point.value > best.value))
      best = point;
  }
  return best;
}
