import type { ReactNode } from "react";
import { domainOf } from "../domain/axis/ticks.ts";
import { fewestForLine } from "../domain/curves/curveFigure.ts";
import { bestOf, thinned } from "../domain/curves/smooth.ts";
import type { CurvePoint } from "../schema/curves.ts";
import { usePalette, versionColor } from "./palette.ts";

export interface SparklineProps {
  readonly points: readonly CurvePoint[];
  /** The label for screen readers, with the last value. */
  readonly label: string;
  readonly width: number;
  readonly height: number;
  /** The version's position among those shown, which sets its color. */
  readonly place?: number;
  readonly better?: "higher" | "lower";
}

const inset = 4;

/**
 * Draws a word-sized curve without an axis and with the best point marked, or only points if there are too few for a
 * line.
 */
export function Sparkline(props: SparklineProps): ReactNode {
  const { points, label, width, height, place = 1, better = "lower" } = props;
  const palette = usePalette();
  const { fill } = versionColor(palette, place);
  const [low, high] = domainOf(
    points.map(({ value }) => value),
    "linear",
  );
  const [first, last] = [points[0]?.step ?? 0, points.at(-1)?.step ?? 1];
  const x = (step: number): number =>
    inset + ((step - first) / Math.max(1, last - first)) * (width - 2 * inset);
  const y = (value: number): number => height - inset - ((value - low) / (high - low)) * (height - 2 * inset);
  const best = bestOf(points, better);
  const line = points.length >= fewestForLine;
  return (
    <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      {line ? (
        <polyline
          points={thinned(points, 2 * width)
            .map(({ step, value }) => `${x(step).toFixed(1)},${y(value).toFixed(1)}`)
            .join(" ")}
          fill="none"
          stroke={fill}
          strokeWidth={1.5}
        />
      ) : (
        points.map(({ step, value }) => <circle key={step} cx={x(step)} cy={y(value)} r={2} fill={fill} />)
      )}
      {best === null ? null : (
        <circle
          data-best
          cx={x(best.step)}
          cy={y(best.value)}
          r={3}
          fill={palette.paper}
          stroke={fill}
          strokeWidth={1.5}
        />
      )}
    </svg>
  );
}
