import type { ReactNode } from "react";
import { Bar, LabelList } from "recharts";
import { linearTicks } from "../domain/axis/ticks.ts";
import { formatCount, pluralize } from "../domain/format/count.ts";
import { formatShare } from "../domain/format/number.ts";
import type { Histogram } from "../schema/histogram.ts";
import { Hatched, HatchPattern, Heading, headingHeight, Text } from "./frame.tsx";
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

export interface HistogramFigureProps {
  readonly histogram: Histogram;
  readonly width: number;
  readonly height: number;
  /** The version's position among those shown, which sets its color. */
  readonly version?: number;
  /** The maximum of the axis; set it to keep the axis when a filter changes the bars. */
  readonly most?: number | undefined;
  readonly onBar?: ((bin: number) => void) | undefined;
  readonly onUnscored?: (() => void) | undefined;
}

const top = headingHeight(1) + 22;
/** Width of the column of unscored rows, apart from the scores. */
const unscoredWidth = 84;

/** Returns the default maximum of a histogram's axis. */
function histogramMost({ bins, unscored }: Histogram): number {
  return Math.max(1, unscored, ...bins.map(({ count }) => count));
}

/** Draws the distribution of row scores as bars from zero, with unscored rows hatched and apart. */
export function HistogramFigure(props: HistogramFigureProps): ReactNode {
  const { histogram, width, height } = props;
  const { title, scoreWords, scored, unscored, bins } = histogram;
  const palette = usePalette();
  const most = props.most ?? histogramMost(histogram);
  const place: PlotRectangle = {
    left: edge + yAxisWidth - 16,
    right: width - edge - (unscored > 0 ? unscoredWidth : 0),
    top,
    bottom: height - xAxisHeight - 8,
  };
  return (
    <XYPlot
      width={width}
      height={height}
      place={place}
      x={{ domain: [0, 1], text: String, title: "row score, 0 to 1" }}
      y={{ domain: [0, most], text: String, title: "rows", ticks: wholeCounts(most), fixed: true }}
      data={bins.map(({ from, to, count }) => ({ x: (from + to) / 2, count }))}
    >
      <HatchPattern />
      <Heading width={width} title={title} lines={[scoreWords]} />
      <Bar
        dataKey="count"
        fill={versionColor(palette, props.version ?? 1).fill}
        barSize={(place.right - place.left) / bins.length - 2}
        isAnimationActive={false}
      >
        <LabelList
          dataKey="count"
          position="top"
          fill={palette.ink}
          fontFamily={palette.family}
          fontSize={font.small}
          formatter={(count) => (count === 0 ? "" : count)}
        />
      </Bar>
      <PlotContent>
        {(scales) => (
          <g>
            <BinHits {...props} scales={scales} place={place} />
            {unscored === 0 ? null : <Unscored {...props} scales={scales} place={place} />}
          </g>
        )}
      </PlotContent>
      {scored > 0 ? null : (
        <EmptyPlot place={place}>{unscored > 0 ? "– no rows scored" : "– no safe rows answered"}</EmptyPlot>
      )}
    </XYPlot>
  );
}

/** Returns whole-number ticks, because rows are whole. */
function wholeCounts(most: number): number[] {
  return linearTicks([0, most], 4).filter(Number.isInteger);
}

interface PartProps extends HistogramFigureProps {
  readonly scales: Scales;
  readonly place: PlotRectangle;
}

function BinHits({ histogram, scales, place, onBar }: PartProps): ReactNode {
  const { bins, scored } = histogram;
  return (
    <Hits>
      {bins.map(({ from, to, count }, index) => {
        const rows = `${pluralize(count, "row")}${scored === 0 ? "" : `, ${formatShare(count / scored)} of those scored`}`;
        return (
          <Hit
            key={from}
            id={`bin ${index}`}
            lines={[`score ${from} to ${to}`, rows]}
            x={scales.x(from) + 1}
            y={place.top}
            width={scales.x(to) - scales.x(from) - 2}
            height={place.bottom - place.top}
            onPick={onBar === undefined ? undefined : () => onBar(index)}
          />
        );
      })}
    </Hits>
  );
}

function Unscored({ histogram, scales, place, onUnscored }: PartProps): ReactNode {
  const { muted } = usePalette();
  const x = place.right + 20;
  const width = unscoredWidth - 32;
  const y = scales.y(histogram.unscored);
  const middle = x + width / 2;
  return (
    <g>
      <Hatched x={x} y={y} width={width} height={scales.y(0) - y} />
      <Text x={middle} y={y - 5} anchor="middle" size={font.small}>
        {formatCount(histogram.unscored)}
      </Text>
      <Text x={middle} y={place.bottom + 18} anchor="middle" size={font.small} fill={muted}>
        unscored
      </Text>
      <Hits>
        <Hit
          id="unscored"
          lines={[`${pluralize(histogram.unscored, "row")} unscored`, "the judge failed on these rows"]}
          x={x}
          y={place.top}
          width={width}
          height={place.bottom - place.top}
          onPick={onUnscored}
        />
      </Hits>
    </g>
  );
}
