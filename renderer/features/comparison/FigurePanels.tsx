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
import { messages } from "./messages.ts";
import { listInUrl } from "./selection.ts";

interface FigurePanelsProps {
  readonly view: ComparisonView;
  /** The candidate's position among the versions on screen. */
  readonly place: number;
  /** The categories of all versions on screen. */
  readonly categories: CategoryShift;
  /** Shows the rows of a cell, a move, or a slice among those that the figures cover. */
  onRows(
    covers: Comparison["decidedOn"],
    conditions: { from?: OverallCategory; to?: OverallCategory; slice?: string },
  ): void;
}

/** Shows what changed between the baseline and one candidate. Each cell, move, and slice opens its rows. */
export function FigurePanels({ view, place, categories, onRows }: FigurePanelsProps) {
  const { comparison, shift } = view;
  const { decidedOn, slices } = comparison;
  return (
    <div className={styles.place}>
      <div className={styles.grid}>
        <div className={styles.safety}>
          <FigurePanel title={messages.figures.safety}>
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
          <FigurePanel title={messages.figures.categories}>
            <ShiftChart shift={categories} />
          </FigurePanel>
        </div>
        <div className={styles.scatter}>
          <FigurePanel title={messages.figures.scatter}>
            {shift.scatter === null ? (
              <Text c="dimmed" p={24}>
                {messages.figures.noScatter}
              </Text>
            ) : (
              <RowScatterChart scatter={shift.scatter} />
            )}
          </FigurePanel>
        </div>
        <div className={styles.slices}>
          <FigurePanel title={messages.figures.slices}>
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
