import { Alert, Anchor, Button, Group, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import type { Overview } from "../../../shared/schema/overview.ts";
import { useApi } from "../../api/index.ts";
import { FailureNotice } from "../../ui/FailureNotice.tsx";
import { Page } from "../../ui/Page.tsx";
import { LinesSkeleton } from "../../ui/Skeletons.tsx";
import { useWorkspacePath } from "../../ui/useUrlState.ts";
import { messages } from "./messages.ts";
import { NextStepCard } from "./NextStepCard.tsx";
import { PromptQuestionPanel } from "./PromptQuestionPanel.tsx";
import { VersionTable } from "./VersionTable.tsx";
import { WorkspaceInputs } from "./WorkspaceInputs.tsx";

/** Shows every version with its dataset, adapter, and results, what is stale, and the next step. */
export function OverviewScreen() {
  const asked = useQuery(useApi().workspace.overview.queryOptions());
  const overview = asked.data;
  return (
    <Page
      title={messages.title}
      lead={
        overview === undefined ? null : (
          <Text c="dimmed" truncate title={overview.folder}>
            {overview.name}
          </Text>
        )
      }
      actions={
        <Button variant="default" loading={asked.isFetching} onClick={() => void asked.refetch()}>
          {messages.refresh}
        </Button>
      }
    >
      {overview === undefined ? (
        asked.error === null ? (
          <LinesSkeleton lines={10} />
        ) : (
          <FailureNotice error={asked.error} title={messages.failed} onRetry={asked.refetch} />
        )
      ) : (
        <Stack gap={16} maw={1400}>
          <NextStepCard next={overview.next} />
          <PromptQuestionPanel question={overview.promptQuestion} />
          <VersionTable overview={overview} />
          <Group align="flex-start" gap={16}>
            <WorkspaceInputs overview={overview} />
            <Unreadable all={overview.unreadable} />
          </Group>
          <StudyLink />
        </Stack>
      )}
    </Page>
  );
}

/** Leads to an example of a published comparison, which needs no data of the workspace. */
function StudyLink() {
  const { to } = useWorkspacePath();
  return (
    <Text c="dimmed">
      {messages.study.lead}{" "}
      <Anchor component={Link} href={to("study")}>
        {messages.study.link}
      </Anchor>
    </Text>
  );
}

/** Lists models and results that can't be read, each with the reason. */
function Unreadable({ all }: { all: Overview["unreadable"] }) {
  if (all.length === 0) return null;
  return (
    <Alert color="orange" title={messages.unreadable} maw={520}>
      {all.map(({ what, problem }) => (
        <Text key={what}>
          {what}: {problem}
        </Text>
      ))}
    </Alert>
  );
}
