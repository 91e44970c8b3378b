import { Group, SegmentedControl, Stack, Text } from "@mantine/core";
import { useRef } from "react";
import { categoryShift } from "../../../shared/domain/report/shift.ts";
import { FailureNotice } from "../../ui/FailureNotice.tsx";
import { LinesSkeleton } from "../../ui/Skeletons.tsx";
import { type Chosen, shortName } from "./chosen.ts";
import { DecisionPanel } from "./DecisionPanel.tsx";
import { FigurePanels } from "./FigurePanels.tsx";
import { HeadlinePanel } from "./HeadlinePanel.tsx";
import { RowsPanel } from "./RowsPanel.tsx";
import { useComparedRows } from "./useComparedRows.ts";
import { useViews } from "./useViews.ts";
import { WarningsPanel } from "./WarningsPanel.tsx";

interface ComparisonsProps {
  readonly chosen: Chosen;
  readonly shown: string;
  onShow(candidate: string): void;
}

/** The baseline against each candidate: figures of all, and of one of them decision, figures and rows. */
export function Comparisons({ chosen, shown, onShow }: ComparisonsProps) {
  const { baseline, candidates } = chosen;
  const views = useViews(chosen);
  const rows = useComparedRows(baseline, shown);
  const rowsPanel = useRef<HTMLDivElement>(null);
  const known = views.flatMap(({ view }) => (view === null ? [] : [view]));
  const current = views.find(({ candidate }) => candidate === shown);
  const failures = views.filter(({ error }) => error !== null);
  const waiting = views.some(({ view, error }) => view === null && error === null);
  const [first] = known;
  const categories =
    first === undefined
      ? null
      : categoryShift([first.comparison.baseline, ...known.map(({ comparison }) => comparison.candidate)]);
  return (
    <Stack gap={12}>
      {failures.map(({ candidate, error, retry }) => (
        <FailureNotice
          key={candidate}
          title={`${shortName(baseline)} and ${shortName(candidate)} were not compared`}
          error={error}
          onRetry={retry}
        />
      ))}
      {waiting ? <LinesSkeleton lines={10} /> : null}
      {known.length > 0 && !waiting ? (
        <HeadlinePanel comparisons={known.map(({ comparison }) => comparison)} />
      ) : null}
      {candidates.length > 1 ? (
        <Group gap={8}>
          <Text size="sm" c="dimmed">
            Below: {shortName(baseline)} against
          </Text>
          <SegmentedControl
            aria-label="Candidate shown below"
            value={shown}
            onChange={onShow}
            data={candidates.map((value) => ({ value, label: shortName(value) }))}
          />
        </Group>
      ) : null}
      {current?.view == null || categories === null ? null : (
        <>
          <DecisionPanel comparison={current.view.comparison} />
          <WarningsPanel comparison={current.view.comparison} />
          <FigurePanels
            view={current.view}
            place={candidates.indexOf(shown) + 1}
            categories={categories}
            onRows={(narrowed) => {
              rows.narrow({ filter: "all", ...narrowed });
              rowsPanel.current?.scrollIntoView({ block: "start" });
            }}
          />
        </>
      )}
      {current?.error === null || current?.view != null ? (
        <div ref={rowsPanel}>
          <RowsPanel baseline={baseline} candidate={shown} state={rows} />
        </div>
      ) : null}
    </Stack>
  );
}
