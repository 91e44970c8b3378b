import type { ReactNode } from "react";
import { formatCount, pluralize } from "../domain/format/count.ts";
import { formatInterval, formatNumber, formatSigned } from "../domain/format/number.ts";
import { verdictOf, verdictWords } from "../domain/report/words.ts";
import type { Comparison, Figure, SliceComparison } from "../schema/comparison.ts";
import { Heading, headingHeight, Text, WrappedLabel } from "./frame.tsx";
import { axisHeight, type Mark, type PlotPlace, PointPlot, rowMiddle } from "./PointPlot.tsx";
import { type Palette, usePalette } from "./palette.ts";
import { textWidth } from "./textWidth.ts";
import { edge, font } from "./tokens.ts";
import { verdictLook } from "./verdict.ts";

export interface SliceFigureProps {
  readonly comparison: Comparison;
  readonly width: number;
  readonly height: number;
  readonly onSlice?: ((slice: string) => void) | undefined;
}

const top = headingHeight(1) + 48;
const rowHeight = 46;
const labelWidth = 190;
const countWidth = 58;
const valuesWidth = 96;
const columnsWidth = 240;
/** Offset of a version's point from the middle of its row, in rows: baseline above, candidate below. */
const offset = 0.17;

/** Returns the natural height in pixels. */
export function sliceFigureHeight({ slices }: Pick<Comparison, "slices">): number {
  return top + Math.max(1, slices.length) * rowHeight + axisHeight + edge;
}

function marksOf(
  slices: readonly SliceComparison[],
  names: { readonly baseline: string; readonly candidate: string },
  colour: Palette,
): Mark[] {
  const mark = (id: string, row: number, { value, ci95 }: Figure, fill: string, whose: string): Mark[] =>
    value === null
      ? []
      : [{ id, row, value, ci95, fill, lines: [whose, `${formatNumber(value)} ${formatInterval(ci95)}`] }];
  return slices.flatMap(({ slice, n, baseline, candidate }, row) => [
    ...mark(
      `slice-${row}/baseline`,
      row - offset,
      baseline,
      colour.baseline,
      `${slice}, n ${formatCount(n)}, ${names.baseline}`,
    ),
    ...mark(
      `slice-${row}/candidate`,
      row + offset,
      candidate,
      colour.candidate,
      `${slice}, n ${formatCount(n)}, ${names.candidate}`,
    ),
  ]);
}

/** Returns the slice of a mark, whose id is `slice-ROW/side`. */
function sliceAt(slices: readonly SliceComparison[], id: string): string {
  return slices[Number(/^slice-(\d+)/.exec(id)?.[1])]?.slice ?? "";
}

/** Draws the safety correctness of each slice with intervals: baseline above, candidate below. */
export function SliceFigure({ comparison, width, height, onSlice }: SliceFigureProps): ReactNode {
  const colour = usePalette();
  const { slices, baseline, candidate, decidedOn } = comparison;
  const place: PlotPlace = {
    left: edge + labelWidth + countWidth,
    right: width - edge - columnsWidth,
    top,
    rows: Math.max(1, slices.length),
    rowHeight,
  };
  const rows = decidedOn === "heldout" ? "matched held-out row" : "matched row";
  return (
    <PointPlot
      width={width}
      height={height}
      place={place}
      marks={marksOf(slices, { baseline: baseline.name, candidate: candidate.name }, colour)}
      hitHeight={2 * offset * rowHeight}
      onPoint={onSlice === undefined ? undefined : (id) => onSlice(sliceAt(slices, id))}
      domain={[0, 1]}
      ticks={[0, 0.25, 0.5, 0.75, 1]}
      tickText={String}
    >
      <Heading
        width={width}
        title={`Safety correctness by slice: ${baseline.name} and ${candidate.name}`}
        lines={[`${pluralize(comparison.n, rows)} · share of correct rows with 95 % intervals`]}
      />
      <Key names={[baseline.name, candidate.name]} y={headingHeight(1) + 10} />
      <Heads place={place} names={[baseline.name, candidate.name]} />
      {slices.map((slice, row) => (
        <SliceRow key={slice.slice} slice={slice} place={place} y={rowMiddle(place, row)} />
      ))}
      {slices.length === 0 ? (
        <Text x={edge} y={rowMiddle(place, 0) + 4.5} fill={colour.muted}>
          – the rows name no slices
        </Text>
      ) : null}
    </PointPlot>
  );
}

/** Draws the legend: each version's name next to its point. */
function Key({
  names: [baseline, candidate],
  y,
}: {
  names: readonly [string, string];
  y: number;
}): ReactNode {
  const colour = usePalette();
  const second = edge + 34 + Math.min(260, textWidth(baseline, font.small));
  return (
    <g>
      <circle cx={edge + 6} cy={y - 4} r={5} fill={colour.baseline} />
      <Text x={edge + 18} y={y} size={font.small} within={260}>
        {baseline}
      </Text>
      <circle cx={second + 6} cy={y - 4} r={5} fill={colour.candidate} />
      <Text x={second + 18} y={y} size={font.small} within={260}>
        {candidate}
      </Text>
    </g>
  );
}

function Heads({ place, names }: { place: PlotPlace; names: readonly [string, string] }): ReactNode {
  const colour = usePalette();
  const head = { y: place.top - 10, size: font.small, fill: colour.muted, anchor: "end" as const };
  return (
    <g>
      <Text {...head} x={edge} anchor="start">
        slice
      </Text>
      <Text {...head} x={place.left - 16}>
        n
      </Text>
      <Text {...head} x={place.right + valuesWidth - 32} within={valuesWidth - 34}>
        correct
      </Text>
      <Text {...head} x={place.right + valuesWidth + 44}>
        change
      </Text>
      <title>{names.join(" and ")}</title>
    </g>
  );
}

/** Draws a slice's name, size, both shares, and their difference. */
function SliceRow({ slice, place, y }: { slice: SliceComparison; place: PlotPlace; y: number }): ReactNode {
  const colour = usePalette();
  const { baseline, candidate, difference } = slice;
  const verdict = verdictOf("higher", difference.value, difference.ci95);
  const look = verdictLook(colour, verdict);
  const [upper, lower] = [y - offset * rowHeight + 4, y + offset * rowHeight + 4];
  const valueAt = place.right + valuesWidth - 32;
  const why = baseline.value === null || candidate.value === null ? (difference.reason ?? "no rows") : "";
  return (
    <g>
      <line
        x1={edge}
        x2={place.left - 8}
        y1={y + rowHeight / 2}
        y2={y + rowHeight / 2}
        stroke={colour.track}
      />
      <WrappedLabel x={edge} y={y} within={labelWidth - 10}>
        {slice.slice}
      </WrappedLabel>
      <Text x={place.left - 16} y={y + 4.5} anchor="end">
        {formatCount(slice.n)}
      </Text>
      <Text x={valueAt} y={upper} anchor="end" size={font.small} fill={colour.baseline}>
        {formatNumber(baseline.value)}
      </Text>
      <Text x={valueAt} y={lower} anchor="end" size={font.small} fill={colour.candidate}>
        {formatNumber(candidate.value)}
      </Text>
      <Text x={place.right + valuesWidth + 44} y={y + 4.5} anchor="end" fill={look.ink}>
        {formatSigned(difference.value)}
      </Text>
      <Text
        x={place.right + valuesWidth + 56}
        y={y + 4.5}
        fill={look.ink}
        within={columnsWidth - valuesWidth - 56}
      >
        {why === "" ? verdictWords[verdict] : why}
      </Text>
    </g>
  );
}
