import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { rehearsalWords } from "../../../shared/domain/rehearsal/rehearsalWords.ts";
import type { RehearsalRequest, RehearsalResult } from "../../../shared/schema/rehearsal.ts";
import type { Run } from "../../../shared/schema/run.ts";
import { isActive, useApi, useRuns } from "../../api/index.ts";
import { Caption } from "../../ui/Caption.ts";
import { FailureNotice } from "../../ui/FailureNotice.tsx";
import { RunProgress } from "../../ui/RunProgress.tsx";
import { useRunActions } from "../../ui/useRunActions.ts";
import { messages } from "./messages.ts";

const { rehearsal: text } = messages;

/** Offers to measure a training before its base is downloaded, and shows the progress and the answer. */
export function Rehearsal({ request, disabled }: { request: RehearsalRequest; disabled: boolean }) {
  const { rehearsal } = useApi();
  const latest = useQuery(rehearsal.latest.queryOptions({ input: request }));
  const starting = useMutation(rehearsal.start.mutationOptions());
  const runs = useRuns((state) => state.runs) ?? [];
  const active = runs.find((run) => run.kind === "rehearsal" && isActive(run));
  const failure = runs.find(({ id }) => id === starting.data?.id)?.failure ?? null;
  if (active !== undefined) return <Progress run={active} />;
  return (
    <Stack gap={8}>
      {latest.data == null ? null : <Answer result={latest.data} />}
      <FailureNotice error={starting.error ?? latest.error ?? failure} title={text.failed} />
      <Button
        variant="default"
        fullWidth
        disabled={disabled}
        loading={starting.isPending}
        onClick={() => starting.mutate(request)}
      >
        {text.start}
      </Button>
      <Caption>{text.startHelp}</Caption>
    </Stack>
  );
}

function Progress({ run }: { run: Run }) {
  const { ask, isAsked } = useRunActions(run);
  return (
    <div role="status">
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm">{text.running}</Text>
        <Button variant="default" loading={isAsked("cancel")} onClick={() => ask("cancel")}>
          {text.cancel}
        </Button>
      </Group>
      <RunProgress run={run} />
    </div>
  );
}

function Answer({ result }: { result: RehearsalResult }) {
  const { fit, time, basis } = rehearsalWords(result);
  return (
    <Alert color={result.memory.fits ? "gray" : "orange"} p={8} title={text.title}>
      <Stack gap={4}>
        <Text size="xs">{fit}</Text>
        <Text size="xs">{time}</Text>
        <Caption>{basis}</Caption>
      </Stack>
    </Alert>
  );
}
