import { Anchor, Button, Group, ScrollArea, Stack, Table, Text } from "@mantine/core";
import { Link } from "wouter";
import { describeLook } from "../../../shared/domain/comparison/looks.ts";
import { pluralize } from "../../../shared/domain/format/count.ts";
import { formatNumber } from "../../../shared/domain/format/number.ts";
import { decisionWords } from "../../../shared/domain/report/decisionWords.ts";
import type { PromptQuestion } from "../../../shared/schema/overview.ts";
import { Caption } from "../../ui/Caption.ts";
import { Delta } from "../../ui/Delta.tsx";
import { MetricName } from "../../ui/MetricName.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { useWorkspacePath } from "../../ui/useUrlState.ts";
import { messages } from "./messages.ts";
import { stepHref } from "./stepHref.ts";

const text = messages.promptQuestion;

/** The metrics that the decision rests on. */
const shown = [
  "accuracy",
  "missed-harmful-rate",
  "false-refusal-rate",
  "well-formed-share",
  "delivered-score",
] as const;

/** Shows whether the newest adapter beats the prompted base, or the step that finds it out. */
export function PromptQuestionPanel({ question }: { question: PromptQuestion | null }) {
  const { to } = useWorkspacePath();
  if (question === null) return null;
  const { decided, next } = question;
  return (
    <Panel title={text.title}>
      {next === null ? null : (
        <Group justify="space-between" gap={16}>
          <Text>{next.words}</Text>
          <Button variant="default" component={Link} href={to(stepHref(next))}>
            {next.label}
          </Button>
        </Group>
      )}
      {decided === null ? null : <Answer question={question} decided={decided} />}
    </Panel>
  );
}

interface AnswerProps {
  readonly question: PromptQuestion;
  readonly decided: NonNullable<PromptQuestion["decided"]>;
}

function Answer({ question: { baseline, candidate }, decided }: AnswerProps) {
  const { to } = useWorkspacePath();
  const query = new URLSearchParams({ baseline, with: candidate });
  return (
    <Stack gap={8}>
      <div>
        <Text fw={600}>{decisionWords[decided.decision]}</Text>
        <Caption>
          {text.compared(baseline, candidate, pluralize(decided.rows, "matched held-out row"))}
          {decided.looks === null ? null : text.look(describeLook(decided.looks))}
          {" · "}
          <Anchor component={Link} underline="always" href={to(`compare?${query}`)}>
            {text.open}
          </Anchor>
        </Caption>
      </div>
      <ScrollArea
        type="auto"
        offsetScrollbars="x"
        viewportProps={{ tabIndex: 0, role: "region", "aria-label": text.title }}
      >
        <Table w="auto" miw="min(100%, 560px)">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{text.figure}</Table.Th>
              <Table.Th ta="right">{baseline}</Table.Th>
              <Table.Th ta="right">{candidate}</Table.Th>
              <Table.Th ta="right">{text.change}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {shown.map((id) => (
              <MetricRow key={id} id={id} metrics={decided.metrics} />
            ))}
          </Table.Tbody>
        </Table>
      </ScrollArea>
    </Stack>
  );
}

function MetricRow({ id, metrics }: { id: string } & Pick<AnswerProps["decided"], "metrics">) {
  const metric = metrics.find((one) => one.id === id);
  if (metric === undefined) return null;
  const { name, baseline, candidate, change, ci95, better, reason } = metric;
  return (
    <Table.Tr>
      <Table.Td>
        <MetricName id={id} name={name} />
      </Table.Td>
      <Table.Td ta="right">{formatNumber(baseline)}</Table.Td>
      <Table.Td ta="right">{formatNumber(candidate)}</Table.Td>
      <Table.Td ta="right" style={{ whiteSpace: "nowrap" }}>
        <Delta change={change} ci95={ci95} better={better} reason={reason} align="right" />
      </Table.Td>
    </Table.Tr>
  );
}
