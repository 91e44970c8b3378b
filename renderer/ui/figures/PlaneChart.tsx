import type { Plane } from "../../../shared/domain/operatingPoint/plane.ts";
import { PlaneFigure } from "../../../shared/figures/PlaneFigure.tsx";
import { messages } from "../messages.ts";
import { Chart } from "./Chart.tsx";
import { intervalCell, numberCell } from "./cells.ts";
import type { ChartTable } from "./chartTable.ts";

interface PlaneChartProps {
  /** From `operatingPlanes` in shared/domain/operatingPoint. */
  readonly plane: Plane;
  readonly fileName: string;
}

function tableOf({ x, y, lines, points }: Plane): ChartTable {
  const listed = lines.length > 0 ? lines.flatMap((line) => line.points) : points;
  return {
    columns: [
      { name: x.title, numeric: true },
      { name: y.title, numeric: true },
      { name: messages.chart.columns.interval },
    ],
    rows: listed.map((point) => [
      numberCell(point.x),
      numberCell(point.y),
      intervalCell(point.ci95 === null ? null : [point.ci95[0], point.ci95[1]]),
    ]),
  };
}

/** Shows lines and points between two linear axes. */
export function PlaneChart({ plane, fileName }: PlaneChartProps) {
  return (
    <Chart
      title={plane.title}
      fileName={fileName}
      table={tableOf(plane)}
      draw={(width) => <PlaneFigure plane={plane} width={width} height={340} />}
    />
  );
}
