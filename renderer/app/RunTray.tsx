import { Anchor, Box, Button, Group, Stack } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { Link } from "wouter";
import type { Run } from "../../shared/schema/run.ts";
import { isActive, useFollowRuns, useRuns } from "../api/index.ts";
import { Caption } from "../ui/Caption.ts";
import { FailureNotice } from "../ui/FailureNotice.tsx";
import { RunProgress } from "../ui/RunProgress.tsx";
import { useRunActions } from "../ui/useRunActions.ts";
import { endings, messages } from "./messages.ts";

const endingColors: Partial<Record<Run["status"], string>> = {
  succeeded: "teal",
  failed: "orange",
  interrupted: "orange",
};

function announceEnd({ id, title, status, reason }: Run): void {
  const ending = endings[status];
  if (ending === undefined) return;
  const message = status === "succeeded" ? undefined : reason;
  notifications.show({
    id: `${id} ${status}`,
    color: endingColors[status] ?? "gray",
    title: `${title} ${ending}`,
    message: message ?? messages.tray.details,
  });
}

/** Returns the URL of the screen that shows a run in progress. */
function runHref({ id, kind }: Run, workspaceId: string): string {
  return kind === "training"
    ? `/w/${workspaceId}/train?tab=current&run=${id}`
    : `/w/${workspaceId}/runs?run=${id}`;
}

function TrayRun({ run, workspaceId }: { run: Run; workspaceId: string }) {
  const { ask, isAsked } = useRunActions(run);
  const action = run.status === "paused" ? "resume" : "cancel";
  const label = action === "resume" ? "Resume" : "Cancel";
  return (
    <Box component="li">
      <Group justify="space-between" wrap="nowrap" gap={4}>
        <Anchor
          component={Link}
          href={runHref(run, workspaceId)}
          size="sm"
          c="var(--mantine-color-text)"
          truncate
          miw={0}
        >
          {run.title}
        </Anchor>
        <Button
          variant="subtle"
          color="gray"
          size="compact-xs"
          flex="none"
          loading={isAsked(action)}
          aria-label={`${label} ${run.title}`}
          onClick={() => ask(action)}
        >
          {label}
        </Button>
      </Group>
      <RunProgress run={run} />
    </Box>
  );
}

/** Shows the running and paused jobs with their progress and remaining time, and a button to stop or resume each. */
export function RunTray({ workspaceId }: { workspaceId: string }) {
  const reconnect = useFollowRuns(workspaceId, announceEnd);
  const { runs, failure } = useRuns();
  const unfinished = (runs ?? []).filter((run) => isActive(run) || run.status === "paused");
  return (
    <Box
      component="section"
      aria-label={messages.tray.label}
      style={{ borderTop: "1px solid var(--mantine-color-default-border)", flexShrink: 0 }}
    >
      <FailureNotice error={failure} title={messages.tray.stopped} onRetry={reconnect} />
      {runs === null && failure !== null ? null : unfinished.length === 0 ? (
        <Caption p={8}>{runs === null ? messages.tray.loading : messages.tray.empty}</Caption>
      ) : (
        <Stack component="ul" gap={8} p={8} m={0} mah={220} style={{ listStyle: "none", overflowY: "auto" }}>
          {unfinished.map((run) => (
            <TrayRun key={run.id} run={run} workspaceId={workspaceId} />
          ))}
        </Stack>
      )}
    </Box>
  );
}
