import { Button, Group } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation } from "@tanstack/react-query";
import type { Run } from "../../shared/schema/run.ts";
import { failureOf, isActive, useApi } from "../api/index.ts";
import { sentence } from "./sentence.ts";

const resumable: readonly Run["status"][] = ["paused", "cancelled", "failed", "interrupted"];

interface RunActionsProps {
  readonly run: Pick<Run, "id" | "status" | "title">;
}

/** What can be done with a run as it is: stop it for good or for now, or go on with it. */
export function RunActions({ run }: RunActionsProps) {
  // What was asked of it while it had another status is answered by the new one.
  return <Actions key={run.status} run={run} />;
}

function Actions({ run }: RunActionsProps) {
  const { run: api } = useApi();
  const onError = (error: unknown) =>
    notifications.show({ color: "orange", title: run.title, message: sentence(failureOf(error).message) });
  const cancelling = useMutation(api.cancel.mutationOptions({ onError }));
  const pausing = useMutation(api.pause.mutationOptions({ onError }));
  const resuming = useMutation(api.resume.mutationOptions({ onError }));
  const active = isActive(run);
  return (
    <Group gap={8} wrap="nowrap">
      {run.status === "running" ? (
        <Button
          variant="default"
          loading={pausing.isPending || pausing.isSuccess}
          onClick={() => pausing.mutate({ id: run.id })}
        >
          Pause
        </Button>
      ) : null}
      {active || run.status === "paused" ? (
        <Button
          variant="default"
          loading={cancelling.isPending || (active && cancelling.isSuccess)}
          onClick={() => cancelling.mutate({ id: run.id })}
        >
          Cancel
        </Button>
      ) : null}
      {resumable.includes(run.status) ? (
        <Button loading={resuming.isPending} onClick={() => resuming.mutate({ id: run.id })}>
          Resume
        </Button>
      ) : null}
    </Group>
  );
}
