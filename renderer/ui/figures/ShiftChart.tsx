import { ShiftFigure } from "../../../shared/figures/ShiftFigure.tsx";
import type { NameCategory } from "../../../shared/schema/judge.ts";
import type { CategoryShift } from "../../../shared/schema/shift.ts";
import { Chart } from "./Chart.tsx";
import { countCell, shareCell } from "./cells.ts";

interface ShiftChartProps {
  readonly shift: CategoryShift;
  onBar?(category: NameCategory, version: number): void;
}

/** Names by category, version under version. */
export function ShiftChart({ shift, onBar }: ShiftChartProps) {
  return (
    <Chart
      title={shift.title}
      fileName={`${shift.versions.map(({ name }) => name).join("-")}-names-by-category`}
      table={{
        columns: [
          { name: "version" },
          { name: "category" },
          { name: "names", numeric: true },
          { name: "share", numeric: true },
        ],
        rows: shift.versions.flatMap(({ name, categories }) =>
          categories.bars.map(({ label, count, share }) => [name, label, countCell(count), shareCell(share)]),
        ),
      }}
      draw={(width) => <ShiftFigure shift={shift} width={width} onBar={onBar} />}
    />
  );
}
