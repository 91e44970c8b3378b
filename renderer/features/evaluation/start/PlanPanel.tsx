import { Alert, Code, Group, Stack, Table, Text, UnstyledButton } from "@mantine/core";
import type { ReactNode } from "react";
import { formatDollars } from "../../../../shared/domain/format/cost.ts";
import { formatCount } from "../../../../shared/domain/format/count.ts";
import { formatDuration } from "../../../../shared/domain/format/duration.ts";
import { sentenceCase } from "../../../../shared/domain/format/sentence.ts";
import type { EvaluationPlan, PlanFinding } from "../../../../shared/schema/evaluationPlan.ts";
import { Caption } from "../../../ui/Caption.ts";
import { CopyButton } from "../../../ui/CopyButton.tsx";
import { Panel } from "../../../ui/Panel.tsx";
import { messages } from "../messages.ts";
import { commandOf, type StartForm } from "./useStartForm.ts";

const { plan: text } = messages;

function formatRange({ expected, most }: EvaluationPlan["judgeCalls"]): string {
  return expected === most ? formatCount(expected) : text.aboutUpTo(formatCount(expected), formatCount(most));
}

function formatCost({ judge, cost, judgeCalls }: EvaluationPlan): string {
  if (judge?.kind === "rule") return text.free;
  if (cost === null) return text.unknown;
  const { expected, most } = cost;
  return judgeCalls.expected === judgeCalls.most
    ? text.about(formatDollars(expected))
    : text.aboutUpTo(formatDollars(expected), formatDollars(most));
}

function formatTime({ seconds }: EvaluationPlan): string {
  return seconds === null ? text.unknown : text.about(formatDuration(seconds));
}

function timeBasis({ secondsBasis }: EvaluationPlan): string {
  return secondsBasis.run === null ? text.timeUnmeasured : text.timeMeasured;
}

function tokenBasis({ tokens }: EvaluationPlan): string {
  return tokens?.basis.kind === "measured" ? text.tokensMeasured : text.tokensEstimated;
}

function Line({ name, value, basis }: { name: string; value: string; basis?: ReactNode }) {
  return (
    <Table.Tr>
      <Table.Th scope="row" fw={400} w={120}>
        {name}
      </Table.Th>
      <Table.Td>
        {value}
        {basis === undefined ? null : <Caption>{basis}</Caption>}
      </Table.Td>
    </Table.Tr>
  );
}

/** Shows the estimated cost and time of the evaluation, its problems, and the terminal command. */
export function PlanPanel({ plan, form }: { plan: EvaluationPlan; form: StartForm }) {
  const command = commandOf(form, plan.judge?.kind ?? form.judge);
  const generations = plan.versions.reduce((sum, version) => sum + version.generations, 0);
  return (
    <Panel title={text.title}>
      <Stack gap={12}>
        <Table>
          <Table.Tbody>
            <Line name={text.completions} value={formatCount(generations)} />
            {plan.judge?.kind === "openai" ? (
              <Line
                name={text.judgeCalls}
                value={formatRange(plan.judgeCalls)}
                {...(plan.labelCalls > 0 ? { basis: text.labelCalls(formatCount(plan.labelCalls)) } : {})}
              />
            ) : null}
            {plan.tokens === null ? null : (
              <Line
                name={text.tokens}
                value={text.tokenCounts(formatCount(plan.tokens.input), formatCount(plan.tokens.output))}
                basis={tokenBasis(plan)}
              />
            )}
            <Line name={text.cost} value={formatCost(plan)} />
            <Line name={text.time} value={formatTime(plan)} basis={timeBasis(plan)} />
          </Table.Tbody>
        </Table>
        <Findings findings={plan.findings} />
        {command === "" ? null : <Command command={command} />}
      </Stack>
    </Panel>
  );
}

function Findings({ findings }: { findings: readonly PlanFinding[] }) {
  const groups = (["error", "warning"] as const).map((severity) => ({
    severity,
    found: findings.filter((finding) => finding.severity === severity),
  }));
  return groups.map(({ severity, found }) =>
    found.length === 0 ? null : (
      <Alert
        key={severity}
        color={severity === "error" ? "orange" : "gray"}
        title={severity === "error" ? text.blocking : text.notes}
      >
        <Stack gap={8}>
          {found.map(({ code, version, message, hint }) => (
            <div key={`${code} ${version}`}>
              <Text>{version === null ? sentenceCase(message) : message}</Text>
              {hint === null ? null : <Caption>{hint}</Caption>}
            </div>
          ))}
        </Stack>
      </Alert>
    ),
  );
}

function Command({ command }: { command: string }) {
  return (
    <div>
      <Group justify="space-between" mb={4}>
        <Caption>{text.command}</Caption>
        <CopyButton value={command}>
          {({ copied, copy }) => (
            <UnstyledButton fz="xs" onClick={copy} aria-live="polite">
              {copied ? text.copied : text.copy}
            </UnstyledButton>
          )}
        </CopyButton>
      </Group>
      <Code block tabIndex={0} aria-label={text.command} role="region">
        {command}
      </Code>
    </div>
  );
}
