import { scaleName } from "../../../shared/domain/report/model.ts";
import {
  DifferenceFigure,
  differenceFigureHeight,
  headlineOf,
} from "../../../shared/figures/DifferenceFigure.tsx";
import type { Comparison } from "../../../shared/schema/comparison.ts";
import { messages } from "../messages.ts";
import { Chart } from "./Chart.tsx";
import { changeCell, changeIntervalCell, numberCell } from "./cells.ts";

const { columns } = messages.chart;

/** Shows the changes of the headline metrics with their intervals. */
export function DifferenceChart({ comparison }: { comparison: Comparison }) {
  const { baseline, candidate } = comparison;
  const scale = { scale: baseline.scale, scaleName: scaleName(baseline.scale) };
  return (
    <Chart
      title={messages.chart.changes(baseline.name, candidate.name)}
      fileName={`${baseline.name}-${candidate.name}-changes`}
      table={{
        columns: [
          { name: columns.metric },
          { name: baseline.name, numeric: true },
          { name: candidate.name, numeric: true },
          { name: columns.change, numeric: true },
          { name: columns.interval },
        ],
        rows: headlineOf(comparison).map(
          ({ name, baseline: before, candidate: after, change, ci95, reason }) => [
            name,
            numberCell(before),
            numberCell(after),
            changeCell(change),
            changeIntervalCell(ci95, reason),
          ],
        ),
      }}
      draw={(width) => (
        <DifferenceFigure
          comparison={comparison}
          scale={scale}
          width={Math.max(760, width)}
          height={differenceFigureHeight(comparison)}
        />
      )}
    />
  );
}
