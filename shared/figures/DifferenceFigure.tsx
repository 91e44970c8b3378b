import type { ReactNode } from "react";
import { pluralize } from "../domain/format/count.ts";
import { formatNumber, formatSigned, formatSignedInterval } from "../domain/format/number.ts";
import { formatP } from "../domain/format/probability.ts";
import { scaleWords, verdictOf, verdictWords } from "../domain/report/words.ts";
import type { Comparison, MetricComparison } from "../schema/comparison.ts";
import type { VersionReport } from "../schema/report.ts";
import { Heading, headingHeight, Reason, Text, WrappedLabel } from "./frame.tsx";
import { axisHeight, type Mark, type PlotPlace, PointPlot, rowMiddle } from "./PointPlot.tsx";
import { usePalette } from "./palette.ts";
import { edge, font } from "./tokens.ts";
import { verdictLook } from "./verdict.ts";

export interface DifferenceFigureProps {
  readonly comparison: Comparison;
  readonly scale: Pick<VersionReport, "scale" | "scaleName">;
  readonly width: number;
  readonly height: number;
  /** The extent of the axis on both sides of zero; set it to keep the axis when the values change. */
  readonly reach?: number;
  readonly onMetric?: ((id: string) => void) | undefined;
}

/** The headline metrics in order. Those missing from a comparison are skipped. */
const headlineMetrics = [
  "accuracy",
  "missed-harmful-rate",
  "false-refusal-rate",
  "well-formed-share",
  "delivered-score",
  "answered-score",
] as const;

/** Returns the headline metrics of a comparison. */
export function headlineOf({ metrics }: Pick<Comparison, "metrics">): MetricComparison[] {
  return headlineMetrics.flatMap((id) => metrics.find((metric) => metric.id === id) ?? []);
}

const top = headingHeight(2) + 24;
const rowHeight = 44;
const labelWidth = 170;
/** Columns right of the plot: change, p, and verdict. */
const changeAt = 128;
const pAt = 186;
const wordsAt = 198;
const columnsWidth = 264;
/** Columns left of the plot: baseline and candidate. */
const sideWidth = 66;

/** Returns the natural height in pixels. */
export function differenceFigureHeight(comparison: Comparison): number {
  return top + Math.max(1, headlineOf(comparison).length) * rowHeight + axisHeight + edge;
}

/** Returns the extent of the axis on both sides of zero: a round number that contains every interval. */
export function reachOf(metrics: readonly MetricComparison[]): number {
  const most = Math.max(
    0.05,
    ...metrics.flatMap(({ change, ci95 }) => [Math.abs(change ?? 0), ...(ci95 ?? []).map(Math.abs)]),
  );
  const steps = [0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1];
  return steps.find((step) => most <= step) ?? Math.ceil(most);
}

/** Returns a change as text: values, change, interval, p. */
function describeChange({ name, better, baseline, candidate, change, ci95, p }: MetricComparison): string[] {
  const verdict = verdictWords[verdictOf(better, change, ci95)];
  return [
    `${name}: ${formatNumber(baseline)} → ${formatNumber(candidate)}`,
    `change ${formatSigned(change)} ${formatSignedInterval(ci95)}`,
    `p ${formatP(p)}${verdict === "" ? ", interval contains 0" : `, ${verdict}`}`,
  ];
}

