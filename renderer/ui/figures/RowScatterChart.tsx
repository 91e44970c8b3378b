import { ScatterFigure, scatterFigureHeight } from "../../../shared/figures/ScatterFigure.tsx";
import type { Scatter } from "../../../shared/schema/shift.ts";
import { Chart } from "./Chart.tsx";
import { countCell, numberCell } from "./cells.ts";

interface RowScatterChartProps {
  readonly scatter: Scatter;
  onPoint?(point: Scatter["points"][number]): void;
}

/** Each row's score before and after. */
export function RowScatterChart({ scatter, onPoint }: RowScatterChartProps) {
  const { title, names, points } = scatter;
  return (
    <Chart
      title={title}
      fileName={`${names.baseline}-${names.candidate}-rows`}
      widest={560}
      table={{
        columns: [
          { name: "row" },
          { name: names.baseline, numeric: true },
          { name: `${names.candidate} `, numeric: true },
          { name: "rows", numeric: true },
          { name: "change" },
        ],
        rows: points.map(({ row, baseline, candidate, count, verdict }) => [
          row === null ? "several" : String(row),
          numberCell(baseline),
          numberCell(candidate),
          countCell(count),
          verdict,
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
