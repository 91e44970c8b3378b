import { SliceFigure, sliceFigureHeight } from "../../../shared/figures/SliceFigure.tsx";
import type { Comparison } from "../../../shared/schema/comparison.ts";
import { messages } from "../messages.ts";
import { Chart } from "./Chart.tsx";
import { changeCell, changeIntervalCell, countCell, numberCell } from "./cells.ts";

const { columns } = messages.chart;

interface SliceChartProps {
  readonly comparison: Comparison;
  /** Opens the rows of a slice. */
  onSlice?(slice: string): void;
}

/** Shows the safety correctness of both versions in each slice. */
export function SliceChart({ comparison, onSlice }: SliceChartProps) {
  const { baseline, candidate, slices } = comparison;
  return (
    <Chart
      title={messages.chart.slices(baseline.name, candidate.name)}
      fileName={`${baseline.name}-${candidate.name}-slices`}
      table={{
        columns: [
          { name: columns.slice },
          { name: columns.n, numeric: true },
          { name: baseline.name, numeric: true },
          { name: `${candidate.name} `, numeric: true },
          { name: columns.change, numeric: true },
          { name: columns.interval },
        ],
        rows: slices.map((slice) => [
          slice.slice,
          countCell(slice.n),
          numberCell(slice.baseline.value),
          numberCell(slice.candidate.value),
          changeCell(slice.difference.value),
          changeIntervalCell(slice.difference.ci95, slice.difference.reason),
        ]),
      }}
      draw={(width) => (
        <SliceFigure
          comparison={comparison}
          width={Math.max(720, width)}
          height={sliceFigureHeight(comparison)}
          onSlice={onSlice}
        />
      )}
    />
  );
}
