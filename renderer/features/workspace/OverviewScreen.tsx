import { Button, Group, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useApi } from "../../api/index.ts";
import { FailureNotice } from "../../ui/FailureNotice.tsx";
import { Page } from "../../ui/Page.tsx";
import { LinesSkeleton } from "../../ui/Skeletons.tsx";
import { Foundation } from "./Foundation.tsx";
import { Loop } from "./Loop.tsx";
import { NextStepCard } from "./NextStepCard.tsx";
import { Unreadable } from "./Unreadable.tsx";

/** The loop of this workspace: datasets, adapters, results, what is stale, and the one next step. */
export function OverviewScreen() {
  const asked = useQuery(useApi().workspace.overview.queryOptions());
  const overview = asked.data;
  return (
    <Page
      title="Overview"
      lead={
        overview === undefined ? null : (
          <Text size="sm" c="dimmed" truncate title={overview.folder}>
            {overview.name}
          </Text>
        )
      }
      actions={
        <Button variant="default" loading={asked.isFetching} onClick={() => void asked.refetch()}>
          Look again
        </Button>
      }
    >
      {overview === undefined ? (
        asked.error === null ? (
          <LinesSkeleton lines={10} />
        ) : (
          <FailureNotice
            error={asked.error}
            title="The workspace cannot be shown"
            onRetry={() => void asked.refetch()}
          />
        )
      ) : (
        <Stack gap={16} maw={1400}>
          <NextStepCard next={overview.next} />
          <Loop overview={overview} />
          <Group align="flex-start" gap={16}>
            <Foundation overview={overview} />
            <Unreadable all={overview.unreadable} />
          </Group>
        </Stack>
      )}
    </Page>
  );
}
