import type { ReactNode } from "react";
import { Bar, BarChart, useXAxisScale, XAxis, YAxis } from "recharts";
import { formatCount, pluralize } from "../domain/format/count.ts";
import { formatShare } from "../domain/format/number.ts";
import type { NameCategory } from "../schema/judge.ts";
import type { VersionReport } from "../schema/report.ts";
import {
  Hatched,
  HatchNotes,
  HatchPattern,
  Heading,
  headingHeight,
  noteHeight,
  Paper,
  Text,
} from "./frame.tsx";
import { Hit, Hits } from "./interaction.tsx";
import { usePalette } from "./palette.ts";
import { edge, font } from "./tokens.ts";
import { describeScore } from "./words.ts";

/** A version's role in a comparison, which sets its color. */
export type Role = "baseline" | "candidate";

export interface CategoryFigureProps {
  readonly report: VersionReport;
  readonly width: number;
  readonly height: number;
  readonly role?: Role;
  /** The maximum of the axis; set it to keep the axis when a filter changes the bars. */
  readonly most?: number | undefined;
  readonly onBar?: ((category: NameCategory) => void) | undefined;
}

const rowHeight = 40;
const labelWidth = 170;
const valueWidth = 150;
const top = headingHeight(2);

function notesOf({ unscored, categories }: VersionReport): string[] {
  if (unscored === 0 || categories.names === 0) return [];
  return [
    `${pluralize(unscored, "row")} unscored: the judge failed, and their names aren't counted in the bars`,
  ];
}

/** Returns the natural height in pixels. */
export function categoryFigureHeight(report: VersionReport): number {
  return (
    top + report.categories.bars.length * rowHeight + 16 + notesOf(report).length * noteHeight + edge - 8
  );
}

/** Draws names by the judge's categories, in the study's order: bars from zero, each with count and share. */
export function CategoryFigure({
  report,
  width,
  height,
  role = "candidate",
  most: axisEnd,
  onBar,
}: CategoryFigureProps): ReactNode {
  const color = usePalette();
  const { title, names, bars } = report.categories;
  const bottom = top + bars.length * rowHeight;
  const most = axisEnd ?? Math.max(1, ...bars.map(({ count }) => count));
  const subtitle = `${pluralize(names, "name")} · bars start at 0 · share of all names`;
  return (
    <BarChart
      layout="vertical"
      data={[...bars]}
      width={width}
      height={height}
      accessibilityLayer={false}
      margin={{ left: edge, right: edge + valueWidth, top, bottom: Math.max(0, height - bottom) }}
    >
      <Paper width={width} height={height} />
      <HatchPattern />
      <Heading width={width} title={title} lines={[subtitle, describeScore(report)]} />
      <XAxis type="number" domain={[0, most]} hide allowDataOverflow />
      <YAxis
        type="category"
        dataKey="label"
        width={labelWidth}
        interval={0}
        tickLine={false}
        axisLine={{ stroke: color.open }}
        tick={({ x, y, payload }) => (
          <Text x={Number(x) - 8} y={Number(y) + 4.5} anchor="end" within={labelWidth - 8}>
            {String(payload.value)}
          </Text>
        )}
      />
      <Bar
        dataKey="count"
        name="names"
        fill={role === "baseline" ? color.baseline : color.candidate}
        barSize={22}
        isAnimationActive={false}
      />
      {names === 0 ? (
        <NothingScored report={report} width={width} bottom={bottom} />
      ) : (
        <BarValues report={report} />
      )}
      {names === 0 ? null : <BarHits report={report} width={width} onBar={onBar} />}
      <HatchNotes y={bottom + 14} notes={notesOf(report)} width={width} />
    </BarChart>
  );
}

/** Draws count and share at the end of each bar, including zeros, which Recharts' labels omit. */
function BarValues({ report }: { report: VersionReport }): ReactNode {
  const scale = useXAxisScale();
  if (scale === undefined) return null;
  return (
    <g>
      {report.categories.bars.map(({ category, count, share }, row) => (
        <Text key={category} x={(scale(count) ?? 0) + 8} y={top + (row + 0.5) * rowHeight + 4.5}>
          {`${formatCount(count)} · ${formatShare(share)}`}
        </Text>
      ))}
    </g>
  );
}

function BarHits(props: {
  report: VersionReport;
  width: number;
  onBar: CategoryFigureProps["onBar"];
}): ReactNode {
  const { report, width, onBar } = props;
  return (
    <Hits>
      {report.categories.bars.map(({ category, label, count, share }, row) => (
        <Hit
          key={category}
          id={category}
          lines={[
            label,
            `${pluralize(count, "name")}, ${formatShare(share)} of ${formatCount(report.categories.names)}`,
          ]}
          x={edge}
          y={top + row * rowHeight + 4}
          width={width - 2 * edge}
          height={rowHeight - 8}
          onPick={onBar === undefined ? undefined : () => onBar(category)}
        />
      ))}
    </Hits>
  );
}

/** Hatches the plot and says why it is empty if no name has a category, because empty bars would look like zeros. */
function NothingScored(props: { report: VersionReport; width: number; bottom: number }): ReactNode {
  const color = usePalette();
  const { unscored } = props.report;
  const left = edge + labelWidth;
  const inner = props.width - left - edge;
  const middle = (top + props.bottom) / 2;
  const why =
    unscored > 0 ? `– no names scored: ${pluralize(unscored, "row")} unscored` : "– no names to judge";
  return (
    <g>
      <Hatched x={left} y={top + 4} width={inner} height={props.bottom - top - 8} />
      <rect x={left + 24} y={middle - 18} width={inner - 48} height={36} fill={color.paper} rx={4} />
      <Text x={left + inner / 2} y={middle + 5} anchor="middle" size={font.work} within={inner - 64}>
        {why}
      </Text>
    </g>
  );
}
