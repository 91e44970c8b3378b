import { CategoryFigure, categoryFigureHeight, type Role } from "../../../shared/figures/CategoryFigure.tsx";
import type { NameCategory } from "../../../shared/schema/judge.ts";
import type { VersionReport } from "../../../shared/schema/report.ts";
import { messages } from "../messages.ts";
import { Chart } from "./Chart.tsx";
import { countCell, shareCell } from "./cells.ts";

const { columns } = messages.chart;

interface CategoryChartProps {
  readonly report: VersionReport;
  readonly role?: Role;
  /** The maximum of the axis, kept while a filter changes the bars. */
  readonly most?: number;
  onBar?(category: NameCategory): void;
}

/** Shows one version's names by category. */
export function CategoryChart({ report, ...rest }: CategoryChartProps) {
  const { title, bars } = report.categories;
  return (
    <Chart
      title={title}
      fileName={`${report.version}-names-by-category`}
      table={{
        columns: [
          { name: columns.category },
          { name: columns.names, numeric: true },
          { name: columns.share, numeric: true },
        ],
        rows: bars.map(({ label, count, share }) => [label, countCell(count), shareCell(share)]),
      }}
      draw={(width) => (
        <CategoryFigure report={report} width={width} height={categoryFigureHeight(report)} {...rest} />
      )}
    />
  );
}
