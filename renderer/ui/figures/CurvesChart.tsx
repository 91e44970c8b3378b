import { Group, Slider, Switch } from "@mantine/core";
import { formatNumber } from "../../../shared/domain/format/number.ts";
import { CurvesFigure, curveValue } from "../../../shared/figures/CurvesFigure.tsx";
import type { AxisScale, CurveFigure } from "../../../shared/schema/curves.ts";
import { Caption } from "../Caption.ts";
import { messages } from "../messages.ts";
import { Chart } from "./Chart.tsx";
import { countCell } from "./cells.ts";
import type { ChartTable } from "./chartTable.ts";

interface CurvesChartProps {
  /** From `curveFigure` in shared/domain/curves. */
  readonly figure: CurveFigure;
  readonly fileName: string;
  readonly height?: number;
  onStep?(step: number): void;
}

const { columns } = messages.chart;

function tableOf({ curve, series }: CurveFigure): ChartTable {
  return {
    columns: [
      { name: columns.series },
      { name: columns.step, numeric: true },
      { name: columns.value, numeric: true },
    ],
    rows: series.flatMap(({ label, points }) =>
      points.map(({ step, value }) => [
        label,
        countCell(step),
        { exact: value, shown: curveValue(curve, value) },
      ]),
    ),
  };
}

/** Shows the curves of one or several training runs. */
export function CurvesChart({ figure, fileName, height = 300, onStep }: CurvesChartProps) {
  return (
    <Chart
      title={figure.title}
      fileName={fileName}
      table={tableOf(figure)}
      draw={(width) => <CurvesFigure figure={figure} width={width} height={height} onStep={onStep} />}
    />
  );
}

export interface CurveView {
  readonly smoothing: number;
  readonly scale: AxisScale;
}

/** Sets the smoothing and the scale of all curves on a screen. */
export function CurveControls({ view, onChange }: { view: CurveView; onChange: (view: CurveView) => void }) {
  return (
    <Group gap={16}>
      <Group gap={8} wrap="nowrap">
        <Caption id="curve-smoothing">Smoothing</Caption>
        <Slider
          w={120}
          min={0}
          max={0.98}
          step={0.02}
          label={(value) => formatNumber(value, 2)}
          value={view.smoothing}
          onChange={(smoothing) => onChange({ ...view, smoothing })}
          thumbProps={{ "aria-labelledby": "curve-smoothing" }}
        />
      </Group>
      <Switch
        label="Log scale"
        checked={view.scale === "log"}
        onChange={({ currentTarget }) =>
          onChange({ ...view, scale: currentTarget.checked ? "log" : "linear" })
        }
      />
    </Group>
  );
}
