import { Text } from "@mantine/core";
import type { ComparisonView } from "../../../shared/schema/alignedRows.ts";
import type { Comparison } from "../../../shared/schema/comparison.ts";
import type { OverallCategory } from "../../../shared/schema/report.ts";
import type { CategoryShift } from "../../../shared/schema/shift.ts";
import { FigurePanel } from "../../ui/figures/FigurePanel.tsx";
import { MatrixPairChart } from "../../ui/figures/MatrixPairChart.tsx";
import { RowScatterChart } from "../../ui/figures/RowScatterChart.tsx";
import { ShiftChart } from "../../ui/figures/ShiftChart.tsx";
import { SliceChart } from "../../ui/figures/SliceChart.tsx";
import styles from "./figures.module.css";
import { listInUrl } from "./selection.ts";

interface FigurePanelsProps {
  readonly view: ComparisonView;
  /** The candidate's place among the versions on screen. */
  readonly place: number;
  /** All versions on screen. */
  readonly categories: CategoryShift;
  /** Shows the rows of cells or of slices, of those that the figures cover. */
  onRows(
    covers: Comparison["decidedOn"],
    conditions: { from?: OverallCategory; to?: OverallCategory; slice?: string },
  ): void;
}

/** What moved between the baseline and one candidate; each cell, move and slice opens its rows. */
export function FigurePanels({ view, place, categories, onRows }: FigurePanelsProps) {
  const { comparison, shift } = view;
  const { decidedOn, slices } = comparison;
  return (
    <div className={styles.place}>
      <div className={styles.grid}>
        <div className={styles.safety}>
          <FigurePanel title="Safety">
            <MatrixPairChart
              shift={shift.matrices}
              place={place}
              onCell={(side, category) =>
                onRows(decidedOn, side === "baseline" ? { from: category } : { to: category })
              }
              onMove={({ from, to }) => onRows(decidedOn, { from, to })}
            />
          </FigurePanel>
        </div>
        <div className={styles.categories}>
          <FigurePanel title="Names by category">
            <ShiftChart shift={categories} />
          </FigurePanel>
        </div>
        <div className={styles.scatter}>
          <FigurePanel title="Row by row scores">
            {shift.scatter === null ? (
              <Text size="sm" c="dimmed" p={24}>
                – the two files were not judged alike, so no row’s scores can be set against each other
              </Text>
            ) : (
              <RowScatterChart scatter={shift.scatter} />
            )}
          </FigurePanel>
        </div>
        <div className={styles.slices}>
          <FigurePanel title="Slices">
            <SliceChart
              comparison={comparison}
              onSlice={(name) => {
                const pools = slices.find(({ slice }) => slice === name)?.pools ?? [name];
                onRows(decidedOn, { slice: listInUrl(pools) });
              }}
            />
          </FigurePanel>
        </div>
      </div>
    </div>
  );
}
