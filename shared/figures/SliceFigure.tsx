import type { ReactNode } from "react";
import { formatCount, pluralize } from "../domain/format/count.ts";
import { formatInterval, formatNumber, formatSigned } from "../domain/format/number.ts";
import { verdictOf, verdictWords } from "../domain/report/words.ts";
import type { Comparison, SliceComparison } from "../schema/comparison.ts";
import { Heading, headingHeight, Legend, Text, WrappedLabel } from "./frame.tsx";
import { axisHeight, type Mark, type PlotPlace, PointPlot, rowMiddle } from "./PointPlot.tsx";
import { type Palette, usePalette } from "./palette.ts";
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
  color: Palette,
): Mark[] {
  return slices.flatMap(({ slice, n, baseline, candidate }, row) => [
    ...(["baseline", "candidate"] as const).flatMap((side) => {
      const { value, ci95 } = side === "baseline" ? baseline : candidate;
      if (value === null) return [];
      const whose = `${slice}, n ${formatCount(n)}, ${names[side]}`;
      const lines = [whose, `${formatNumber(value)} ${formatInterval(ci95)}`];
      const place = side === "baseline" ? row - offset : row + offset;
      return [{ id: `slice-${row}/${side}`, row: place, value, ci95, fill: color[side], lines }];
    }),
  ]);
}

/** Returns the slice of a mark, whose id is `slice-ROW/side`. */
function sliceAt(slices: readonly SliceComparison[], id: string): string {
  return slices[Number(/^slice-(\d+)/.exec(id)?.[1])]?.slice ?? "";
}

/** Draws the safety correctness of each slice with intervals: baseline above, candidate below. */
export function SliceFigure({ comparison, width, height, onSlice }: SliceFigureProps): ReactNode {
  const color = usePalette();
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
      marks={marksOf(slices, { baseline: baseline.name, candidate: candidate.name }, color)}
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
      <Legend
        mark="circle"
        entries={[
          { text: baseline.name, fill: color.baseline, ink: color.ink },
          { text: candidate.name, fill: color.candidate, ink: color.ink },
        ]}
        y={headingHeight(1) + 10}
      />
      <Heads place={place} names={[baseline.name, candidate.name]} />
      {slices.map((slice, row) => (
        <SliceRow key={slice.slice} slice={slice} place={place} y={rowMiddle(place, row)} />
      ))}
      {slices.length === 0 ? (
        <Text x={edge} y={rowMiddle(place, 0) + 4.5} fill={color.muted}>
          – the rows name no slices
        </Text>
      ) : null}
    </PointPlot>
  );
}

function Heads({ place, names }: { place: PlotPlace; names: readonly [string, string] }): ReactNode {
  const color = usePalette();
  const head = { y: place.top - 10, size: font.small, fill: color.muted, anchor: "end" as const };
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
  const color = usePalette();
  const { baseline, candidate, difference } = slice;
  const verdict = verdictOf("higher", difference.value, difference.ci95);
  const look = verdictLook(color, verdict);
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
        stroke={color.track}
      />
      <WrappedLabel x={edge} y={y} within={labelWidth - 10}>
        {slice.slice}
      </WrappedLabel>
      <Text x={place.left - 16} y={y + 4.5} anchor="end">
        {formatCount(slice.n)}
      </Text>
      <Text x={valueAt} y={upper} anchor="end" size={font.small} fill={color.baseline}>
        {formatNumber(baseline.value)}
      </Text>
      <Text x={valueAt} y={lower} anchor="end" size={font.small} fill={color.candidate}>
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
