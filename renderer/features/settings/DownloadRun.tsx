import { Button, Group, Progress, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import type { Run } from "../../../shared/schema/run.ts";
import { useApi } from "../../api/index.ts";
import { FailureNotice } from "../../ui/FailureNotice.tsx";
import { bytes, roughTime } from "../../ui/words.ts";

/** One download: how far it is, and the way to stop it or to go on. */
export function DownloadRun({ run, onChanged }: { run: Run; onChanged: () => void }) {
  const api = useApi();
  const cancelling = useMutation(api.run.cancel.mutationOptions({ onSettled: onChanged }));
  const resuming = useMutation(api.run.resume.mutationOptions({ onSettled: onChanged }));
  const { progress, status } = run;
  const goesOn = status === "running" || status === "queued";
  const share = progress === null || progress.total === 0 ? 0 : (100 * progress.done) / progress.total;
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
      <Progress value={share} size="sm" aria-label={`${run.title}: ${Math.round(share)} %`} />
      <Text size="xs" c="dimmed" className="nw-figures">
        {wordsOf(run)}
      </Text>
      {run.failure === null ? null : <FailureNotice error={run.failure} />}
      {resuming.error === null ? null : <FailureNotice error={resuming.error} />}
    </Stack>
  );
}

function wordsOf({ progress, status }: Run): string {
  if (progress === null) return status;
  const far = `${bytes(progress.done)} of ${bytes(progress.total)}`;
  if (status !== "running") return `${far} · ${status}; what came is kept`;
  return progress.etaSeconds === null ? far : `${far} · about ${roughTime(progress.etaSeconds)} to go`;
}
