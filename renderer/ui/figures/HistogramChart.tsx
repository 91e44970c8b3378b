import { HistogramFigure } from "../../../shared/figures/HistogramFigure.tsx";
import type { Histogram } from "../../../shared/schema/histogram.ts";
import { messages } from "../messages.ts";
import { Chart } from "./Chart.tsx";
import { countCell } from "./cells.ts";
import type { ChartTable } from "./chartTable.ts";

interface HistogramChartProps {
  /** From `histogramOf` in shared/domain/report. */
  readonly histogram: Histogram;
  readonly fileName: string;
  readonly height?: number;
  /** The version's position among those shown, which sets its color. */
  readonly version?: number;
  /** The maximum of the axis, kept while a filter changes the bars. */
  readonly most?: number;
  onBar?(bin: number): void;
  onUnscored?(): void;
}

function tableOf({ bins, unscored }: Histogram): ChartTable {
  return {
    columns: [{ name: messages.chart.columns.score }, { name: messages.chart.columns.rows, numeric: true }],
    rows: [
      ...bins.map(({ from, to, count }) => [`${from} to ${to}`, countCell(count)]),
      ["unscored", countCell(unscored)],
    ],
  };
}

/** Shows the distribution of a version's row scores, with unscored rows apart. */
export function HistogramChart({ histogram, fileName, height = 300, ...rest }: HistogramChartProps) {
  return (
    <Chart
      title={histogram.title}
      fileName={fileName}
      table={tableOf(histogram)}
      draw={(width) => <HistogramFigure histogram={histogram} width={width} height={height} {...rest} />}
    />
  );
}
