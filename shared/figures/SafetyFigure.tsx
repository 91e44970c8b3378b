import type { ReactNode } from "react";
import { formatCount, pluralize } from "../domain/format/count.ts";
import { formatInterval, formatNumber } from "../domain/format/number.ts";
import type { OverallCategory, SafetyFigure as SafetyData, VersionReport } from "../schema/report.ts";
import {
  HatchNotes,
  HatchPattern,
  Heading,
  headingHeight,
  noteHeight,
  Reason,
  Text,
  WrappedLabel,
} from "./frame.tsx";
import { axisHeight, type Mark, type PlotPlace, PointPlot, rowMiddle } from "./PointPlot.tsx";
import { usePalette } from "./palette.ts";
import { matrixBottom, SafetyMatrix, type SafetyView } from "./SafetyMatrix.tsx";
import { edge, font } from "./tokens.ts";
import { describeScore } from "./words.ts";

export interface SafetyFigureProps {
  readonly report: VersionReport;
  readonly width: number;
  readonly height: number;
  /** Limits the rates to one positive class. By default both are shown, as in published figures. */
  readonly view?: SafetyView | undefined;
  readonly onCell?: ((category: OverallCategory) => void) | undefined;
}

const top = headingHeight(2);
const matrixWidth = 396;
const rowHeight = 32;
const valueWidth = 166;
const rateLabelWidth = 138;
const countWidth = 44;
/** Height of the line with the column headers of the rates. */
const headsHeight = 26;
/** Below this width in pixels the rates are below the matrix. */
const besideFrom = 800;

function notesOf({ safety, unscored }: VersionReport): string[] {
  const { unlabelled } = safety;
  return [
    ...(unlabelled > 0
      ? [`${pluralize(unlabelled, "row")} without a label: not in the matrix or the rates`]
      : []),
    ...(unscored > 0
      ? [
          `${pluralize(unscored, "row")} unscored by the judge: in the matrix by label and outcome, but not in any mean`,
        ]
      : []),
  ];
}

/** Returns the rates of a view, without those of the other class. */
function ratesOf(safety: SafetyData, view: SafetyView | undefined): SafetyData["rates"] {
  const other = view === "block" ? "allow-" : "block-";
  return view === undefined ? safety.rates : safety.rates.filter(({ id }) => !id.startsWith(other));
}

function ratesTop(width: number): number {
  return (width < besideFrom ? matrixBottom(top) + 20 : top) + headsHeight;
}

function plotBottom(rates: number, width: number): number {
  return Math.max(matrixBottom(top), ratesTop(width) + rates * rowHeight + axisHeight);
}

/** Returns the natural height in pixels. */
export function safetyFigureHeight(report: VersionReport, width = 960, view?: SafetyView): number {
  const rates = ratesOf(report.safety, view).length;
  return plotBottom(rates, width) + 14 + notesOf(report).length * noteHeight + edge - 8;
}

/**
 * Returns the smallest axis with ends at multiples of one half that contains 0, 1, and every value with its interval.
 */
function axisOf(rates: SafetyData["rates"]): { domain: [number, number]; ticks: number[] } {
  const values = rates.flatMap(({ figure: { value, ci95 } }) => [
    ...(value === null ? [] : [value]),
    ...(ci95 ?? []),
  ]);
  const low = Math.floor(Math.min(0, ...values) * 2) / 2;
  const high = Math.ceil(Math.max(1, ...values) * 2) / 2;
  const step = high - low > 3 ? Math.ceil((high - low) / 4) : high - low > 1 ? 0.5 : 0.25;
  const ticks: number[] = [];
  for (let tick = low; tick <= high + 1e-9; tick += step) ticks.push(tick);
  return { domain: [low, high], ticks };
}

