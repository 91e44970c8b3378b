import { Anchor, Box, Button, Group, Stack, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { Link } from "wouter";
import type { Run } from "../../shared/schema/run.ts";
import { isActive, useFollowRuns, useRuns } from "../api/index.ts";
import { FailureNotice } from "../ui/FailureNotice.tsx";
import { RunProgress } from "../ui/RunProgress.tsx";
import { useRunActions } from "../ui/useRunActions.ts";

const endings: Partial<Record<Run["status"], { words: string; color: string }>> = {
  succeeded: { words: "has succeeded", color: "teal" },
  failed: { words: "has failed", color: "orange" },
  cancelled: { words: "was cancelled", color: "gray" },
  paused: { words: "is paused", color: "gray" },
  interrupted: { words: "was interrupted", color: "orange" },
};

function tellEnd({ id, title, status, reason }: Run): void {
  const ending = endings[status];
  if (ending === undefined) return;
  const message = status === "succeeded" ? undefined : reason;
  notifications.show({
    id: `${id} ${status}`,
    color: ending.color,
    title: `${title} ${ending.words}`,
    message: message ?? "It is kept under Runs.",
  });
}

/** Where one looks at a run while it goes on. */
function placeOf({ id, kind }: Run, workspaceId: string): string {
  return kind === "training"
    ? `/w/${workspaceId}/train?tab=current&run=${id}`
    : `/w/${workspaceId}/runs?run=${id}`;
}

function TrayRun({ run, workspaceId }: { run: Run; workspaceId: string }) {
  const { ask, isAsked } = useRunActions(run);
  const action = run.status === "paused" ? "resume" : "cancel";
  const words = action === "resume" ? "Resume" : "Cancel";
  return (
    <Box component="li">
      <Group justify="space-between" wrap="nowrap" gap={4}>
        <Anchor
          component={Link}
          href={placeOf(run, workspaceId)}
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
          style={{ flexShrink: 0 }}
          loading={isAsked(action)}
          aria-label={`${words} ${run.title}`}
          onClick={() => ask(action)}
        >
          {words}
        </Button>
      </Group>
      <RunProgress run={run} />
    </Box>
  );
}

/** What runs or stands still for the moment, always in view: how far it is, when it ends, and the way to stop it. */
export function RunTray({ workspaceId }: { workspaceId: string }) {
  const lookAgain = useFollowRuns(workspaceId, tellEnd);
  const { runs, failure } = useRuns();
  const unfinished = (runs ?? []).filter((run) => isActive(run) || run.status === "paused");
  return (
    <Box
      component="section"
      aria-label="Running"
      style={{ borderTop: "1px solid var(--mantine-color-default-border)", flexShrink: 0 }}
    >
      {failure === null ? null : (
        <FailureNotice error={failure} title="The runs cannot be followed" onRetry={lookAgain} />
      )}
      {runs === null && failure !== null ? null : unfinished.length === 0 ? (
        <Text size="xs" c="dimmed" p={8}>
          {runs === null ? "Looking for runs" : "Nothing is running"}
        </Text>
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
