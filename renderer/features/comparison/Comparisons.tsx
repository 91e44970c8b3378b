import { SegmentedControl, Stack } from "@mantine/core";
import { useRef } from "react";
import { decisionWords } from "../../../shared/domain/report/decisionWords.ts";
import { categoryShift } from "../../../shared/domain/report/shift.ts";
import { FailureNotice } from "../../ui/FailureNotice.tsx";
import { LinesSkeleton } from "../../ui/Skeletons.tsx";
import { DecisionPanel } from "./DecisionPanel.tsx";
import { FigurePanels } from "./FigurePanels.tsx";
import { HeadlinePanel } from "./HeadlinePanel.tsx";
import { messages } from "./messages.ts";
import { RefusalPanel } from "./RefusalPanel.tsx";
import { RowsPanel } from "./RowsPanel.tsx";
import { type Chosen, shortName } from "./selection.ts";
import { useComparedRows } from "./useComparedRows.ts";
import { useDecisionSettings } from "./useDecisionSettings.ts";
import { useViews } from "./useViews.ts";
import { WarningsPanel } from "./WarningsPanel.tsx";

interface ComparisonsProps {
  readonly chosen: Chosen;
  readonly shown: string;
  onShow(candidate: string): void;
}

/** Compares the baseline with each candidate: the metrics of all, and the decision, figures, and rows of one. */
export function Comparisons({ chosen, shown, onShow }: ComparisonsProps) {
  const { baseline, candidates } = chosen;
  const settings = useDecisionSettings();
  const views = useViews(chosen, settings.changes);
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
          title={messages.failed(shortName(baseline), shortName(candidate))}
          error={error}
          onRetry={retry}
        />
      ))}
      {waiting ? <LinesSkeleton lines={10} /> : null}
      {candidates.length > 1 && !waiting ? (
        <SegmentedControl
          aria-label={messages.shownCandidate}
          style={{ alignSelf: "flex-start" }}
          value={shown}
          onChange={onShow}
          data={views.map(({ candidate, view }) => ({
            value: candidate,
            label: `${shortName(candidate)}: ${view === null ? messages.notCompared : decisionWords[view.comparison.decision]}`,
          }))}
        />
      ) : null}
      {current?.view == null || categories === null ? null : (
        <>
          <DecisionPanel comparison={current.view.comparison} settings={settings} />
          <WarningsPanel comparison={current.view.comparison} />
          <HeadlinePanel comparisons={known.map(({ comparison }) => comparison)} />
          <RefusalPanel compared={current.view.comparison} />
          <FigurePanels
            view={current.view}
            place={candidates.indexOf(shown) + 1}
            categories={categories}
            onRows={(covers, conditions) => {
              rows.reveal(covers, conditions);
              rowsPanel.current?.scrollIntoView({ block: "start" });
            }}
          />
        </>
      )}
      {current?.error === null || current?.view != null ? (
        <div ref={rowsPanel}>
          <RowsPanel
            baseline={baseline}
            candidate={shown}
            place={candidates.indexOf(shown) + 1}
            state={rows}
          />
        </div>
      ) : null}
    </Stack>
  );
}
