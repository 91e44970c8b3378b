import { Code, Popover, Stack, Text, UnstyledButton } from "@mantine/core";
import { definitions, positiveClasses, ruleScoreCaution } from "../../shared/domain/metrics/definitions.ts";
import type { MetricId } from "../../shared/domain/metrics/figures.ts";
import { Caption } from "./Caption.ts";

interface MetricNameProps {
  readonly id: string;
  /** The name in the report. */
  readonly name: string;
}

const isMetric = (id: string): id is MetricId => id in definitions;

/** Shows a metric's name, which opens its definition: meaning, formula, positive class, interval. */
export function MetricName({ id, name }: MetricNameProps) {
  if (!isMetric(id)) return name;
  const { meaning, formula, positiveClass, interval } = definitions[id];
  return (
    <Popover position="bottom-start" width={380} trapFocus returnFocus>
      <Popover.Target>
        <UnstyledButton
          fz="sm"
          style={{ textDecoration: "underline dotted", textUnderlineOffset: 3 }}
          aria-label={`${name}: definition`}
        >
          {name}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap={8}>
          <Text>{meaning}</Text>
          <Code block>{formula}</Code>
          {positiveClass === null ? null : <Text size="xs">{positiveClasses[positiveClass]}</Text>}
          {/rule score/i.test(name) ? <Text size="xs">{ruleScoreCaution}</Text> : null}
          <Caption>{interval}.</Caption>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
