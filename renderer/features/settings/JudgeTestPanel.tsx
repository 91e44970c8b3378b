import { Alert, Button, Stack, Table, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { formatDollars } from "../../../shared/domain/format/cost.ts";
import type { JudgeTest } from "../../../shared/schema/settings.ts";
import { useApi } from "../../api/index.ts";
import { Caption } from "../../ui/Caption.ts";
import { useCommands } from "../../ui/commands.ts";
import { FailureNotice } from "../../ui/FailureNotice.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { messages } from "./messages.ts";

const { judgeTest: text } = messages;

/** Tests the judge with one small call and shows the result. */
export function JudgeTestPanel() {
  const testing = useMutation(useApi().settings.testJudge.mutationOptions());
  useCommands([{ id: "test-judge", label: text.test, run: () => testing.mutate(undefined) }]);
  return (
    <Panel
      title={text.title}
      actions={
        <Button variant="default" loading={testing.isPending} onClick={() => testing.mutate(undefined)}>
          {text.test}
        </Button>
      }
    >
      <Stack gap={8} aria-live="polite">
        <Caption>{text.help}</Caption>
        <FailureNotice error={testing.error} />
        {testing.data === undefined ? null : <TestResult test={testing.data} />}
      </Stack>
    </Panel>
  );
}

function GoodTitle({ children }: { children: string }) {
  return (
    <Text span inherit c="var(--nw-better)">
      {children}
    </Text>
  );
}

function TestResult({ test }: { test: JudgeTest }) {
  const { outcome, message, hint, latencyMs, usage, cost, baseUrl, model } = test;
  const rows: readonly (readonly [string, string])[] = [
    [text.endpoint, baseUrl],
    [text.model, model ?? "–"],
    [text.latency, `${latencyMs} ms`],
    [text.tokens, usage === null ? "–" : text.usage(usage.inputTokens, usage.outputTokens)],
    [text.cost, cost === null ? text.costUnknown : formatDollars(cost)],
  ];
  return (
    <>
      <Alert
        color={outcome === "answered" ? "gray" : "orange"}
        role={outcome === "answered" ? "status" : "alert"}
        title={outcome === "answered" ? <GoodTitle>{text.passed}</GoodTitle> : text.failed}
      >
        <Text style={{ overflowWrap: "anywhere" }}>{message}</Text>
        {hint === null ? null : <Text mt={4}>{hint}</Text>}
      </Alert>
      <Table>
        <Table.Tbody>
          {rows.map(([name, value]) => (
            <Table.Tr key={name}>
              <Table.Th w={96} fw={500}>
                {name}
              </Table.Th>
              <Table.Td style={{ overflowWrap: "anywhere" }}>{value}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </>
  );
}