/** Draws the changes (candidate − baseline) of the headline metrics with their intervals. */
export function DifferenceFigure(props: DifferenceFigureProps): ReactNode {
  const { comparison, scale, width, height, onMetric } = props;
  const color = usePalette();
  const metrics = headlineOf(comparison);
  const reach = props.reach ?? reachOf(metrics);
  const place: PlotPlace = {
    left: edge + labelWidth + 2 * sideWidth + 16,
    right: width - edge - columnsWidth,
    top,
    rows: Math.max(1, metrics.length),
    rowHeight,
  };
  const marks: Mark[] = metrics.flatMap((metric, row) => {
    const { id, better, change, ci95 } = metric;
    if (change === null) return [];
    const { fill } = verdictLook(color, verdictOf(better, change, ci95));
    return [{ id, row, value: change, ci95, fill, lines: describeChange(metric) }];
  });
  const rows = comparison.decidedOn === "heldout" ? "matched held-out row" : "matched row";
  const [baseline, candidate] = [comparison.baseline.name, comparison.candidate.name];
  return (
    <PointPlot
      width={width}
      height={height}
      place={place}
      marks={marks}
      domain={[-reach, reach]}
      onPoint={onMetric}
      ticks={[-reach, -reach / 2, 0, reach / 2, reach]}
      tickText={(value) =>
        value === 0 ? "0" : `${value > 0 ? "+" : "−"}${Number(Math.abs(value).toFixed(3))}`
      }
    >
      <Heading
        width={width}
        title={`Changes from ${baseline} to ${candidate}`}
        lines={[
          `${pluralize(comparison.n, rows)} · ${candidate} − ${baseline} with 95 % intervals · gray: the interval contains 0`,
          `scores: ${scaleWords(scale)}`,
        ]}
      />
      <Heads place={place} baseline={baseline} candidate={candidate} />
      {metrics.map((metric, row) => (
        <MetricRow key={metric.id} metric={metric} place={place} y={rowMiddle(place, row)} />
      ))}
      {metrics.length === 0 ? (
        <Text x={edge} y={rowMiddle(place, 0)} fill={color.muted}>
          – no figure is defined on both sides
        </Text>
      ) : null}
    </PointPlot>
  );
}

function Heads(props: { place: PlotPlace; baseline: string; candidate: string }): ReactNode {
  const color = usePalette();
  const { place } = props;
  const y = place.top - 10;
  const head = { y, size: font.small, fill: color.muted, anchor: "end" as const, within: sideWidth - 6 };
  return (
    <g>
      <Text x={place.left - 16 - sideWidth} {...head}>
        {props.baseline}
      </Text>
      <Text x={place.left - 16} {...head}>
        {props.candidate}
      </Text>
      <Text x={place.right + changeAt} {...head}>
        change
      </Text>
      <Text x={place.right + pAt} {...head}>
        p
      </Text>
    </g>
  );
}

/** Draws a metric's name, both values, its change, and the verdict. */
function MetricRow({
  metric,
  place,
  y,
}: {
  metric: MetricComparison;
  place: PlotPlace;
  y: number;
}): ReactNode {
  const color = usePalette();
  const { name, better, baseline, candidate, change, ci95, p, reason } = metric;
  const verdict = verdictOf(better, change, ci95);
  const look = verdictLook(color, verdict);
  const base = y + 4.5;
  const why = change === null ? `– ${reason ?? "undefined"}` : ci95 === null ? (reason ?? "no interval") : "";
  return (
    <g>
      <line
        x1={edge}
        x2={place.left - 8}
        y1={y + rowHeight / 2}
        y2={y + rowHeight / 2}
        stroke={color.track}
      />
      <WrappedLabel x={edge} y={y} within={labelWidth - 10}>
        {name}
      </WrappedLabel>
      <Text x={place.left - 16 - sideWidth} y={base} anchor="end">
        {formatNumber(baseline)}
      </Text>
      <Text x={place.left - 16} y={base} anchor="end">
        {formatNumber(candidate)}
      </Text>
      {why === "" ? null : (
        <Reason x={place.left + 6} y={change === null ? base : y + 19} within={place.right - place.left - 12}>
          {why}
        </Reason>
      )}
      <Text x={place.right + changeAt} y={ci95 === null ? base : base - 8} anchor="end" fill={look.ink}>
        {formatSigned(change)}
      </Text>
      <Text x={place.right + changeAt} y={base + 9} anchor="end" size={font.small} fill={color.muted}>
        {ci95 === null ? "" : formatSignedInterval(ci95)}
      </Text>
      <Text x={place.right + pAt} y={base} anchor="end" size={font.small} fill={color.muted}>
        {formatP(p)}
      </Text>
      <Text x={place.right + wordsAt} y={base} fill={look.ink}>
        {verdictWords[verdict]}
      </Text>
    </g>
  );
}
