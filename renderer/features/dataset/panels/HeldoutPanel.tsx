import { Group, NumberInput, Stack, Table, Text } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { describeLookStatus } from "../../../../shared/domain/comparison/looks.ts";
import { formatCount, pluralize } from "../../../../shared/domain/format/count.ts";
import { formatNumber } from "../../../../shared/domain/format/number.ts";
import { sentenceCase } from "../../../../shared/domain/format/sentence.ts";
import type { PlannedClass, TestSetPlan } from "../../../../shared/schema/heldout.ts";
import { useApi } from "../../../api/index.ts";
import { Caption } from "../../../ui/Caption.ts";
import { FailureNotice } from "../../../ui/FailureNotice.tsx";
import { LinesSkeleton } from "../../../ui/Skeletons.tsx";
import { messages } from "../messages.ts";
import { Line, Lines } from "./Lines.tsx";
import type { PanelProps } from "./panelProps.ts";
import { RotateHeldout } from "./RotateHeldout.tsx";
import { Section } from "./Section.tsx";

const { heldout: text } = messages;

const orDash = (value: number | null) => (value === null ? "–" : formatNumber(value));

/** Describes where the discordant share of a class comes from. */
function sourceOf({ discordant }: PlannedClass, measuredOn: TestSetPlan["measuredOn"]): string {
  if (discordant.from !== "dev" || measuredOn === null) return text.assumed;
  return text.measured(measuredOn.baseline, measuredOn.candidate, pluralize(discordant.rows, "dev row"));
}

function ClassFigures({ one, plan }: { one: PlannedClass; plan: TestSetPlan }) {
  return (
    <Section title={text.classTitle(sentenceCase(one.label))}>
      <Lines>
        <Line name={text.rows} value={formatCount(one.rows)} />
        <Line name={text.needed(formatNumber(plan.margin))} value={formatCount(one.needed)} />
        <Line name={text.margin} value={orDash(one.margin)} />
        <Line name={text.difference} value={orDash(one.difference)} />
        <Line name={text.discordant} value={formatNumber(one.discordant.share)} />
      </Lines>
      <Caption>{sourceOf(one, plan.measuredOn)}</Caption>
    </Section>
  );
}

function Budgets({ budgets, looks }: Pick<TestSetPlan, "budgets" | "looks">) {
  return (
    <Section title={text.budgets}>
      <Table horizontalSpacing={4} verticalSpacing={1} withRowBorders={false}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th ta="right">{text.looks}</Table.Th>
            <Table.Th ta="right">{text.level}</Table.Th>
            <Table.Th ta="right">{text.harmful}</Table.Th>
            <Table.Th ta="right">{text.safe}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {budgets.map((line) => (
            <Table.Tr key={line.looks} fw={line.looks === looks ? 600 : undefined}>
              <Table.Td ta="right">{line.looks}</Table.Td>
              <Table.Td ta="right">{formatNumber(line.alpha, 4)}</Table.Td>
              <Table.Td ta="right">{formatCount(line.needed.harmful)}</Table.Td>
              <Table.Td ta="right">{formatCount(line.needed.safe)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Caption>{text.budgetsHelp}</Caption>
    </Section>
  );
}

/** A number field whose value is null while it can't be used. */
function Field(props: {
  label: string;
  value: number;
  min: number;
  max: number;
  step: number;
  onChange(value: number): void;
}) {
  const { onChange, min, max, ...rest } = props;
  return (
    <NumberInput
      {...rest}
      min={min}
      max={max}
      flex={1}
      miw={0}
      onChange={(value) => {
        if (typeof value === "number" && value >= min && value <= max) onChange(value);
      }}
    />
  );
}

/** Shows what the held-out rows can decide, how many are needed, and how to replace used ones. */
export function HeldoutPanel({ revision }: PanelProps) {
  const [margin, setMargin] = useState(0.05);
  const [looks, setLooks] = useState<number | null>(null);
  const { data, error, refetch } = useQuery({
    ...useApi().heldout.plan.queryOptions({ input: { margin, looks } }),
    queryKey: ["heldout-plan", revision, margin, looks],
    placeholderData: keepPreviousData,
  });
  if (error !== null) return <FailureNotice error={error} title={text.failed} onRetry={refetch} />;
  if (data === undefined) return <LinesSkeleton lines={12} />;
  return (
    <Stack gap={16} className="nw-figures">
      <Section title={text.used}>
        <Text>{data.used === null ? text.notCounted : sentenceCase(describeLookStatus(data.used))}</Text>
        <Caption>{text.usedHelp}</Caption>
        {data.used === null ? null : <RotateHeldout onRotated={() => void refetch()} />}
      </Section>
      <Section title={text.plan}>
        <Group gap={8} wrap="nowrap">
          <Field
            label={text.marginField}
            value={margin}
            min={0.005}
            max={0.5}
            step={0.01}
            onChange={setMargin}
          />
          <Field
            label={text.looksField}
            value={looks ?? data.looks}
            min={1}
            max={100}
            step={1}
            onChange={setLooks}
          />
        </Group>
        <Caption>{text.planHelp(formatNumber(data.alpha, 4), formatNumber(data.power, 2))}</Caption>
        <Text>{data.looksWithin === 0 ? text.tooFew : text.enough(pluralize(data.looksWithin, "look"))}</Text>
      </Section>
      {data.classes.map((one) => (
        <ClassFigures key={one.label} one={one} plan={data} />
      ))}
      <Section title={text.all}>
        <Lines>
          <Line name={text.rows} value={formatCount(data.all.rows)} />
          <Line name={text.correctness} value={orDash(data.all.difference)} />
        </Lines>
      </Section>
      <Budgets budgets={data.budgets} looks={data.looks} />
    </Stack>
  );
}
