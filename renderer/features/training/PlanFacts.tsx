import { Progress, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { formatBytes } from "../../../shared/domain/format/bytes.ts";
import { pluralize } from "../../../shared/domain/format/count.ts";
import { formatDuration } from "../../../shared/domain/format/duration.ts";
import type { TrainingPlan } from "../../../shared/schema/trainingPlan.ts";
import classes from "./train.module.css";

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <Text component="dt" size="sm">
        {name}
      </Text>
      <Text component="dd" size="sm" className="nw-figures">
        {children}
      </Text>
    </>
  );
}

const Under = ({ children }: { children: ReactNode }) => (
  <Text size="xs" c="dimmed">
    {children}
  </Text>
);

/** What a training takes, in numbers, each with what it rests on. */
export function PlanFacts({ plan }: { plan: TrainingPlan }) {
  const { rows, steps, time, memory, disk, device } = plan;
  return (
    <dl className={classes.facts}>
      <Fact name="Rows">
        {rows === null ? "–" : `${rows.trained} trained on, ${rows.validation} validated on`}
        {rows === null ? null : (
          <Under>
            {pluralize(rows.refusalsTrained, "refusal")} and {rows.refusalsValidation} among them
          </Under>
        )}
      </Fact>
      <Fact name="Steps">
        {steps === null ? "–" : `${steps.most} at most`}
        {steps === null ? null : (
          <Under>
            {pluralize(steps.epochs, "epoch")} of {steps.perEpoch}
          </Under>
        )}
      </Fact>
      <Fact name="Time">
        {time.seconds === null ? "–" : `about ${formatDuration(time.seconds)}`}
        <Under>{time.basis}</Under>
      </Fact>
      <Fact name="Device">{device.words}</Fact>
      <Fact name="Memory">
        {memory === null
          ? "–"
          : `about ${formatBytes(memory.needed)} of ${formatBytes(memory.available)} free`}
        {memory === null ? null : <MemoryBar memory={memory} />}
      </Fact>
      <Fact name="Disk">
        {disk === null ? "–" : `${formatBytes(disk.needed)} at most, ${formatBytes(disk.available)} free`}
      </Fact>
    </dl>
  );
}

function MemoryBar({ memory }: { memory: NonNullable<TrainingPlan["memory"]> }) {
  const share = (100 * memory.needed) / Math.max(1, memory.available);
  const [largest] = memory.parts;
  return (
    <>
      <Progress
        value={Math.min(100, share)}
        color={share > 100 ? "orange" : "accent"}
        size={4}
        radius={0}
        my={4}
        transitionDuration={0}
        aria-label="Memory needed of what is free"
      />
      {largest === undefined ? null : (
        <Under>
          most of it {partWords[largest.name] ?? largest.name}, {formatBytes(largest.bytes)}
        </Under>
      )}
    </>
  );
}

const partWords: Readonly<Record<string, string>> = {
  weights: "the base's weights",
  lora: "the adapter",
  gradients: "gradients",
  optimiser: "the optimiser's moments",
  activations: "activations",
  logits: "logits",
  keyValueCache: "the cache for checked answers",
  runtime: "Python and its libraries",
};
