import { ScatterFigure, scatterFigureHeight } from "../../../shared/figures/ScatterFigure.tsx";
import type { Scatter } from "../../../shared/schema/shift.ts";
import { messages } from "../messages.ts";
import { Chart } from "./Chart.tsx";
import { countCell, numberCell } from "./cells.ts";

interface RowScatterChartProps {
  readonly scatter: Scatter;
  onPoint?(point: Scatter["points"][number]): void;
}

/** Shows each row's score in the baseline and the candidate. */
export function RowScatterChart({ scatter, onPoint }: RowScatterChartProps) {
  const { title, names, points } = scatter;
  return (
    <Chart
      title={title}
      fileName={`${names.baseline}-${names.candidate}-rows`}
      widest={560}
      table={{
        columns: [
          { name: messages.chart.columns.row },
          { name: names.baseline, numeric: true },
          { name: `${names.candidate} `, numeric: true },
          { name: messages.chart.columns.rows, numeric: true },
          { name: messages.chart.columns.change },
        ],
        rows: points.map(({ row, baseline, candidate, count, verdict }) => [
          row === null ? messages.chart.severalRows : String(row),
          numberCell(baseline),
          numberCell(candidate),
          countCell(count),
          messages.chart.verdicts[verdict],
        ]),
      }}
      draw={(width) => (
        <ScatterFigure
          scatter={scatter}
          width={width}
          height={scatterFigureHeight(scatter, width)}
          onPoint={onPoint}
        />
      )}
    />
  );
}
