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
import { Caption } from "../../ui/Caption.ts";
import { Panel } from "../../ui/Panel.tsx";
import { RunActions } from "../../ui/RunActions.tsx";
import { RunProgress } from "../../ui/RunProgress.tsx";
import { RunStatus } from "../../ui/RunStatus.tsx";
import { messages } from "./messages.ts";

const { view: text } = messages;

/** Returns the current time, updated once a second while `ticking`. */
function useNow(ticking: boolean): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (!ticking) return;
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [ticking]);
  return now;
}

function describeFacts({ facts, peakMemoryBytes, tokensPerSecond }: TrainingCurves): string {
  if (facts === null) return "";
  const { rowsTrained, rowsValidation, device, precision, threads, parameters } = facts;
  const speed = tokensPerSecond.at(-1)?.value;
  return [
    text.rows(pluralize(rowsTrained, "row"), formatCount(rowsValidation)),
    text.parameters(formatLargeCount(parameters.trainable), formatLargeCount(parameters.total)),
    device === "cpu" ? `CPU, ${pluralize(threads, "thread")}` : device.toUpperCase(),
    precision,
    ...(speed === undefined ? [] : [text.speed(formatCount(speed))]),
    ...(peakMemoryBytes === null ? [] : [text.peakMemory(formatBytes(peakMemoryBytes))]),
  ].join(" · ");
}

/** Describes how long a run took. The end of an interrupted run is unknown. */
function describeTime(run: Run, now: number): string[] {
  if (isActive(run)) return [text.running(formatDuration(elapsedSeconds(run, now)))];
  return run.endedAt === null ? [] : [text.took(formatDuration(elapsedSeconds(run, now)))];
}

function describePosition({ facts, epoch, step }: TrainingCurves): string[] {
  if (facts === null) return [];
  return [
    text.epoch(formatNumber(epoch, 1), facts.epochs),
    text.step(formatCount(step), formatCount(facts.maxSteps)),
  ];
}

/** Shows a training's status, progress, early stopping, and actions. */
export function TrainingHead({ run, curves }: { run: Run; curves: TrainingCurves }) {
  const now = useNow(isActive(run));
  const spec = TrainingRunSpecSchema.safeParse(run.spec).data;
  return (
    <Panel title={run.title} actions={<RunActions run={run} />}>
      <Stack gap={8}>
        <Group gap={8}>
          <RunStatus status={run.status} />
          <Text c="dimmed" className="nw-figures">
            {[...describeTime(run, now), ...describePosition(curves)].join(" · ")}
          </Text>
        </Group>
        {isActive(run) ? <RunProgress run={run} /> : null}
        {spec === undefined ? null : (
          <Text aria-live="polite">{stoppingWords(curves, spec.trainer.evaluation, run.status)}</Text>
        )}
        <Caption>{describeFacts(curves)}</Caption>
        <WhyEnded run={run} />
      </Stack>
    </Panel>
  );
}

/** Explains why a run didn't succeed, what is kept, and what to do. */
function WhyEnded({ run: { status, reason, failure } }: { run: Run }) {
  if (status === "interrupted") {
    return (
      <Alert color="orange" p={8} title={text.interruptedTitle}>
        {text.interrupted}
      </Alert>
    );
  }
  if (status === "cancelled") {
    return <Text c="dimmed">{text.cancelled}</Text>;
  }
  if (status !== "failed") return null;
  return (
    <Alert color="orange" p={8} title={sentenceCase(failure?.message ?? reason ?? text.failedRun)}>
      {failure?.hint ?? text.failedHint}
    </Alert>
  );
}
