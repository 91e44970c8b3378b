import { Button, Group, Stack, Text } from "@mantine/core";
import type { Run } from "../../../shared/schema/run.ts";
import { isActive } from "../../api/index.ts";
import { Caption } from "../../ui/Caption.ts";
import { FailureNotice } from "../../ui/FailureNotice.tsx";
import { RunProgress } from "../../ui/RunProgress.tsx";
import { useRunActions } from "../../ui/useRunActions.ts";
import { messages } from "./messages.ts";

const { download: text } = messages;

/** Shows the progress of a download with a button to stop or resume it. */
export function DownloadRun({ run }: { run: Run }) {
  const { ask, isAsked } = useRunActions(run);
  const active = isActive(run);
  return (
    <Stack gap={4} role="group" aria-label={run.title}>
      <Group justify="space-between" wrap="nowrap">
        <Text fw={500}>{run.title}</Text>
        {active ? (
          <Button variant="default" loading={isAsked("cancel")} onClick={() => ask("cancel")}>
            {text.stop}
          </Button>
        ) : (
          <Button variant="default" loading={isAsked("resume")} onClick={() => ask("resume")}>
            {text.resume}
          </Button>
        )}
      </Group>
      <RunProgress run={run} />
      {active ? null : <Caption>{run.status === "failed" ? text.failedKept : text.stoppedKept}</Caption>}
      <FailureNotice error={run.failure} />
    </Stack>
  );
}
