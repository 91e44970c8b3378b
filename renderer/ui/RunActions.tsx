import { Button, Group } from "@mantine/core";
import type { Run } from "../../shared/schema/run.ts";
import { actionsOf, type RunAction, useRunActions } from "./useRunActions.ts";

interface RunActionsProps {
  readonly run: Pick<Run, "id" | "status" | "title">;
}

const words: Record<RunAction, string> = { pause: "Pause", cancel: "Cancel", resume: "Resume" };

/** What can be done with a run as it is: stop it for good or for now, or go on with it. */
export function RunActions({ run }: RunActionsProps) {
  const { ask, isAsked } = useRunActions(run);
  return (
    <Group gap={8} wrap="nowrap">
      {actionsOf(run).map((action) => (
        <Button
          key={action}
          variant={action === "resume" ? "filled" : "default"}
          loading={isAsked(action)}
          onClick={() => ask(action)}
        >
          {words[action]}
        </Button>
      ))}
    </Group>
  );
}
