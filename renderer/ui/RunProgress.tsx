import { Progress, Text } from "@mantine/core";
import { formatDuration } from "../../shared/domain/format/duration.ts";
import { progressWords } from "../../shared/domain/run/progressWords.ts";
import { stageWords } from "../../shared/domain/run/stages.ts";
import type { Run } from "../../shared/schema/run.ts";

interface RunProgressProps {
  readonly run: Pick<Run, "status" | "stage" | "progress" | "title" | "reason">;
}

function stageOf({ status, stage, reason }: RunProgressProps["run"]): string {
  if (status === "queued") return reason ?? "waiting for its turn";
  if (stage === null) return status;
  return status === "paused" ? `paused while ${stageWords(stage)}` : stageWords(stage);
}

/** What a run does, how far it is and when it ends. A stage that does not tell how far it is has an empty bar. */
export function RunProgress({ run }: RunProgressProps) {
  const { progress, title, status } = run;
  const share = progress === null || progress.total === 0 ? 0 : progress.done / progress.total;

  // What stands still has no end in sight.
  const eta =
    progress?.etaSeconds == null || status === "paused"
      ? ""
      : ` · ${formatDuration(progress.etaSeconds)} left`;
  return (
    <div>
      <Text size="xs" c="dimmed" lineClamp={2}>
        {stageOf(run)}
      </Text>
      <Progress
        value={100 * share}
        size={4}
        radius={0}
        my={4}
        transitionDuration={0}
        aria-label={`Progress of ${title}`}
      />
      <Text size="xs" c="dimmed" className="nw-figures">
        {progress === null ? "" : `${progressWords(progress)}${eta}`}
      </Text>
    </div>
  );
}
