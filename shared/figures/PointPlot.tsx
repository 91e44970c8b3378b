import type { ReactNode } from "react";
import { Scatter, ScatterChart, type ScatterShapeProps, useXAxisScale, XAxis, YAxis } from "recharts";
import type { Interval } from "../schema/comparison.ts";
import { Paper } from "./frame.tsx";
import { Hit, Hits } from "./interaction.tsx";
import { usePalette } from "./palette.ts";
import { font } from "./tokens.ts";

/** A value with its interval on a row; rows count from 0, halves lie between. */
export interface Mark {
  readonly id: string;
  readonly row: number;
  readonly value: number;
  readonly ci95: Interval;
  readonly fill: string;
  /** Its exact value in words. */
  readonly lines: readonly string[];
}

/** Where rows and their plot lie, in pixels. */
export interface PlotPlace {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly rows: number;
  readonly rowHeight: number;
}

export const axisHeight = 26;

/** The middle of a row, in pixels. */
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
  /** How high a mark's place is that answers to the pointer; a row, unless several marks share one. */
  readonly hitHeight?: number;
  readonly onPoint?: ((id: string) => void) | undefined;
  /** Everything besides the plot: heading, labels, values. */
  readonly children: ReactNode;
}

/** Points with their intervals in rows over one axis: what a bar would overstate, and a line would invent. */
export function PointPlot(props: PointPlotProps): ReactNode {
  const colour = usePalette();
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
      <GridLines ticks={ticks} top={place.top} bottom={bottom} />
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
        tick={{ fill: colour.muted, fontFamily: colour.family, fontSize: font.small }}
        tickFormatter={tickText}
      />
      <YAxis type="number" dataKey="row" domain={[-0.5, place.rows - 0.5]} reversed hide width={0} />
      <Scatter data={[...marks]} shape={intervalShape} isAnimationActive={false} />
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

function GridLines({ ticks, top, bottom }: { ticks: readonly number[]; top: number; bottom: number }) {
  const colour = usePalette();
  const scale = useXAxisScale();
  if (scale === undefined) return null;
  return (
    <g>
      {ticks.map((tick) => (
        <line
          key={tick}
          x1={scale(tick)}
          x2={scale(tick)}
          y1={top}
          y2={bottom}
          stroke={tick === 0 ? colour.open : colour.hairline}
        />
      ))}
    </g>
  );
}

function intervalShape({ cx, cy, payload }: ScatterShapeProps): ReactNode {
  if (cx === undefined || cy === undefined) return null;
  return <IntervalMark x={cx} y={cy} mark={payload as Mark} />;
}

/** A point on its interval; hollow where there is none. */
function IntervalMark({ x, y, mark }: { x: number; y: number; mark: Mark }): ReactNode {
  const colour = usePalette();
  const scale = useXAxisScale();
  const { ci95, fill, id } = mark;
  if (scale === undefined || ci95 === null) {
    return <circle data-mark={id} cx={x} cy={y} r={5} fill={colour.paper} stroke={fill} strokeWidth={2} />;
  }
  const [low, high] = [scale(ci95[0]) ?? x, scale(ci95[1]) ?? x];
  return (
    <g data-mark={id}>
      <line x1={low} x2={high} y1={y} y2={y} stroke={fill} strokeWidth={2} />
      <line x1={low} x2={low} y1={y - 6} y2={y + 6} stroke={fill} strokeWidth={1.5} />
      <line x1={high} x2={high} y1={y - 6} y2={y + 6} stroke={fill} strokeWidth={1.5} />
      <circle cx={x} cy={y} r={4.5} fill={fill} />
    </g>
  );
}
