import type { ReactNode } from "react";
import { formatSignificant } from "../domain/format/number.ts";
import type { Plane, PlanePoint } from "../domain/operatingPoint/plane.ts";
import { Heading, headingHeight, Text } from "./frame.tsx";
import { Hit, Hits } from "./interaction.tsx";
import { usePalette, versionColor } from "./palette.ts";
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

export interface PlaneFigureProps {
  readonly plane: Plane;
  readonly width: number;
  readonly height: number;
}

const top = headingHeight(1) + 22;

/** Draws lines with the bands of their intervals, points with theirs, and levels, between two linear axes. */
export function PlaneFigure({ plane, width, height }: PlaneFigureProps): ReactNode {
  const place: PlotRectangle = {
    left: edge + yAxisWidth - 16,
    right: width - edge,
    top,
    bottom: height - xAxisHeight - 8,
  };
  const isEmpty = plane.points.length + plane.lines.flatMap(({ points }) => points).length === 0;
  const axis = { text: formatSignificant, fixed: true } as const;
  return (
    <XYPlot
      width={width}
      height={height}
      place={place}
      x={{ ...axis, ...plane.x }}
      y={{ ...axis, ...plane.y }}
    >
      <Heading width={width} title={plane.title} lines={[plane.subtitle]} />
      <PlotContent>
        {(scales) => (
          <g>
            <Background plane={plane} scales={scales} place={place} />
            {plane.lines.map(({ id, points }) => (
              <Curve key={id} points={points} scales={scales} />
            ))}
            {plane.points.map((point) => (
              <Mark key={`${point.x} ${point.y}`} point={point} scales={scales} />
            ))}
            <PointHits plane={plane} scales={scales} />
          </g>
        )}
      </PlotContent>
      {isEmpty ? <EmptyPlot place={place}>– rows of both classes are needed</EmptyPlot> : null}
    </XYPlot>
  );
}

/** The diagonal, and levels with their names. */
function Background({ plane, scales: { x, y }, place }: PartProps & { place: PlotRectangle }): ReactNode {
  const { muted, open } = usePalette();
  const across = { x1: place.left, x2: place.right };
  return (
    <g>
      {plane.diagonal ? <line x1={x(0)} y1={y(0)} x2={x(1)} y2={y(1)} stroke={open} /> : null}
      {plane.levels.map((level) => (
        <g key={level.name}>
          <line {...across} y1={y(level.y)} y2={y(level.y)} stroke={muted} strokeDasharray="4 4" />
          <Text
            x={level.at === "left" ? place.left + 6 : place.right}
            y={y(level.y) - 5}
            size={font.small}
            fill={muted}
            anchor={level.at === "left" ? "start" : "end"}
          >
            {`${level.name}, ${formatSignificant(level.y)}`}
          </Text>
        </g>
      ))}
    </g>
  );
}

interface PartProps {
  readonly plane: Plane;
  readonly scales: Scales;
}

interface CurveProps {
  readonly points: readonly PlanePoint[];
  readonly scales: Scales;
}

function Curve({ points, scales: { x, y } }: CurveProps): ReactNode {
  const color = versionColor(usePalette(), 1);
  const banded = points.filter(({ ci95 }) => ci95 !== null);
  const ends = [
    ...banded.map(({ x: at, ci95 }) => `${x(at)},${y(ci95?.[1] ?? 0)}`),
    ...banded.map(({ x: at, ci95 }) => `${x(at)},${y(ci95?.[0] ?? 0)}`).reverse(),
  ];
  return (
    <g>
      {banded.length === 0 ? null : <polygon points={ends.join(" ")} fill={color.fill} fillOpacity={0.18} />}
      <polyline
        points={points.map((point) => `${x(point.x)},${y(point.y)}`).join(" ")}
        fill="none"
        stroke={color.fill}
        strokeWidth={2}
      />
    </g>
  );
}

/** A point with its interval; the chosen one is ringed. */
function Mark({ point, scales: { x, y } }: { point: PlanePoint; scales: Scales }): ReactNode {
  const palette = usePalette();
  const { fill } = versionColor(palette, 1);
  const [cx, cy] = [x(point.x), y(point.y)];
  return (
    <g data-chosen={point.chosen}>
      {point.ci95 === null || point.chosen ? null : (
        <line x1={cx} x2={cx} y1={y(point.ci95[0])} y2={y(point.ci95[1])} stroke={fill} strokeWidth={1.5} />
      )}
      {point.chosen ? (
        <circle cx={cx} cy={cy} r={8} fill={palette.paper} stroke={fill} strokeWidth={2} />
      ) : null}
      <circle cx={cx} cy={cy} r={4.5} fill={fill} />
    </g>
  );
}

/** Hit areas of every point of a line, and of the points apart. */
function PointHits({ plane, scales: { x, y } }: PartProps): ReactNode {
  const points = plane.lines.length > 0 ? plane.lines.flatMap((line) => line.points) : plane.points;
  return (
    <Hits>
      {points.map((point) => (
        <Hit
          key={`${point.x} ${point.y}`}
          id={`${plane.title} ${point.x} ${point.y}`}
          lines={point.chosen ? ["chosen", ...point.words] : point.words}
          x={x(point.x) - 6}
          y={y(point.y) - 6}
          width={12}
          height={12}
        />
      ))}
    </Hits>
  );
}
