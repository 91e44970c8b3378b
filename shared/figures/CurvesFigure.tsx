import type { ReactNode } from "react";
import { Line, Scatter, type ScatterShapeProps } from "recharts";
import { formatNumber, formatSignificant } from "../domain/format/number.ts";
import type { Curve, CurveFigure, CurvePoint, CurveSeries } from "../schema/curves.ts";
import { curveReadings } from "./curveReadings.ts";
import { Heading, headingHeight, Text } from "./frame.tsx";
import { Hit, Hits } from "./interaction.tsx";
import { usePalette, versionColor } from "./palette.ts";
import { textWidth } from "./textWidth.ts";
import { edge, font } from "./tokens.ts";
import {
  EmptyPlot,
  PlotContent,
  type PlotRectangle,
  type Scales,
  XYPlot,
  xAxisHeight,
  yAxisWidth,
} from "./XYPlot.tsx";

export interface CurvesFigureProps {
  readonly figure: CurveFigure;
  readonly width: number;
  readonly height: number;
  readonly onStep?: ((step: number) => void) | undefined;
}

const top = headingHeight(1) + 14;
/** Minimum and maximum width of the label column. */
const labelWidths = [64, 190] as const;
const labelHeight = 16;

/** Returns a value as text: losses with three decimals, other measurements with significant digits. */
export function curveValue(curve: Curve, value: number): string {
  return curve === "loss" ? formatNumber(value) : formatSignificant(value);
}

function placeOf(figure: CurveFigure, width: number, height: number): PlotRectangle {
  const widths = figure.series.map((one) => textWidth(endLabel(figure, one), font.small) + 14);
  const longest = Math.max(labelWidths[0], ...widths);
  return {
    left: edge + yAxisWidth - 16,
    right: width - edge - Math.min(longest, labelWidths[1], width / 4),
    top,
    bottom: height - xAxisHeight - 8,
  };
}

/** Draws training measurements by step: faint raw values, their moving average, and evaluations as rings. */
export function CurvesFigure({ figure, width, height, onStep }: CurvesFigureProps): ReactNode {
  const { title, unit, scale, smoothing, steps, values, series } = figure;
  const place = placeOf(figure, width, height);
  const palette = usePalette();
  // Recharts gives an axis without values no ticks, unless its domain is fixed.
  const empty = series.every(({ points }) => points.length === 0);
  const leftOut = series.reduce((sum, one) => sum + one.leftOut, 0);
  const notes = [
    ...(series.some(({ smoothed }) => smoothed !== null) ? [`smoothed ${smoothing}`] : []),
    ...(scale === "log" ? ["log scale"] : []),
    ...(leftOut > 0 ? [`${leftOut} values ≤ 0 not shown`] : []),
  ];
  return (
    <XYPlot
      width={width}
      height={height}
      place={place}
      x={{ domain: steps, text: formatSignificant, title: "step", ticks: wholeTicks(steps), fixed: empty }}
      y={{ domain: values, scale, text: formatSignificant, title: "", fixed: true }}
      data={rowsOf(series)}
    >
      <Heading width={width} title={title} lines={[[unit, ...notes].join(" · ")]} />
      {series.flatMap((one) => marksOf(one, versionColor(palette, one.place).fill))}
      <PlotContent>
        {(scales) => (
          <g>
            <EndLabels figure={figure} scales={scales} place={place} width={width} />
            <StepHits figure={figure} scales={scales} place={place} onStep={onStep} />
          </g>
        )}
      </PlotContent>
      {empty ? <EmptyPlot place={place}>– nothing measured yet</EmptyPlot> : null}
    </XYPlot>
  );
}

/** Returns whole-number ticks, because there are no fractional steps. */
function wholeTicks([low, high]: readonly [number, number]): number[] {
  const step = Math.max(1, 10 ** Math.floor(Math.log10(Math.max(1, high - low) / 2)));
  const factor = [1, 2, 5, 10].find((one) => (high - low) / (one * step) <= 6) ?? 10;
  const ticks: number[] = [];
  for (let tick = Math.ceil(low / (factor * step)) * factor * step; tick <= high; tick += factor * step)
    ticks.push(tick);
  return ticks;
}

/** A step with what each line says there. */
interface CurveRow {
  readonly x: number;
  readonly [line: string]: number;
}

/** Lines share one table of values. */
function rowsOf(series: readonly CurveSeries[]): CurveRow[] {
  const rows = new Map<number, Record<string, number>>();
  const put = (line: string, points: readonly CurvePoint[]): void => {
    for (const { step, value } of points) rows.set(step, { ...rows.get(step), [line]: value });
  };
  for (const { id, points, smoothed, drawnAs } of series) {
    if (drawnAs === "line") put(id, points);
    put(smoothedOf(id), smoothed ?? []);
  }
  return [...rows].sort(([a], [b]) => a - b).map(([x, values]) => ({ ...values, x }));
}

const smoothedOf = (id: string): string => `${id} smoothed`;

