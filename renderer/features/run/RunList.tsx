import { Group, Text, UnstyledButton } from "@mantine/core";
import type { KeyboardEvent } from "react";
import { formatDuration } from "../../../shared/domain/format/duration.ts";
import { elapsedSeconds } from "../../../shared/domain/run/elapsed.ts";
import type { Run } from "../../../shared/schema/run.ts";
import { Caption } from "../../ui/Caption.ts";
import { RunStatus } from "../../ui/RunStatus.tsx";
import { Timestamp } from "../../ui/Timestamp.tsx";
import { messages } from "./messages.ts";
import classes from "./runs.module.css";

interface RunListProps {
  readonly runs: readonly Run[];
  readonly chosen: string | null;
  onChoose(id: string): void;
}

/** Moves the focus between runs with the up and down keys. */
function onArrow(event: KeyboardEvent<HTMLElement>): void {
  const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  if (step === 0) return;
  const all = [...event.currentTarget.querySelectorAll("button")];
  const at = all.indexOf(document.activeElement as HTMLButtonElement);
  all[at + step]?.focus();
  event.preventDefault();
}

/** Lists runs, newest first. */
export function RunList({ runs, chosen, onChoose }: RunListProps) {
  if (runs.length === 0) {
    return (
      <Text c="dimmed" p={12}>
        {messages.list.empty}
      </Text>
    );
  }
  return (
    <nav aria-label={messages.list.label} onKeyDown={onArrow}>
      {runs.map((run) => (
        <UnstyledButton
          key={run.id}
          className={classes.run}
          aria-current={run.id === chosen}
          onClick={() => onChoose(run.id)}
        >
          <Group justify="space-between" wrap="nowrap" gap={8}>
            <Text truncate>{run.title}</Text>
            <RunStatus status={run.status} />
          </Group>
          <Caption className="nw-figures">
            <Timestamp at={run.createdAt} />
            {run.endedAt === null ? "" : ` · ${formatDuration(elapsedSeconds(run, 0))}`}
          </Caption>
        </UnstyledButton>
      ))}
    </nav>
  );
}
