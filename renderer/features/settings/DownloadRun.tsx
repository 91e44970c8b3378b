import { Button, Group, Stack, Text } from "@mantine/core";
import type { Run } from "../../../shared/schema/run.ts";
import { isActive } from "../../api/index.ts";
import { FailureNotice } from "../../ui/FailureNotice.tsx";
import { RunProgress } from "../../ui/RunProgress.tsx";
import { useRunActions } from "../../ui/useRunActions.ts";

/** One download: how far it is, and the way to stop it or to go on. */
export function DownloadRun({ run }: { run: Run }) {
  const { ask, isAsked } = useRunActions(run);
  const goesOn = isActive(run);
  return (
    <Stack gap={4} role="group" aria-label={run.title}>
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm" fw={500}>
          {run.title}
        </Text>
        {goesOn ? (
          <Button variant="default" loading={isAsked("cancel")} onClick={() => ask("cancel")}>
            Stop the download
          </Button>
        ) : (
          <Button variant="default" loading={isAsked("resume")} onClick={() => ask("resume")}>
            Resume
          </Button>
        )}
      </Group>
      <RunProgress run={run} />
      {goesOn ? null : (
        <Text size="xs" c="dimmed">
          {run.status === "failed" ? "It failed" : "It was stopped"}; what came is kept.
        </Text>
      )}
      {run.failure === null ? null : <FailureNotice error={run.failure} />}
    </Stack>
  );
}
