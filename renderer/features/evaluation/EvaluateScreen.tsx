import { Button, Menu, SegmentedControl, Select, VisuallyHidden } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { untrainedVersions } from "../../../shared/schema/workspace.ts";
import { useApi } from "../../api/index.ts";
import { useCommands } from "../../ui/commands.ts";
import { FailureNotice } from "../../ui/FailureNotice.tsx";
import { Page } from "../../ui/Page.tsx";
import { PageSkeleton } from "../../ui/Skeletons.tsx";
import { useExports } from "../../ui/useExports.ts";
import { messages } from "./messages.ts";
import { NoResults, NoResultsOf } from "./NoResults.tsx";
import { OperatingView } from "./operating/OperatingView.tsx";
import { FiguresView } from "./results/FiguresView.tsx";
import { ReviewView } from "./review/ReviewView.tsx";
import { RowsView } from "./rows/RowsView.tsx";
import { RunsView } from "./run/RunsView.tsx";
import { StartView } from "./start/StartView.tsx";
import { useEvaluateUrl, type View } from "./useEvaluateUrl.ts";
import { isGoing, useEvaluationRuns } from "./useEvaluationRuns.ts";

/** Evaluates versions on the test set: start and follow runs, inspect and correct rows, generate rows for failures. */
export function EvaluateScreen() {
  const info = useQuery(useApi().workspace.info.queryOptions());
  const url = useEvaluateUrl();
  const runs = useEvaluationRuns();
  useCommands([
    { id: "evaluate:new", label: messages.newEvaluation, run: () => url.go("start") },
    {
      id: "evaluate:worst",
      label: messages.commands.worstRows,
      run: () => url.go("rows", { sort: null, page: null }),
    },
    { id: "evaluate:runs", label: messages.commands.currentRun, run: () => url.go("runs", { run: null }) },
  ]);
  if (info.data === undefined) {
    if (info.error === null) return <PageSkeleton title={messages.title} />;
    return (
      <Page title={messages.title}>
        <FailureNotice error={info.error} onRetry={info.refetch} />
      </Page>
    );
  }
  const { results } = info.data;
  const versions = [...untrainedVersions, ...info.data.versions];
  const asked = url.params.get("version");
  const version = chosenVersion(asked, results);
  const going = runs?.some((run) => isGoing(run) && run.kind !== "augmentation") ?? false;
  const view = url.view ?? (version === null ? (going ? "runs" : "figures") : "figures");
  const ofVersion = view === "figures" || view === "operating" || view === "rows";
  return (
    <Page
      title={messages.title}
      lead={
        <>
          <SegmentedControl
            aria-label={messages.views.label}
            value={view}
            onChange={(to) => url.go(to as View)}
            data={(["figures", "operating", "rows", "runs", "review"] as const).map((value) => ({
              value,
              label: value === "runs" ? <Runs going={going} /> : messages.views[value],
            }))}
          />
          {ofVersion && version !== null ? (
            <Select
              aria-label={messages.version}
              w={120}
              value={version}
              data={results}
              onChange={(to) => to !== null && url.adjust({ version: to, page: null, row: null })}
            />
          ) : null}
        </>
      }
      actions={
        <>
          {ofVersion && version !== null ? <ResultsMenu version={version} /> : null}
          {view === "start" ? (
            <Button variant="default" onClick={() => url.go(version === null ? "runs" : "figures")}>
              {version === null ? messages.views.backToRuns : messages.views.backToFigures}
            </Button>
          ) : (
            <Button onClick={() => url.go("start")}>{messages.newEvaluation}</Button>
          )}
        </>
      }
    >
      {view === "start" ? <StartView url={url} versions={versions} withResults={results} /> : null}
      {view === "runs" ? <RunsView url={url} runs={runs} /> : null}
      {view === "review" ? <ReviewView url={url} runs={runs} /> : null}
      {ofVersion && version === null ? <NoResults url={url} /> : null}
      {ofVersion && version !== null && asked !== null && asked !== version ? (
        <NoResultsOf asked={asked} shown={version} known={versions.includes(asked)} url={url} />
      ) : null}
      {view === "figures" && version !== null ? <FiguresView url={url} version={version} /> : null}
      {view === "operating" && version !== null ? <OperatingView key={version} version={version} /> : null}
      {view === "rows" && version !== null ? <RowsView key={version} url={url} version={version} /> : null}
    </Page>
  );
}

/** Returns the version in the URL, or else the newest version with results. */
function chosenVersion(asked: string | null, results: readonly string[]): string | null {
  return results.find((version) => version === asked) ?? results.at(-1) ?? null;
}

function Runs({ going }: { going: boolean }) {
  if (!going) return messages.views.runs;
  return (
    <>
      {messages.views.runs} <span aria-hidden>●</span>
      <VisuallyHidden>{messages.views.runActive}</VisuallyHidden>
    </>
  );
}

/** Exports a version's results. */
function ResultsMenu({ version }: { version: string }) {
  const info = useQuery(useApi().workspace.info.queryOptions());
  const { figures, report } = useExports(info.data?.folder ?? ".");
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" loading={figures.isPending || report.isPending}>
          {messages.results.export}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          onClick={() =>
            report.mutate({ baseline: version, candidate: null, name: `${version}-report.html` })
          }
        >
          {messages.results.exportReport(version)}
        </Menu.Item>
        <Menu.Item onClick={() => figures.mutate([version])}>{messages.results.exportFigures}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
