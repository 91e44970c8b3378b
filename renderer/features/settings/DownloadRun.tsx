import { Button, Group, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import type { Run } from "../../../shared/schema/run.ts";
import { isActive, useApi } from "../../api/index.ts";
import { FailureNotice } from "../../ui/FailureNotice.tsx";
import { RunProgress } from "../../ui/RunProgress.tsx";

/** One download: how far it is, and the way to stop it or to go on. */
export function DownloadRun({ run }: { run: Run }) {
  const api = useApi();
  const cancelling = useMutation(api.run.cancel.mutationOptions());
  const resuming = useMutation(api.run.resume.mutationOptions());
  const goesOn = isActive(run);
  const { error } = goesOn ? cancelling : resuming;
  return (
    <Stack gap={4} role="group" aria-label={run.title}>
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm" fw={500}>
          {run.title}
        </Text>
        {goesOn ? (
          <Button
            variant="default"
            loading={cancelling.isPending}
            onClick={() => cancelling.mutate({ id: run.id })}
          >
            Stop the download
          </Button>
        ) : (
          <Button
            variant="default"
            loading={resuming.isPending}
            onClick={() => resuming.mutate({ id: run.id })}
          >
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
      {error === null ? null : (
        <FailureNotice error={error} title={goesOn ? "It was not stopped" : "It does not go on"} />
      )}
    </Stack>
  );
}
