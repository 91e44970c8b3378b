import { Box, SegmentedControl, SimpleGrid, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { reportOfSide } from "../../../../shared/domain/report/model.ts";
import type { EvaluationSummary } from "../../../../shared/schema/evaluationRows.ts";
import { FailureNotice } from "../../../ui/FailureNotice.tsx";
import { CategoryChart } from "../../../ui/figures/CategoryChart.tsx";
import { HistogramChart } from "../../../ui/figures/HistogramChart.tsx";
import { SafetyChart } from "../../../ui/figures/SafetyChart.tsx";
import { Panel } from "../../../ui/Panel.tsx";
import { LinesSkeleton } from "../../../ui/Skeletons.tsx";
import type { Changes, EvaluateUrl } from "../useEvaluateUrl.ts";
import { Headline } from "./Headline.tsx";
import { ResultsNotes } from "./ResultsNotes.tsx";
import { SliceTable } from "./SliceTable.tsx";
import { useSummary } from "./useSummary.ts";

/** What an evaluation came to. Every bar, cell and slice opens its rows. */
export function FiguresView({ url, version }: { url: EvaluateUrl; version: string }) {
  const split = url.params.get("over") === "all" ? "all" : "dev";
  const summary = useSummary(version, split);
  if (summary.error !== null)
    return (
      <FailureNotice error={summary.error} title="The results cannot be shown" onRetry={summary.refetch} />
    );
  if (summary.data === undefined) return <LinesSkeleton lines={10} />;
  return (
    <Stack gap={12} style={{ opacity: summary.isPlaceholderData ? 0.6 : 1 }}>
      <ResultsNotes summary={summary.data} url={url} />
      <Figures
        summary={summary.data}
        onSplit={(over) => url.adjust({ over: over === "all" ? "all" : null })}
        onRows={(filter) => url.go("rows", { ...noFilter, ...filter })}
      />
    </Stack>
  );
}

/** Rows opened from a figure are the rows of this figure, whatever was filtered before. */
const noFilter: Changes = {
  outcome: null,
  cell: null,
  slice: null,
  category: null,
  score: null,
  only: null,
  q: null,
  page: null,
  row: null,
};

interface FiguresProps {
  readonly summary: EvaluationSummary;
  onSplit(split: "dev" | "all"): void;
  onRows(filter: Changes): void;
}

function Figures({ summary, onSplit, onRows }: FiguresProps) {
  const { version, side, histogram, slices, stamp, split, heldout } = summary;
  const report = reportOfSide(version, side);
  // Rows that are open here are the dev rows: what a figure over all rows counts beyond them stays closed.
  const open = (filter: Changes) =>
    onRows({ ...filter, split: split === "all" && heldout.opened ? "all" : null });
  return (
    <>
      <Panel
        title={`${version}: ${split === "dev" ? "dev rows" : "all rows"}`}
        actions={
          stamp === null ? null : (
            <SegmentedControl
              aria-label="Rows the figures cover"
              value={split}
              onChange={(value) => onSplit(value === "all" ? "all" : "dev")}
              data={[
                { value: "dev", label: "Dev rows" },
                { value: "all", label: "All rows" },
              ]}
            />
          )
        }
      >
        <Headline side={side} />
      </Panel>
      <SimpleGrid type="container" cols={{ base: 1, "1800px": 2 }} spacing={12}>
        <SimpleGrid type="container" cols={{ base: 1, "900px": 2 }} spacing={12}>
          <ChartPanel>
            <SafetyChart report={report} onCell={(cell) => open({ cell })} />
          </ChartPanel>
          <Stack gap={12}>
            <ChartPanel>
              <HistogramChart
                histogram={histogram}
                fileName={`${version}-scores`}
                onBar={(bin) => {
                  const { from = 0, to = 1 } = histogram.bins[bin] ?? {};
                  open({ score: `${from}-${to}`, outcome: "answered", cell: "ok" });
                }}
                onUnscored={() => open({ only: "unscored" })}
              />
              <Text size="xs" c="dimmed">
                Safe rows that were answered. A refused one has no score: in delivered {report.scaleName} it
                counts as 0.
              </Text>
            </ChartPanel>
            <ChartPanel>
              <CategoryChart report={report} onBar={(category) => open({ category })} />
            </ChartPanel>
          </Stack>
        </SimpleGrid>
        <ChartPanel>
          <SliceTable slices={slices} scaleName={report.scaleName} onSlice={(slice) => open({ slice })} />
        </ChartPanel>
      </SimpleGrid>
    </>
  );
}

function ChartPanel({ children }: { children: ReactNode }) {
  return (
    <Box
      p={12}
      style={{
        border: "1px solid var(--mantine-color-default-border)",
        borderRadius: "var(--mantine-radius-default)",
        minWidth: 0,
      }}
    >
      {children}
    </Box>
  );
}
