import { Box, SegmentedControl, SimpleGrid, Stack } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { reportOfSide } from "../../../../shared/domain/report/model.ts";
import type { EvaluationSummary } from "../../../../shared/schema/evaluationRows.ts";
import { useApi } from "../../../api/index.ts";
import { Caption } from "../../../ui/Caption.ts";
import { FailureNotice } from "../../../ui/FailureNotice.tsx";
import { CategoryChart } from "../../../ui/figures/CategoryChart.tsx";
import { HistogramChart } from "../../../ui/figures/HistogramChart.tsx";
import { SafetyChart } from "../../../ui/figures/SafetyChart.tsx";
import { Panel } from "../../../ui/Panel.tsx";
import { LinesSkeleton } from "../../../ui/Skeletons.tsx";
import { messages } from "../messages.ts";
import type { Changes, EvaluateUrl } from "../useEvaluateUrl.ts";
import { Headline } from "./Headline.tsx";
import { NameConfidencePanel } from "./NameConfidencePanel.tsx";
import { ResultsNotes } from "./ResultsNotes.tsx";
import { SliceTable } from "./SliceTable.tsx";

/** Loads the figures of a version's results. The previous figures stay on screen in the meantime. */
function useSummary(version: string, split: "dev" | "all") {
  return useQuery(
    useApi().evaluation.summary.queryOptions({
      input: { version, split },
      placeholderData: keepPreviousData,
    }),
  );
}

/** Shows the results of an evaluation. Every bar, cell, and slice opens its rows. */
export function FiguresView({ url, version }: { url: EvaluateUrl; version: string }) {
  const split = url.params.get("over") === "all" ? "all" : "dev";
  const summary = useSummary(version, split);
  if (summary.error !== null)
    return <FailureNotice error={summary.error} title={messages.results.failed} onRetry={summary.refetch} />;
  if (summary.data === undefined) return <LinesSkeleton lines={10} />;
  return (
    <Stack gap={12} opacity={summary.isPlaceholderData ? 0.6 : 1}>
      <ResultsNotes summary={summary.data} url={url} />
      <Figures
        summary={summary.data}
        onSplit={(over) => url.adjust({ over: over === "all" ? "all" : null })}
        onRows={(filter) => url.go("rows", { ...noFilter, ...filter })}
      />
    </Stack>
  );
}

/** Clears all filters, so that a figure opens exactly its own rows. */
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
  // Unless the held-out rows have been revealed, only dev rows can be opened, even from figures over all rows.
  const open = (filter: Changes) =>
    onRows({ ...filter, split: split === "all" && heldout.opened ? "all" : null });
  return (
    <>
      <Panel
        title={`${version}: ${split === "dev" ? messages.results.devRows : messages.results.allRows}`}
        actions={
          stamp === null ? null : (
            <SegmentedControl
              aria-label={messages.results.rowsLabel}
              value={split}
              onChange={(value) => onSplit(value === "all" ? "all" : "dev")}
              data={[
                { value: "dev", label: messages.results.devOption },
                { value: "all", label: messages.results.allOption },
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
              <Caption>{messages.results.scored(report.scaleName)}</Caption>
            </ChartPanel>
            <ChartPanel>
              <CategoryChart report={report} onBar={(category) => open({ category })} />
            </ChartPanel>
          </Stack>
        </SimpleGrid>
        <Stack gap={12}>
          <ChartPanel>
            <SliceTable slices={slices} scaleName={report.scaleName} onSlice={(slice) => open({ slice })} />
          </ChartPanel>
          <ChartPanel>
            <NameConfidencePanel confidence={summary.nameConfidence} />
          </ChartPanel>
        </Stack>
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
