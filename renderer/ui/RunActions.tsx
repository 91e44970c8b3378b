import { Button, Group } from "@mantine/core";
import type { Run } from "../../shared/schema/run.ts";
import { messages } from "./messages.ts";
import { actionsOf, useRunActions } from "./useRunActions.ts";

interface RunActionsProps {
  readonly run: Pick<Run, "id" | "status" | "title">;
}

/** The buttons that a run's status allows: pause, cancel, resume. */
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
          {messages.run.actions[action]}
        </Button>
      ))}
    </Group>
  );
}
