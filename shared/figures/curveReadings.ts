import { thinned } from "../domain/curves/smooth.ts";
import type { CurveFigure } from "../schema/curves.ts";

/** The values of every line at one step, as text. */
export interface CurveReading {
  readonly step: number;
  readonly lines: readonly string[];
}

/** Maximum number of stops for the pointer and the arrow keys that can be told apart. */
const mostStops = 240;

/** Returns the exact values at each measured step, thinned without losing an evaluation or a spike. */
export function curveReadings(
  { series }: CurveFigure,
  formatValue: (value: number) => string,
): CurveReading[] {
  const stops = new Set<number>();
  for (const one of series) {
    const most = one.measured === "evaluation" ? one.points.length : mostStops;
    for (const { step } of thinned(one.points, Math.max(1, most))) stops.add(step);
  }
  const values = series.map((one) => ({
    one,
    raw: new Map(one.points.map(({ step, value }) => [step, value])),
    smooth: new Map((one.smoothed ?? []).map(({ step, value }) => [step, value])),
  }));
  return [...stops]
    .sort((a, b) => a - b)
    .map((step) => ({
      step,
      lines: [
        `step ${step}`,
        ...values.flatMap(({ one, raw, smooth }) => {
          const value = raw.get(step);
          if (value === undefined) return [];
          const average = smooth.get(step);
          const best = one.best?.step === step ? ", best so far" : "";
          return [
            `${one.label}: ${formatValue(value)}${average === undefined ? "" : `, smoothed ${formatValue(average)}`}${best}`,
          ];
        }),
      ],
    }));
}
