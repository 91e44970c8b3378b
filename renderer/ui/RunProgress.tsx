import { Progress } from "@mantine/core";
import { formatDuration } from "../../shared/domain/format/duration.ts";
import { progressWords } from "../../shared/domain/run/progressWords.ts";
import { stageWords } from "../../shared/domain/run/stages.ts";
import type { Run } from "../../shared/schema/run.ts";
import { Caption } from "./Caption.ts";
import { messages } from "./messages.ts";

interface RunProgressProps {
  readonly run: Pick<Run, "status" | "stage" | "progress" | "title" | "reason">;
}

function describeStage({ status, stage, reason }: RunProgressProps["run"]): string {
  if (status === "queued") return reason ?? messages.run.queued;
  if (stage === null) return status;
  return status === "paused" ? messages.run.pausedAt(stageWords(stage)) : stageWords(stage);
}

/** Shows a run's stage, progress, and remaining time. A stage without progress has an empty bar. */
export function RunProgress({ run }: RunProgressProps) {
  const { progress, title, status } = run;
  const share = progress === null || progress.total === 0 ? 0 : progress.done / progress.total;
  // A paused run has no remaining time.
  const eta =
    progress?.etaSeconds == null || status === "paused"
      ? ""
      : ` · ${messages.run.remaining(formatDuration(progress.etaSeconds))}`;
  return (
    <div>
      <Caption lineClamp={2}>{describeStage(run)}</Caption>
      <Progress
        value={100 * share}
        size={4}
        radius={0}
        my={4}
        transitionDuration={0}
        aria-label={messages.run.progressOf(title)}
      />
      <Caption className="nw-figures">{progress === null ? "" : `${progressWords(progress)}${eta}`}</Caption>
    </div>
  );
}
