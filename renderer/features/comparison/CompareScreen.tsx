import { Anchor, Button, Group, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { useApi } from "../../api/index.ts";
import { useCommands } from "../../ui/commands.ts";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { FailureNotice } from "../../ui/FailureNotice.tsx";
import { notice } from "../../ui/notices.tsx";
import { OpenCsvFiles } from "../../ui/OpenCsvFiles.tsx";
import { Page } from "../../ui/Page.tsx";
import { LinesSkeleton } from "../../ui/Skeletons.tsx";
import { useWorkspacePath } from "../../ui/useUrlState.ts";
import { Comparisons } from "./Comparisons.tsx";
import { messages } from "./messages.ts";
import { ReportActions } from "./ReportActions.tsx";
import { comparable } from "./selection.ts";
import { useChosen } from "./useSelection.ts";
import { VersionPicker } from "./VersionPicker.tsx";

/** Compares two or more results and decides whether the candidate is better. */
export function CompareScreen() {
  const info = useQuery(useApi().workspace.info.queryOptions());
  const { versions: results, seeds } = comparable(info.data?.results ?? []);
  const { chosen, shown, choose, show } = useChosen(results);
  const take = (paths: readonly string[]): void => {
    const [first, second] = paths;
    if (first === undefined) return;
    if (second !== undefined) choose({ baseline: first, candidates: [second] });
    else if (chosen !== null)
      choose({ baseline: chosen.baseline, candidates: [...chosen.candidates, first] });
    else if (results[0] !== undefined) choose({ baseline: results[0], candidates: [first] });
    else notice(messages.files.one, messages.files.oneTitle);
  };
  useCommands(
    chosen?.candidates.length === 1
      ? [
          {
            id: "compare-swap",
            label: messages.swap,
            run: () => choose({ baseline: shown, candidates: [chosen.baseline] }),
          },
        ]
      : [],
  );
  const elsewhere = <OpenCsvFiles help={messages.files.help} onFiles={take} />;
  return (
    <Page
      title={messages.title}
      lead={
        chosen === null ? null : (
          <VersionPicker chosen={chosen} results={[...results, ...seeds]} onChoose={choose} />
        )
      }
      actions={
        chosen === null || info.data === undefined ? null : (
          <>
            {elsewhere}
            <ReportActions chosen={chosen} shown={shown} folder={info.data.folder} />
          </>
        )
      }
    >
      <FailureNotice error={info.error} onRetry={info.refetch} />
      {info.isPending ? <LinesSkeleton /> : null}
      {chosen === null && info.data !== undefined ? <NothingToCompare elsewhere={elsewhere} /> : null}
      {chosen === null || info.data === undefined ? null : (
        <Comparisons chosen={chosen} shown={shown} onShow={show} />
      )}
    </Page>
  );
}

function NothingToCompare({ elsewhere }: { elsewhere: React.ReactNode }) {
  const { to } = useWorkspacePath();
  return (
    <Stack gap={0} align="flex-start">
      <EmptyState
        title={messages.empty.title}
        action={
          <Button component={Link} href={to("evaluate")}>
            {messages.empty.action}
          </Button>
        }
      >
        {messages.empty.body}
      </EmptyState>
      <Group gap={16}>
        {elsewhere}
        <Anchor component={Link} href={to("study")}>
          {messages.empty.study}
        </Anchor>
      </Group>
    </Stack>
  );
}
