import type { ReactNode } from "react";
import { CartesianGrid, ComposedChart, useXAxisScale, useYAxisScale, XAxis, YAxis } from "recharts";
import { type Domain, ticksOf } from "../domain/axis/ticks.ts";
import type { AxisScale } from "../schema/curves.ts";
import { Paper, Text } from "./frame.tsx";
import { usePalette } from "./palette.ts";
import { edge, font } from "./tokens.ts";

interface PlotAxis {
  readonly domain: Domain;
  readonly scale?: AxisScale;
  readonly ticks?: readonly number[];
  readonly text: (value: number) => string;
  readonly title: string;
  /** What lies beyond the domain is cut off, as for an axis that is kept; otherwise the axis would grow to it. */
  readonly fixed?: boolean;
}

/** The plot's rectangle in pixels, without the axis labels. */
export interface PlotRectangle {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

interface XYPlotProps {
  readonly width: number;
  readonly height: number;
  readonly place: PlotRectangle;
  readonly x: PlotAxis;
  readonly y: PlotAxis;
  /** What bars and lines take their values from; `x` is a point's place across. */
  readonly data?: readonly { readonly x: number }[];
  /** Heading, Recharts' marks, and whatever is drawn by `PlotContent`. */
  readonly children: ReactNode;
}

export const xAxisHeight = 44;
export const yAxisWidth = 56;

/** Two axes with a grid, for Recharts' marks and for what asks for their scales. */
export function XYPlot({ width, height, place, x, y, data = [], children }: XYPlotProps): ReactNode {
  const color = usePalette();
  const tick = { fill: color.muted, fontFamily: color.family, fontSize: font.small };
  const ticks = {
    x: x.ticks ?? ticksOf(x.domain, x.scale ?? "linear"),
    y: y.ticks ?? ticksOf(y.domain, y.scale ?? "linear"),
  };
  return (
    <ComposedChart
      data={[...data]}
      width={width}
      height={height}
      accessibilityLayer={false}
      margin={{
        left: place.left - yAxisWidth,
        right: width - place.right,
        top: place.top,
        bottom: height - place.bottom - xAxisHeight,
      }}
    >
      <Paper width={width} height={height} />
      <XAxis
        type="number"
        dataKey="x"
        domain={[...x.domain]}
        scale={x.scale ?? "linear"}
        allowDataOverflow={x.fixed ?? false}
        ticks={[...ticks.x]}
        interval={0}
        height={xAxisHeight}
        axisLine={{ stroke: color.open }}
        tickLine={false}
        tick={tick}
        tickFormatter={x.text}
      />
      <YAxis
        type="number"
        dataKey="y"
        domain={[...y.domain]}
        scale={y.scale ?? "linear"}
        allowDataOverflow={y.fixed ?? false}
        ticks={[...ticks.y]}
        interval={0}
        width={yAxisWidth}
        axisLine={false}
        tickLine={false}
        tick={tick}
        tickFormatter={y.text}
      />
      <CartesianGrid vertical={false} stroke={color.hairline} syncWithTicks zIndex={0} />
      <CartesianGrid horizontal={false} stroke={color.track} syncWithTicks zIndex={0} />
      <Text x={place.right} y={place.bottom + 36} size={font.small} fill={color.muted} anchor="end">
        {x.title}
      </Text>
      <Text x={edge} y={place.top - 10} size={font.small} fill={color.muted}>
        {y.title}
      </Text>
      {children}
    </ComposedChart>
  );
}

/** Says in the middle of a plot why it is empty. */
export function EmptyPlot(props: { readonly place: PlotRectangle; readonly children: string }): ReactNode {
  const { muted } = usePalette();
  const { left, right, top, bottom } = props.place;
  return (
    <Text x={(left + right) / 2} y={(top + bottom) / 2} anchor="middle" fill={muted}>
      {props.children}
    </Text>
  );
}

/** Functions from values to pixels. */
export interface Scales {
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
}

/** Null in the first of Recharts' two draws, before it has measured. */
function useScales(): Scales | null {
  const [x, y] = [useXAxisScale(), useYAxisScale()];
  if (x === undefined || y === undefined) return null;
  return { x: (value) => x(value) ?? 0, y: (value) => y(value) ?? 0 };
}

/** Draws its children with the plot's scales. */
export function PlotContent({ children }: { readonly children: (scales: Scales) => ReactNode }): ReactNode {
  const scales = useScales();
  return scales === null ? null : children(scales);
}
