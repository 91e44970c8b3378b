import { formatBytes } from "../../../shared/domain/format/bytes.ts";
import { formatCount, pluralize } from "../../../shared/domain/format/count.ts";
import { formatDuration } from "../../../shared/domain/format/duration.ts";
import { memoryPartNames } from "../../../shared/domain/training/memoryParts.ts";
import type { TrainingPlan } from "../../../shared/schema/trainingPlan.ts";
import { singleLine, styled } from "./output.ts";

const severityStyle = { error: "red", warning: "yellow", note: "dim" } as const;

/** Formats a training plan with the facts and findings that the Train screen shows. */
export function trainingPlanText(plan: TrainingPlan): string {
  const facts = factsOf(plan);
  const width = Math.max(...facts.map(({ name }) => name.length));
  const order = ["error", "warning", "note"] as const;
  const findings = order.flatMap((severity) => plan.findings.filter((one) => one.severity === severity));
  return [
    styled("bold", `${plan.version} with preset ${plan.preset}`),
    ...facts.map(({ name, value }) => `  ${name.padEnd(width)}  ${singleLine(value)}`),
    ...findings.flatMap(({ severity, message, hint }) => [
      `  ${styled(severityStyle[severity], severity)}: ${singleLine(message)}`,
      ...(hint === null ? [] : [`    ${styled("dim", singleLine(hint))}`]),
    ]),
    ...(findings.length === 0 ? ["  No problems found."] : []),
  ].join("\n");
}

function factsOf(plan: TrainingPlan): { name: string; value: string }[] {
  const { rows, steps, time, memory, disk, device } = plan;
  return [
    {
      name: "rows",
      value:
        rows === null
          ? "–"
          : `${formatCount(rows.trained)} for training, ${formatCount(rows.validation)} for validation, including ${pluralize(rows.refusalsTrained, "refusal")} and ${formatCount(rows.refusalsValidation)}`,
    },
    {
      name: "steps",
      value:
        steps === null
          ? "–"
          : `maximum ${formatCount(steps.most)}: ${pluralize(steps.epochs, "epoch")} of ${formatCount(steps.perEpoch)}`,
    },
    {
      name: "time",
      value: `${time.seconds === null ? "–" : `about ${formatDuration(time.seconds)}`}, ${time.basis}`,
    },
    { name: "device", value: device.words },
    { name: "memory", value: memory === null ? "–" : memoryWords(memory) },
    {
      name: "disk",
      value:
        disk === null ? "–" : `up to ${formatBytes(disk.needed)}, ${formatBytes(disk.available)} available`,
    },
  ];
}

function memoryWords({ needed, available, parts }: NonNullable<TrainingPlan["memory"]>): string {
  const [largest] = parts;
  const mostly =
    largest === undefined
      ? ""
      : `, mostly ${memoryPartNames[largest.name] ?? largest.name} (${formatBytes(largest.bytes)})`;
  return `about ${formatBytes(needed)} of ${formatBytes(available)} available${mostly}`;
}
