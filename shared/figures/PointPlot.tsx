import type { ReactNode } from "react";
import {
  CartesianGrid,
  ErrorBar,
  ReferenceLine,
  Scatter,
  ScatterChart,
  type ScatterShapeProps,
  XAxis,
  YAxis,
} from "recharts";
import type { Interval } from "../schema/comparison.ts";
import { Paper } from "./frame.tsx";
import { Hit, Hits } from "./interaction.tsx";
import { usePalette } from "./palette.ts";
import { font } from "./tokens.ts";

/** A value with its interval on a row. Rows are numbered from 0, and fractions are between rows. */
export interface Mark {
  readonly id: string;
  readonly row: number;
  readonly value: number;
  readonly ci95: Interval;
  readonly fill: string;
  /** Its exact value as text. */
  readonly lines: readonly string[];
}

/** The position of the rows and their plot, in pixels. */
export interface PlotPlace {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly rows: number;
  readonly rowHeight: number;
}

export const axisHeight = 26;

/** Returns the vertical middle of a row, in pixels. */
export function rowMiddle({ top, rowHeight }: Pick<PlotPlace, "top" | "rowHeight">, row: number): number {
  return top + (row + 0.5) * rowHeight;
}

interface PointPlotProps {
  readonly width: number;
  readonly height: number;
  readonly place: PlotPlace;
  readonly marks: readonly Mark[];
  readonly domain: readonly [number, number];
  readonly ticks: readonly number[];
  readonly tickText: (value: number) => string;
  /** The height of a mark's hit area; a row by default. */
  readonly hitHeight?: number;
  readonly onPoint?: ((id: string) => void) | undefined;
  /** Everything outside the plot: heading, labels, values. */
  readonly children: ReactNode;
}

/**
 * Draws points with their intervals in rows over one axis. Bars would overstate the values, and lines would imply an
 * order.
 */
export function PointPlot(props: PointPlotProps): ReactNode {
  const color = usePalette();
  const { width, height, place, marks, domain, ticks, tickText, children, onPoint } = props;
  const hitHeight = props.hitHeight ?? place.rowHeight;
  const bottom = place.top + place.rows * place.rowHeight;
  return (
    <ScatterChart
      width={width}
      height={height}
      accessibilityLayer={false}
      margin={{
        left: place.left,
        right: width - place.right,
        top: place.top,
        bottom: height - bottom - axisHeight,
      }}
    >
      <Paper width={width} height={height} />
      <CartesianGrid horizontal={false} stroke={color.hairline} syncWithTicks zIndex={0} />
      <ReferenceLine x={0} stroke={color.open} zIndex={0} />
      {children}
      <XAxis
        type="number"
        dataKey="value"
        domain={[...domain]}
        ticks={[...ticks]}
        interval={0}
        height={axisHeight}
        axisLine={false}
        tickLine={false}
        tick={{ fill: color.muted, fontFamily: color.family, fontSize: font.small }}
        tickFormatter={tickText}
      />
      <YAxis type="number" dataKey="row" domain={[-0.5, place.rows - 0.5]} reversed hide width={0} />
      {/* Recharts gives the intervals of one scatter one color. */}
      {[...Map.groupBy(marks, ({ fill }) => fill)].map(([fill, alike]) => (
        <Scatter key={fill} data={alike} shape={pointShape} isAnimationActive={false}>
          <ErrorBar
            dataKey={reachOf}
            direction="x"
            width={6}
            stroke={fill}
            strokeWidth={2}
            isAnimationActive={false}
          />
        </Scatter>
      ))}
      <Hits>
        {marks.map(({ id, row, lines }) => (
          <Hit
            key={id}
            id={id}
            lines={lines}
            x={place.left}
            y={rowMiddle(place, row) - hitHeight / 2}
            width={place.right - place.left}
            height={hitHeight}
            onPick={onPoint === undefined ? undefined : () => onPoint(id)}
          />
        ))}
      </Hits>
    </ScatterChart>
  );
}

/** How far an interval reaches below and above its value; nothing is drawn where there is none. */
function reachOf({ value, ci95 }: Mark): [number, number] | null {
  return ci95 === null ? null : [value - ci95[0], ci95[1] - value];
}

function pointShape({ cx, cy, payload }: ScatterShapeProps): ReactNode {
  return cx === undefined || cy === undefined ? null : <Point x={cx} y={cy} mark={payload as Mark} />;
}

/** A point; hollow where it has no interval. */
function Point({ x, y, mark: { id, ci95, fill } }: { x: number; y: number; mark: Mark }): ReactNode {
  const { paper } = usePalette();
  return ci95 === null ? (
    <circle data-mark={id} cx={x} cy={y} r={5} fill={paper} stroke={fill} strokeWidth={2} />
  ) : (
    <circle data-mark={id} cx={x} cy={y} r={4.5} fill={fill} />
  );
}
