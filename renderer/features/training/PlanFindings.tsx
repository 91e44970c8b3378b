import { Alert, Stack, Text } from "@mantine/core";
import type { PlanFinding } from "../../../shared/schema/trainingPlan.ts";
import { messages } from "./messages.ts";

const colours = { error: "orange", warning: "yellow", note: "gray" } as const;

/** Lists errors, then warnings, then notes. */
export function PlanFindings({ findings }: { findings: readonly PlanFinding[] }) {
  const order = ["error", "warning", "note"] as const;
  const sorted = order.flatMap((severity) => findings.filter((one) => one.severity === severity));
  if (sorted.length === 0) {
    return <Text c="var(--nw-better)">{messages.plan.noFindings}</Text>;
  }
  return (
    <Stack gap={8}>
      {sorted.map(({ severity, code, message, hint }) => (
        <Alert key={code} color={colours[severity]} p={8} title={messages.plan.severities[severity]}>
          <Text size="xs">{message}</Text>
          {hint === null ? null : (
            <Text size="xs" mt={4}>
              {hint}
            </Text>
          )}
        </Alert>
      ))}
    </Stack>
  );
}