/** Recharts' marks of one series: a line or points, its moving average, its best evaluation. */
function marksOf(
  { id, points, smoothed, drawnAs, measured, best }: CurveSeries,
  stroke: string,
): ReactNode[] {
  const line = { stroke, type: "linear", dot: false, connectNulls: true, isAnimationActive: false } as const;
  const at = (list: readonly CurvePoint[], shape: PointShape) => ({
    data: list.map(({ step, value }) => ({ x: step, y: value })),
    dataKey: "y",
    shape: ({ cx, cy }: ScatterShapeProps) => <Point x={cx} y={cy} fill={stroke} series={id} shape={shape} />,
    isAnimationActive: false,
  });
  return [
    drawnAs === "line" ? (
      <Line
        key={id}
        {...line}
        dataKey={(row: CurveRow) => row[id]}
        data-series={id}
        strokeWidth={1.5}
        strokeOpacity={smoothed === null ? 1 : 0.35}
      />
    ) : (
      <Scatter key={id} {...at(points, measured === "evaluation" ? "ring" : "dot")} />
    ),
    smoothed === null ? null : (
      <Line
        key={smoothedOf(id)}
        {...line}
        dataKey={(row: CurveRow) => row[smoothedOf(id)]}
        data-smoothed={id}
        strokeWidth={2}
      />
    ),
    best === null ? null : <Scatter key={`${id} best`} {...at([best], "best")} />,
  ];
}

type PointShape = "dot" | "ring" | "best";

/** A measured point: evaluations are rings, the best one so far is filled. */
function Point(props: {
  x: number | undefined;
  y: number | undefined;
  fill: string;
  series: string;
  shape: PointShape;
}): ReactNode {
  const { x, y, fill, series, shape } = props;
  const { paper } = usePalette();
  const at = { cx: x, cy: y };
  switch (shape) {
    case "dot":
      return <circle data-series={series} {...at} r={3.5} fill={fill} />;
    case "ring":
      return <circle data-series={series} {...at} r={4.5} fill={paper} stroke={fill} strokeWidth={2} />;
    case "best":
      return (
        <g data-best={series}>
          <circle {...at} r={8} fill="none" stroke={fill} strokeWidth={1.5} />
          <circle {...at} r={4.5} fill={fill} />
        </g>
      );
  }
}

/** Returns the label at the end of a run's line: its name and its best evaluation. */
function endLabel(figure: CurveFigure, { place, label }: CurveSeries): string {
  const best = figure.series.find((one) => one.place === place && one.best !== null)?.best;
  return best == null ? label : `${label}, best ${curveValue(figure.curve, best.value)}`;
}

/** Returns the y positions of labels in order, moved apart where they overlap and kept between two limits. */
function pushedApart(wanted: readonly number[], from: number, to: number): number[] {
  let free = from;
  const down = wanted.map((y) => {
    const at = Math.max(y, free);
    free = at + labelHeight;
    return at;
  });
  let limit = to;
  return down
    .reverse()
    .map((y) => {
      const at = Math.min(y, limit);
      limit = at - labelHeight;
      return at;
    })
    .reverse();
}

/** Draws each run's name at the end of its line. */
function EndLabels(props: {
  figure: CurveFigure;
  scales: Scales;
  place: PlotRectangle;
  width: number;
}): ReactNode {
  const { figure, scales, place, width } = props;
  const palette = usePalette();
  const hasLines = figure.series.some(({ measured }) => measured === "step");
  const ends = figure.series
    .filter(({ measured }) => measured === "step" || !hasLines)
    .flatMap((one) => {
      const end = (one.smoothed ?? one.points).at(-1);
      return end === undefined ? [] : [{ one, x: scales.x(end.step), y: scales.y(end.value) + 4 }];
    })
    .sort((a, b) => a.y - b.y);
  const heights = pushedApart(
    ends.map(({ y }) => y),
    place.top + 8,
    place.bottom,
  );
  return (
    <g>
      {ends.map(({ one, x }, index) => (
        <Text
          key={one.id}
          x={x + 12}
          y={heights[index] ?? 0}
          size={font.small}
          fill={versionColor(palette, one.place).ink}
          within={Math.max(24, width - x - 16)}
        >
          {endLabel(figure, one)}
        </Text>
      ))}
    </g>
  );
}

/** Draws a band for each measured step, which shows the values of every line. */
function StepHits(props: {
  figure: CurveFigure;
  scales: Scales;
  place: PlotRectangle;
  onStep: CurvesFigureProps["onStep"];
}): ReactNode {
  const { figure, scales, place, onStep } = props;
  const readings = curveReadings(figure, (value) => curveValue(figure.curve, value));
  return (
    <Hits>
      {readings.map(({ step, lines }, index) => {
        const x = scales.x(step);
        const before = readings[index - 1];
        const after = readings[index + 1];
        const from = before === undefined ? Math.max(place.left, x - 12) : (scales.x(before.step) + x) / 2;
        const to = after === undefined ? Math.min(place.right, x + 12) : (scales.x(after.step) + x) / 2;
        return (
          <Hit
            key={step}
            id={`step ${step}`}
            lines={lines}
            x={from}
            y={place.top}
            width={to - from}
            height={place.bottom - place.top}
            onPick={onStep === undefined ? undefined : () => onStep(step)}
          />
        );
      })}
    </Hits>
  );
}
