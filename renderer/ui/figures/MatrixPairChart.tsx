import { useState } from "react";
import { MatrixPairFigure } from "../../../shared/figures/MatrixPairFigure.tsx";
import type { SafetyView } from "../../../shared/figures/SafetyMatrix.tsx";
import type { OverallCategory } from "../../../shared/schema/report.ts";
import type { CellMove, MatrixShift } from "../../../shared/schema/shift.ts";
import { messages } from "../messages.ts";
import { Chart } from "./Chart.tsx";
import { countCell } from "./cells.ts";
import type { ChartTable } from "./chartTable.ts";
import { ViewSwitch } from "./SafetyChart.tsx";

interface MatrixPairChartProps {
  readonly shift: MatrixShift;
  /** The candidate's position among the versions shown. */
  readonly place?: number;
  onCell?(side: "baseline" | "candidate", category: OverallCategory): void;
  onMove?(move: CellMove): void;
}

function tableOf({ baseline, candidate, names, moves }: MatrixShift): ChartTable {
  const labels = new Map(baseline.cells.map(({ category, label }) => [category, label]));
  return {
    columns: [
      { name: messages.chart.columns.cellOrMove },
      { name: names.baseline, numeric: true },
      { name: `${names.candidate} `, numeric: true },
    ],
    rows: [
      ...baseline.cells.map(({ category, label, count }) => [
        label,
        countCell(count),
        countCell(candidate.cells.find((cell) => cell.category === category)?.count ?? 0),
      ]),
      ...moves.map(({ from, to, count }) => [
        messages.chart.moved(labels.get(from) ?? from, labels.get(to) ?? to),
        "",
        countCell(count),
      ]),
    ],
  };
}

/** Shows two versions' safety matrices side by side, with the rows that moved. */
export function MatrixPairChart({ shift, place = 1, onCell, onMove }: MatrixPairChartProps) {
  const [view, setView] = useState<SafetyView>("block");
  return (
    <Chart
      title={shift.title}
      fileName={`${shift.names.baseline}-${shift.names.candidate}-safety-${view}`}
      table={tableOf(shift)}
      controls={<ViewSwitch view={view} onChange={setView} />}
      draw={(width) => (
        <MatrixPairFigure
          shift={shift}
          width={width}
          view={view}
          place={place}
          onCell={onCell}
          onMove={onMove}
        />
      )}
    />
  );
}
