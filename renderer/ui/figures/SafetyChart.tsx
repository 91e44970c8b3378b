import { SegmentedControl } from "@mantine/core";
import { useState } from "react";
import { SafetyFigure, safetyFigureHeight } from "../../../shared/figures/SafetyFigure.tsx";
import type { SafetyView } from "../../../shared/figures/SafetyMatrix.tsx";
import type { OverallCategory, VersionReport } from "../../../shared/schema/report.ts";
import { messages } from "../messages.ts";
import { Chart } from "./Chart.tsx";
import { countCell, intervalCell, numberCell } from "./cells.ts";
import type { ChartTable } from "./chartTable.ts";

interface SafetyChartProps {
  readonly report: VersionReport;
  /** Opens the rows of a cell. */
  onCell?(category: OverallCategory): void;
}

const { columns } = messages.chart;

function tableOf({ safety }: VersionReport): ChartTable {
  return {
    columns: [
      { name: columns.cellOrRate },
      { name: columns.value, numeric: true },
      { name: columns.interval },
    ],
    rows: [
      ...safety.cells.map(({ label, count }) => [label, countCell(count), ""]),
      ...safety.rates.map(({ label, figure: { value, ci95, reason } }) => [
        label,
        numberCell(value),
        intervalCell(ci95, reason),
      ]),
    ],
  };
}

/** Selects which class counts as positive. */
export function ViewSwitch({ view, onChange }: { view: SafetyView; onChange: (view: SafetyView) => void }) {
  return (
    <SegmentedControl
      aria-label="Positive class"
      size="xs"
      value={view}
      onChange={(value) => onChange(value === "allow" ? "allow" : "block")}
      data={[
        { value: "block", label: "Block" },
        { value: "allow", label: "Allow" },
      ]}
    />
  );
}

/** Shows one version's safety matrix and rates. Each cell opens its rows. */
export function SafetyChart({ report, onCell }: SafetyChartProps) {
  const [view, setView] = useState<SafetyView>("block");
  return (
    <Chart
      title={report.safety.title}
      fileName={`${report.version}-safety-${view}`}
      table={tableOf(report)}
      controls={<ViewSwitch view={view} onChange={setView} />}
      draw={(width) => (
        <SafetyFigure
          report={report}
          width={width}
          height={safetyFigureHeight(report, width, view)}
          view={view}
          onCell={onCell}
        />
      )}
    />
  );
}
