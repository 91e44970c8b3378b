import { Progress, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { formatBytes } from "../../../shared/domain/format/bytes.ts";
import { pluralize } from "../../../shared/domain/format/count.ts";
import { formatDuration } from "../../../shared/domain/format/duration.ts";
import { memoryPartNames } from "../../../shared/domain/training/memoryParts.ts";
import type { TrainingPlan } from "../../../shared/schema/trainingPlan.ts";
import { Caption } from "../../ui/Caption.ts";
import { messages } from "./messages.ts";
import classes from "./train.module.css";

const { plan: text } = messages;

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <Text component="dt">{name}</Text>
      <Text component="dd" className="nw-figures">
        {children}
      </Text>
    </>
  );
}

/** Shows what a training requires, each number with its basis. */
export function PlanFacts({ plan }: { plan: TrainingPlan }) {
  const { rows, steps, time, memory, disk, device } = plan;
  return (
    <dl className={classes.facts}>
      <Fact name={text.rows}>
        {rows === null ? "–" : text.rowCounts(rows.trained, rows.validation)}
        {rows === null ? null : (
          <Caption>
            {text.refusals(pluralize(rows.refusalsTrained, "refusal"), rows.refusalsValidation)}
          </Caption>
        )}
      </Fact>
      <Fact name={text.steps}>
        {steps === null ? "–" : text.maximumSteps(steps.most)}
        {steps === null ? null : (
          <Caption>{text.epochs(pluralize(steps.epochs, "epoch"), steps.perEpoch)}</Caption>
        )}
      </Fact>
      <Fact name={text.time}>
        {time.seconds === null ? "–" : text.about(formatDuration(time.seconds))}
        <Caption>{time.basis}</Caption>
      </Fact>
      <Fact name={text.device}>{device.words}</Fact>
      <Fact name={text.memory}>
        {memory === null ? "–" : text.memoryOf(formatBytes(memory.needed), formatBytes(memory.available))}
        {memory === null ? null : <MemoryBar memory={memory} />}
      </Fact>
      <Fact name={text.disk}>
        {disk === null ? "–" : text.diskOf(formatBytes(disk.needed), formatBytes(disk.available))}
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
        aria-label={text.memoryBar}
      />
      {largest === undefined ? null : (
        <Caption>
          {text.largestPart(memoryPartNames[largest.name] ?? largest.name, formatBytes(largest.bytes))}
        </Caption>
      )}
    </>
  );
}
