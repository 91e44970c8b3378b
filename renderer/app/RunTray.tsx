import { Anchor, Box, Button, Group, ScrollArea, Stack, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation } from "@tanstack/react-query";
import { Link } from "wouter";
import type { Run } from "../../shared/schema/run.ts";
import { failureOf, isActive, useApi, useFollowRuns, useRuns } from "../api/index.ts";
import { RunProgress } from "../ui/RunProgress.tsx";

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
  const cancelling = useMutation(
    useApi().run.cancel.mutationOptions({
      onError: (error) =>
        notifications.show({ color: "orange", title: "It goes on", message: failureOf(error).message }),
    }),
  );
  return (
    <Box component="li">
      <Group justify="space-between" wrap="nowrap" gap={4}>
        <Anchor
          component={Link}
          href={placeOf(run, workspaceId)}
          size="sm"
          c="var(--mantine-color-text)"
          truncate
        >
          {run.title}
        </Anchor>
        <Button
          variant="subtle"
          color="gray"
          size="compact-xs"
          loading={cancelling.isPending || cancelling.isSuccess}
          aria-label={`Cancel ${run.title}`}
          onClick={() => cancelling.mutate({ id: run.id })}
        >
          Cancel
        </Button>
      </Group>
      <RunProgress run={run} />
    </Box>
  );
}

/** What runs, always in view: how far it is, when it ends, and the way to stop it. */
export function RunTray({ workspaceId }: { workspaceId: string }) {
  useFollowRuns(workspaceId, tellEnd);
  const runs = useRuns((state) => state.runs);
  const active = (runs ?? []).filter(isActive);
  return (
    <Box
      component="section"
      aria-label="Running"
      style={{ borderTop: "1px solid var(--mantine-color-default-border)", flexShrink: 0 }}
    >
      {active.length === 0 ? (
        <Text size="xs" c="dimmed" p={8}>
          {runs === null ? "Looking for runs" : "Nothing is running"}
        </Text>
      ) : (
        <ScrollArea.Autosize mah={220} type="auto">
          <Stack component="ul" gap={8} p={8} m={0} style={{ listStyle: "none" }}>
            {active.map((run) => (
              <TrayRun key={run.id} run={run} workspaceId={workspaceId} />
            ))}
          </Stack>
        </ScrollArea.Autosize>
      )}
    </Box>
  );
}
