import { Alert, Group, Stack, Text } from "@mantine/core";
import { useEffect, useState } from "react";
import { formatBytes } from "../../../shared/domain/format/bytes.ts";
import { formatCount, formatLargeCount, pluralize } from "../../../shared/domain/format/count.ts";
import { formatDuration } from "../../../shared/domain/format/duration.ts";
import { formatNumber } from "../../../shared/domain/format/number.ts";
import { sentenceCase } from "../../../shared/domain/format/sentence.ts";
import { elapsedSeconds } from "../../../shared/domain/run/elapsed.ts";
import { stoppingWords } from "../../../shared/domain/training/stopping.ts";
import type { Run } from "../../../shared/schema/run.ts";
import type { TrainingCurves } from "../../../shared/schema/trainingCurves.ts";
import { TrainingRunSpecSchema } from "../../../shared/schema/trainingRun.ts";
import { isActive } from "../../api/index.ts";
import { Panel } from "../../ui/Panel.tsx";
import { RunActions } from "../../ui/RunActions.tsx";
import { RunProgress } from "../../ui/RunProgress.tsx";
import { RunStatus } from "../../ui/RunStatus.tsx";

/** The wall clock, once a second while something goes on. */
function useNow(ticking: boolean): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (!ticking) return;
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [ticking]);
  return now;
}

function factWords({ facts, peakMemoryBytes, tokensPerSecond }: TrainingCurves): string {
  if (facts === null) return "";
  const { rowsTrained, rowsValidation, device, precision, threads, parameters } = facts;
  const speed = tokensPerSecond.at(-1)?.value;
  return [
    `${pluralize(rowsTrained, "row")} trained on, ${formatCount(rowsValidation)} validated on`,
    `${formatLargeCount(parameters.trainable)} of ${formatLargeCount(parameters.total)} parameters`,
    device === "cpu" ? `CPU, ${pluralize(threads, "thread")}` : device.toUpperCase(),
    precision,
    ...(speed === undefined ? [] : [`${formatCount(speed)} tokens/s`]),
    ...(peakMemoryBytes === null ? [] : [`${formatBytes(peakMemoryBytes)} memory at most`]),
  ].join(" · ");
}

/** Of a run that was interrupted nobody knows when it ended. */
function timeWords(run: Run, now: number): string[] {
  if (isActive(run)) return [`for ${formatDuration(elapsedSeconds(run, now))}`];
  return run.endedAt === null ? [] : [`took ${formatDuration(elapsedSeconds(run, now))}`];
}

function placeWords({ facts, epoch, step }: TrainingCurves): string[] {
  if (facts === null) return [];
  return [
    `epoch ${formatNumber(epoch, 1)} of ${facts.epochs}`,
    `step ${formatCount(step)} of ${formatCount(facts.maxSteps)}`,
  ];
}

/** Where a training is: status, progress and end, early stopping in words, and what can be done. */
export function TrainingHead({ run, curves }: { run: Run; curves: TrainingCurves }) {
  const now = useNow(isActive(run));
  const spec = TrainingRunSpecSchema.safeParse(run.spec).data;
  return (
    <Panel title={run.title} actions={<RunActions run={run} />}>
      <Stack gap={8}>
        <Group gap={8}>
          <RunStatus status={run.status} />
          <Text size="sm" c="dimmed" className="nw-figures">
            {[...timeWords(run, now), ...placeWords(curves)].join(" · ")}
          </Text>
        </Group>
        {isActive(run) ? <RunProgress run={run} /> : null}
        {spec === undefined ? null : (
          <Text size="sm" aria-live="polite">
            {stoppingWords(curves, spec.trainer.evaluation, run.status)}
          </Text>
        )}
        <Text size="xs" c="dimmed">
          {factWords(curves)}
        </Text>
        <WhyEnded run={run} />
      </Stack>
    </Panel>
  );
}

/** Why a run did not succeed, what is safe, and what to do. */
function WhyEnded({ run: { status, reason, failure } }: { run: Run }) {
  if (status === "interrupted") {
    return (
      <Alert color="orange" p={8} title="Interrupted">
        Its process is gone. Resume goes on from its last checkpoint, or from the start where it had none yet.
      </Alert>
    );
  }
  if (status === "cancelled") {
    return (
      <Text size="sm" c="dimmed">
        Stopped at a checkpoint. Resume goes on from there; nothing is trained twice.
      </Text>
    );
  }
  if (status !== "failed") return null;
  return (
    <Alert color="orange" p={8} title={sentenceCase(failure?.message ?? reason ?? "It failed")}>
      {failure?.hint ?? "Its log below holds all it said. Resume goes on from its last checkpoint."}
    </Alert>
  );
}
