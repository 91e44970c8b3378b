import { Group, Paper, Progress, Stack, Text } from "@mantine/core";
import { formatCount, pluralize } from "../../../../shared/domain/format/count.ts";
import { formatDuration } from "../../../../shared/domain/format/duration.ts";
import type { LiveRows } from "../../../../shared/schema/evaluationRows.ts";
import type { Run } from "../../../../shared/schema/run.ts";
import { Caption } from "../../../ui/Caption.ts";
import { RunActions } from "../../../ui/RunActions.tsx";
import { RunStatus } from "../../../ui/RunStatus.tsx";
import { messages } from "../messages.ts";

const { run: text } = messages;

interface RunHeaderProps {
  readonly run: Run;
  readonly latest: Omit<LiveRows, "rows"> | null;
}

/** Shows a run's status, progress, and remaining time. */
export function RunHeader({ run, latest }: RunHeaderProps) {
  const total = latest?.total ?? run.progress?.total ?? 0;
  const settled = latest?.settled ?? run.progress?.done ?? 0;
  return (
    <Paper p={12} component="section" aria-label={run.title}>
      <Stack gap={8}>
        <Group justify="space-between" wrap="nowrap">
          <Group gap={8} wrap="nowrap" miw={0}>
            <span aria-live="polite">
              <RunStatus status={run.status} />
            </span>
            <Text truncate>{run.title}</Text>
          </Group>
          <RunActions run={run} />
        </Group>
        <Progress
          value={total === 0 ? 0 : (100 * settled) / total}
          aria-label={text.progress}
          color={run.status === "failed" ? "orange" : "accent"}
        />
        <Caption className="nw-figures" data-testid="live-counts">
          {describeCounts(latest, settled, total).join(" · ")}
          {run.status === "running" && run.progress?.etaSeconds != null
            ? ` · ${text.remaining(formatDuration(run.progress.etaSeconds))}`
            : ""}
        </Caption>
      </Stack>
    </Paper>
  );
}

function describeCounts(latest: RunHeaderProps["latest"], settled: number, total: number): string[] {
  const done = text.completed(formatCount(settled), pluralize(total, "row"));
  if (latest === null) return [done];
  const { generated, unscored } = latest;
  return [
    done,
    ...(generated > settled ? [text.waitingForJudge(generated - settled)] : []),
    ...(unscored > 0 ? [text.unscored(formatCount(unscored))] : []),
  ];
}
