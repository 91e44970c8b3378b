import { CategoryFigure, categoryFigureHeight, type Role } from "../../../shared/figures/CategoryFigure.tsx";
import type { NameCategory } from "../../../shared/schema/judge.ts";
import type { VersionReport } from "../../../shared/schema/report.ts";
import { Chart } from "./Chart.tsx";
import { countCell, shareCell } from "./cells.ts";

interface CategoryChartProps {
  readonly report: VersionReport;
  readonly role?: Role;
  /** The count at which the axis ends, kept while a filter changes the bars. */
  readonly most?: number;
  onBar?(category: NameCategory): void;
}

/** One version's names by category. */
export function CategoryChart({ report, ...rest }: CategoryChartProps) {
  const { title, bars } = report.categories;
  return (
    <Chart
      title={title}
      fileName={`${report.version}-names-by-category`}
      table={{
        columns: [{ name: "category" }, { name: "names", numeric: true }, { name: "share", numeric: true }],
        rows: bars.map(({ label, count, share }) => [label, countCell(count), shareCell(share)]),
      }}
      draw={(width) => (
        <CategoryFigure report={report} width={width} height={categoryFigureHeight(report)} {...rest} />
      )}
    />
  );
}
