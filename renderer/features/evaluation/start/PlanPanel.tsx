import { Alert, Code, Group, Stack, Table, Text, UnstyledButton } from "@mantine/core";
import type { ReactNode } from "react";
import { formatDollars } from "../../../../shared/domain/format/cost.ts";
import { formatCount } from "../../../../shared/domain/format/count.ts";
import { formatDuration } from "../../../../shared/domain/format/duration.ts";
import { sentenceCase } from "../../../../shared/domain/format/sentence.ts";
import type { EvaluationPlan, PlanFinding } from "../../../../shared/schema/evaluationPlan.ts";
import { CopyButton } from "../../../ui/CopyButton.tsx";
import { Panel } from "../../../ui/Panel.tsx";
import { commandOf, type StartForm } from "./useStartForm.ts";

function range({ expected, most }: EvaluationPlan["judgeCalls"]): string {
  return expected === most
    ? formatCount(expected)
    : `about ${formatCount(expected)}, at most ${formatCount(most)}`;
}

function costWords({ judge, cost, judgeCalls }: EvaluationPlan): string {
  if (judge?.kind === "rule") return "nothing";
  if (cost === null) return "unknown";
  const { expected, most } = cost;
  return judgeCalls.expected === judgeCalls.most
    ? `about ${formatDollars(expected)}`
    : `about ${formatDollars(expected)}, up to ${formatDollars(most)}`;
}

function timeWords({ seconds }: EvaluationPlan): string {
  return seconds === null ? "unknown" : `about ${formatDuration(seconds)}`;
}

function timeBasis({ secondsBasis }: EvaluationPlan): string {
  return secondsBasis.run === null
    ? "no evaluation here has measured it yet"
    : "as the last evaluation here went, waiting and loading left out";
}

function tokenBasis({ tokens }: EvaluationPlan): string {
  return tokens?.basis.kind === "measured"
    ? "as the last run with this model used them"
    : "a rule of thumb from the prompt's length";
}

function Line({ name, value, basis }: { name: string; value: string; basis?: ReactNode }) {
  return (
    <Table.Tr>
      <Table.Th scope="row" fw={400} w={120}>
        {name}
      </Table.Th>
      <Table.Td>
        {value}
        {basis === undefined ? null : (
          <Text size="xs" c="dimmed">
            {basis}
          </Text>
        )}
      </Table.Td>
    </Table.Tr>
  );
}

/** What the evaluation will take, what stands in its way, and the same as a command. */
export function PlanPanel({ plan, form }: { plan: EvaluationPlan; form: StartForm }) {
  const command = commandOf(form, plan.judge?.kind ?? form.judge);
  const generations = plan.versions.reduce((sum, version) => sum + version.generations, 0);
  return (
    <Panel title="What it will take">
      <Stack gap={12}>
        <Table>
          <Table.Tbody>
            <Line name="Completions" value={formatCount(generations)} />
            {plan.judge?.kind === "openai" ? (
              <Line
                name="Judge calls"
                value={range(plan.judgeCalls)}
                {...(plan.labelCalls > 0
                  ? { basis: `${formatCount(plan.labelCalls)} of them label rows that have no label` }
                  : {})}
              />
            ) : null}
            {plan.tokens === null ? null : (
              <Line
                name="Tokens"
                value={`about ${formatCount(plan.tokens.input)} in, ${formatCount(plan.tokens.output)} out`}
                basis={tokenBasis(plan)}
              />
            )}
            <Line name="Cost" value={costWords(plan)} />
            <Line name="Time" value={timeWords(plan)} basis={timeBasis(plan)} />
          </Table.Tbody>
        </Table>
        <Findings findings={plan.findings} />
        {command === "" ? null : <Command text={command} />}
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
        title={severity === "error" ? "This stands in the way" : "Good to know"}
      >
        <Stack gap={8}>
          {found.map(({ code, version, message, hint }) => (
            <div key={`${code} ${version}`}>
              <Text size="sm">{version === null ? sentenceCase(message) : message}</Text>
              {hint === null ? null : (
                <Text size="xs" c="dimmed">
                  {hint}
                </Text>
              )}
            </div>
          ))}
        </Stack>
      </Alert>
    ),
  );
}

function Command({ text }: { text: string }) {
  return (
    <div>
      <Group justify="space-between" mb={4}>
        <Text size="xs" c="dimmed">
          The same in a terminal
        </Text>
        <CopyButton value={text}>
          {({ copied, copy }) => (
            <UnstyledButton fz="xs" onClick={copy} aria-live="polite">
              {copied ? "Copied" : "Copy"}
            </UnstyledButton>
          )}
        </CopyButton>
      </Group>
      <Code block tabIndex={0} aria-label="The same in a terminal" role="region">
        {text}
      </Code>
    </div>
  );
}