/** Draws the safety matrix and the rates with their 95 % intervals. */
export function SafetyFigure({ report, width, height, view, onCell }: SafetyFigureProps): ReactNode {
  const color = usePalette();
  const { safety } = report;
  const rates = ratesOf(safety, view);
  const left = width < besideFrom ? edge : edge + matrixWidth + 28;
  const headsAt = ratesTop(width) - headsHeight + 12;
  const place: PlotPlace = {
    left: left + rateLabelWidth + countWidth,
    right: width - edge - valueWidth,
    top: ratesTop(width),
    rows: Math.max(1, rates.length),
    rowHeight,
  };
  const marks: Mark[] = rates.flatMap(({ id, label, figure: { value, ci95, reason } }, row) => {
    if (value === null) return [];
    const exact = `${formatNumber(value)} ${ci95 === null ? (reason ?? "no interval") : formatInterval(ci95)}`;
    const lines = [label, exact, `n ${rateRows(safety, id)}`];
    return [{ id, row, value, ci95, fill: color.ink, lines }];
  });
  const positive = view === "allow" ? "allow (safe)" : "block";
  const subtitle = `${pluralize(safety.rows, "labeled row")} · positive class: ${positive}`;
  return (
    <PointPlot
      width={width}
      height={height}
      place={place}
      marks={marks}
      {...axisOf(rates)}
      tickText={(value) => String(value).replace("-", "−")}
    >
      <HatchPattern />
      <Heading width={width} title={safety.title} lines={[subtitle, describeScore(report)]} />
      <SafetyMatrix
        safety={safety}
        x={edge}
        y={top}
        width={Math.min(matrixWidth, width - 2 * edge)}
        view={view}
        onCell={onCell}
      />
      <Text x={left} y={headsAt} size={font.small} fill={color.muted}>
        Rate
      </Text>
      <Text x={place.left - 14} y={headsAt} size={font.small} fill={color.muted} anchor="end">
        n
      </Text>
      <Text x={width - edge} y={headsAt} size={font.small} fill={color.muted} anchor="end">
        95 % interval
      </Text>
      {rates.map((rate, row) => (
        <Rate key={rate.id} rate={rate} left={left} place={place} y={rowMiddle(place, row)} width={width}>
          {formatCount(rateRows(safety, rate.id))}
        </Rate>
      ))}
      <HatchNotes y={plotBottom(rates.length, width) + 14} notes={notesOf(report)} width={width} />
    </PointPlot>
  );
}

interface RateProps {
  readonly rate: SafetyData["rates"][number];
  readonly left: number;
  readonly place: PlotPlace;
  readonly y: number;
  readonly width: number;
  /** The rate's denominator. */
  readonly children: string;
}

/** What a rate's denominator counts, and why the rate is undefined without such rows. */
interface Denominator {
  readonly counts: (cell: SafetyData["cells"][number]) => boolean;
  readonly reason: string;
}

const harmful: Denominator = { counts: ({ actual }) => actual === "harmful", reason: "no harmful rows" };
const safe: Denominator = { counts: ({ actual }) => actual === "safe", reason: "no safe rows" };
const all: Denominator = { counts: () => true, reason: "the denominator is zero" };
const denominators: Readonly<Record<string, Denominator>> = {
  "block-precision": { counts: ({ blocked }) => blocked, reason: "no rows refused" },
  "allow-precision": { counts: ({ blocked }) => !blocked, reason: "no rows answered" },
  "block-recall": harmful,
  "missed-harmful-rate": harmful,
  "allow-recall": safe,
  "false-refusal-rate": safe,
  "block-f1": { ...all, reason: "no harmful rows and no refusals" },
  "allow-f1": { ...all, reason: "no safe rows and no answers" },
};

/** Returns a rate's denominator, or the number of all labeled rows for a rate that isn't a proportion. */
function rateRows({ cells }: SafetyData, id: string): number {
  const { counts } = denominators[id] ?? all;
  return cells.reduce((sum, cell) => sum + (counts(cell) ? cell.count : 0), 0);
}

/** Draws a rate's name and its value, or why it is undefined. */
function Rate({ rate, left, place, y, width, children }: RateProps): ReactNode {
  const color = usePalette();
  const { value, ci95, reason } = rate.figure;
  const base = y + 4.5;
  return (
    <g>
      <WrappedLabel x={left} y={y} within={rateLabelWidth}>
        {rate.label}
      </WrappedLabel>
      <Text x={place.left - 14} y={base} anchor="end" size={font.small} fill={color.muted}>
        {children}
      </Text>
      {value === null ? (
        <Reason x={place.left + 6} y={base} within={width - edge - place.left - 6}>
          {`– ${reason ?? (denominators[rate.id] ?? all).reason}`}
        </Reason>
      ) : (
        <g>
          <Text x={place.right + 58} y={base} anchor="end">
            {formatNumber(value)}
          </Text>
          <Text x={width - edge} y={base} anchor="end" size={font.small} fill={color.muted} within={104}>
            {ci95 === null ? (reason ?? "no interval") : formatInterval(ci95)}
          </Text>
        </g>
      )}
    </g>
  );
}
