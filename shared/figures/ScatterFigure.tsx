import type { ReactNode } from "react";
import { ReferenceLine, Scatter as ScatterMarks, type ScatterShapeProps } from "recharts";
import { pluralize } from "../domain/format/count.ts";
import { formatNumber, formatSigned } from "../domain/format/number.ts";
import type { Scatter } from "../schema/shift.ts";
import { HatchNotes, HatchPattern, Heading, headingHeight, Legend, noteHeight } from "./frame.tsx";
import { Hit, Hits } from "./interaction.tsx";
import { usePalette } from "./palette.ts";
import { edge } from "./tokens.ts";
import { verdictLook } from "./verdict.ts";
import {
  EmptyPlot,
  PlotContent,
  type PlotRectangle,
  type Scales,
  XYPlot,
  xAxisHeight,
  yAxisWidth,
} from "./XYPlot.tsx";

type ScatterPoint = Scatter["points"][number];

export interface ScatterFigureProps {
  readonly scatter: Scatter;
  readonly width: number;
  readonly height: number;
  readonly onPoint?: ((point: ScatterPoint) => void) | undefined;
}

const top = headingHeight(2) + 40;
const labels = { better: "↑ better", worse: "↓ worse", inside: "similar" } as const;

function notesOf({ leftOut }: Scatter): string[] {
  return leftOut === 0 ? [] : [`${pluralize(leftOut, "row")} not shown: no score on both sides`];
}

/** Returns the height for a square plot if the width allows. */
export function scatterFigureHeight(scatter: Scatter, width: number): number {
  const side = Math.min(width - 2 * edge - yAxisWidth, 460);
  return top + side + xAxisHeight + 8 + notesOf(scatter).length * noteHeight;
}

/** Draws each row's score in the baseline (x) and the candidate (y). Rows above the diagonal improved. */
export function ScatterFigure({ scatter, width, height, onPoint }: ScatterFigureProps): ReactNode {
  const { title, names, scoreName, margin, better, worse, inside } = scatter;
  const bottom = height - xAxisHeight - 8 - notesOf(scatter).length * noteHeight;
  const place: PlotRectangle = { left: edge + yAxisWidth - 16, right: width - edge, top, bottom };
  const n = better + worse + inside;
  const palette = usePalette();
  // Recharts gives an axis without values no ticks, unless its domain is fixed.
  const axis = { domain: [0, 1], text: String, fixed: n === 0 } as const;
  const legend = (["better", "worse", "inside"] as const).map((verdict) => ({
    text: `${labels[verdict]} ${scatter[verdict]}`,
    ...verdictLook(palette, verdict),
  }));
  return (
    <XYPlot
      width={width}
      height={height}
      place={place}
      x={{ ...axis, title: `${names.baseline}: row ${scoreName}` }}
      y={{ ...axis, title: names.candidate }}
    >
      <HatchPattern />
      <Heading
        width={width}
        title={title}
        lines={[
          `${pluralize(n, "row")} answered and scored in both · area: rows at that point`,
          `similar: a change of at most ${margin}`,
        ]}
      />
      <Legend mark="circle" entries={legend} y={headingHeight(2) + 8} />
      <PlotContent>{(scales) => <InsideBand scales={scales} margin={margin} />}</PlotContent>
      <ReferenceLine segment={diagonal} stroke={palette.open} />
      <ScatterMarks
        data={scatter.points.map((point) => ({ ...point, x: point.baseline, y: point.candidate }))}
        shape={pointShape}
        isAnimationActive={false}
      />
      <PlotContent>
        {(scales) => <PointHits scatter={scatter} scales={scales} onPoint={onPoint} />}
      </PlotContent>
      {n > 0 ? null : <EmptyPlot place={place}>– no rows have a score on both sides</EmptyPlot>}
      <HatchNotes y={bottom + xAxisHeight} notes={notesOf(scatter)} width={width} />
    </XYPlot>
  );
}

/** Where nothing changes. */
const diagonal = [
  { x: 0, y: 0 },
  { x: 1, y: 1 },
] as const;

/** The band that counts as inside. */
function InsideBand({ scales: { x, y }, margin }: { scales: Scales; margin: number }): ReactNode {
  const palette = usePalette();
  const corners: [number, number][] = [
    [0, 0],
    [0, margin],
    [1 - margin, 1],
    [1, 1],
    [1, 1 - margin],
    [margin, 0],
  ];
  return <polygon points={corners.map(([a, b]) => `${x(a)},${y(b)}`).join(" ")} fill={palette.track} />;
}

/** Returns a point's radius in pixels. Its area grows with the number of rows, up to a limit. */
function radius(count: number): number {
  return Math.min(14, 3.5 * Math.sqrt(count));
}

function pointShape({ cx, cy, payload }: ScatterShapeProps): ReactNode {
  return cx === undefined || cy === undefined ? null : (
    <Point x={cx} y={cy} point={payload as ScatterPoint} />
  );
}

function Point({ x, y, point }: { x: number; y: number; point: ScatterPoint }): ReactNode {
  const palette = usePalette();
  return (
    <circle
      data-verdict={point.verdict}
      cx={x}
      cy={y}
      r={radius(point.count)}
      fill={verdictLook(palette, point.verdict).fill}
      fillOpacity={0.6}
      stroke={palette.paper}
    />
  );
}

function PointHits(props: {
  scatter: Scatter;
  scales: Scales;
  onPoint: ScatterFigureProps["onPoint"];
}): ReactNode {
  const { scatter, scales, onPoint } = props;
  const { names } = scatter;
  return (
    <Hits>
      {scatter.points.map((point) => {
        const r = radius(point.count) + 2;
        const { baseline, candidate, count, row, verdict } = point;
        const change = candidate - baseline;
        return (
          <Hit
            key={keyOf(point)}
            id={keyOf(point)}
            lines={[
              row === null ? pluralize(count, "row") : `row ${row}`,
              `${names.baseline} ${formatNumber(baseline)}, ${names.candidate} ${formatNumber(candidate)}`,
              `${formatSigned(change)}, ${labels[verdict]}`,
            ]}
            x={scales.x(baseline) - r}
            y={scales.y(candidate) - r}
            width={2 * r}
            height={2 * r}
            onPick={onPoint === undefined ? undefined : () => onPoint(point)}
          />
        );
      })}
    </Hits>
  );
}

function keyOf({ baseline, candidate, verdict }: ScatterPoint): string {
  return `${baseline} ${candidate} ${verdict}`;
}
