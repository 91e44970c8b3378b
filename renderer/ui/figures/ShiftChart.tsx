import { ShiftFigure } from "../../../shared/figures/ShiftFigure.tsx";
import type { NameCategory } from "../../../shared/schema/judge.ts";
import type { CategoryShift } from "../../../shared/schema/shift.ts";
import { messages } from "../messages.ts";
import { Chart } from "./Chart.tsx";
import { countCell, shareCell } from "./cells.ts";

const { columns } = messages.chart;

interface ShiftChartProps {
  readonly shift: CategoryShift;
  onBar?(category: NameCategory, version: number): void;
}

/** Shows names by category for several versions. */
export function ShiftChart({ shift, onBar }: ShiftChartProps) {
  return (
    <Chart
      title={shift.title}
      fileName={`${shift.versions.map(({ name }) => name).join("-")}-names-by-category`}
      table={{
        columns: [
          { name: columns.version },
          { name: columns.category },
          { name: columns.names, numeric: true },
          { name: columns.share, numeric: true },
        ],
        rows: shift.versions.flatMap(({ name, categories }) =>
          categories.bars.map(({ label, count, share }) => [name, label, countCell(count), shareCell(share)]),
        ),
      }}
      draw={(width) => <ShiftFigure shift={shift} width={width} onBar={onBar} />}
    />
  );
}
