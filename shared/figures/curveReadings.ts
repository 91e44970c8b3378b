import { thinned } from "../domain/curves/smooth.ts";
import type { CurveFigure } from "../schema/curves.ts";

/** What every line of a figure says at one step, in words. */
export interface CurveReading {
  readonly step: number;
  readonly lines: readonly string[];
}

/** Stops for the pointer and the arrow keys: more could not be told apart. */
const mostStops = 240;

/** The exact values at each step where something was measured, thinned without losing an evaluation or a spike. */
export function curveReadings({ series }: CurveFigure, words: (value: number) => string): CurveReading[] {
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
            `${one.label}: ${words(value)}${average === undefined ? "" : `, smoothed ${words(average)}`}${best}`,
          ];
        }),
      ],
    }));
}
